/** Controls, and the marks that turn the direction of what comes after them: a terminal obeys both. */
const UNSEEN = /[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu;

/** A text of an issue as one line that does nothing to a terminal. */
export function plainLine(text: string): string {
  return text.replace(UNSEEN, ' ').replace(/\s+/g, ' ').trim();
}
