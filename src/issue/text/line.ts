/** A line with something on it. `isAfterGap` tells that at least one empty line stood before it. */
export type Line = { readonly number: number; readonly text: string; readonly isAfterGap: boolean };

/** What a copied page has around its text: buttons and boxes that nobody wrote. */
const FURNITURE =
  /^(?:reply|share|like|login|log in|sign up|subscribe|comments?|add your comment(?:\.{3})?|keep reading|view more|read online|about|archive|home|posts|search)$/i;

/** Splits text into the lines that carry something, each trimmed, with runs of blanks kept. */
export function splitLines(text: string): Line[] {
  const lines: Line[] = [];
  let isAfterGap = false;
  text.split('\n').forEach((raw, index) => {
    const trimmed = raw.replaceAll('\u00a0', ' ').trim();
    if (trimmed === '') {
      isAfterGap = true;
      return;
    }
    lines.push({ number: index + 1, text: trimmed, isAfterGap: isAfterGap && lines.length > 0 });
    isAfterGap = false;
  });
  return lines;
}

/** True for a page's own words, such as the "Reply" under an issue. */
export function isFurniture(line: Line): boolean {
  return FURNITURE.test(line.text);
}
