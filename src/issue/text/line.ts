/** A line with something on it. `isAfterGap` tells that at least one empty line stood before it. */
export type Line = { readonly number: number; readonly text: string; readonly isAfterGap: boolean };

/** What a copied page has around its text: buttons and boxes that nobody wrote. */
const BUTTON =
  /^(?:reply|log ?in|sign up|subscribe|login or subscribe(?: to participate)?|add your comment(?:\.{3}|…)?|keep reading|view more|read online)$/i;
/** Buttons too, but words that could as well be a heading of one word. */
const EDGE_BUTTON = /^(?:share|like|comments?|about|archive|home|posts|search)$/i;

const UNSEEN = /[\u0080-\u009f\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;

/**
 * Splits text into the lines that carry something, each trimmed. Where nearly every line stands
 * after an empty one, a single empty line is only how the copy was made, and two make a gap.
 */
export function splitLines(text: string): Line[] {
  const lines: { number: number; text: string; emptyBefore: number }[] = [];
  let emptyBefore = 0;
  text.split('\n').forEach((raw, index) => {
    const trimmed = raw.replace(UNSEEN, '').replaceAll('\u00a0', ' ').trim();
    if (trimmed === '') {
      emptyBefore += 1;
      return;
    }
    lines.push({ number: index + 1, text: trimmed, emptyBefore });
    emptyBefore = 0;
  });
  const apart = lines.filter((line, index) => index > 0 && line.emptyBefore > 0).length;
  const gap = lines.length > 10 && apart > lines.length * 0.8 ? 2 : 1;
  return lines.map(({ number, text, emptyBefore }, index) => ({
    number,
    text,
    isAfterGap: index > 0 && emptyBefore >= gap,
  }));
}

/** True for a page's own words, such as the "Reply" under an issue. */
export function isFurniture(line: Line): boolean {
  return BUTTON.test(line.text) || EDGE_BUTTON.test(line.text);
}

/** True for a button that is no heading either, wherever it stands. */
export function isButton(line: Line): boolean {
  return BUTTON.test(line.text);
}
