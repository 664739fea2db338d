/** Control characters but for line breaks and tabs, and what turns the direction of writing around. */
const UNSEEN = /[^\P{Cc}\n\t]|[\u202A-\u202E\u2066-\u2069]/gu;

/** An editor's words without what nobody sees in them and what a platform would garble. */
export function cleanOwnText(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(UNSEEN, '').toWellFormed();
}
