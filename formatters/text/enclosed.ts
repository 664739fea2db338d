const PAIRS: Readonly<Record<string, string>> = {
  ')': '(',
  ']': '[',
  '”': '“',
  '»': '«',
  '）': '（',
  '」': '「',
  '』': '『',
  '】': '【',
  '》': '《',
};
const MARK = /[()[\]“”«»（）「」『』【】《》"]/g;
const OPENERS = new Set(Object.values(PAIRS));

/**
 * For each offset, 1 where it lies inside brackets or quotes that are opened and closed in the
 * text. What is never closed encloses nothing; a straight quote after a letter or figure (5") opens
 * nothing.
 */
export function findEnclosed(text: string): Uint8Array {
  const depth = new Int32Array(text.length + 2);
  const open: { character: string; at: number }[] = [];
  let quoteAt = -1;
  for (const { index: i, 0: character } of text.matchAll(MARK)) {
    if (OPENERS.has(character)) open.push({ character, at: i });
    const opener = PAIRS[character];
    if (opener !== undefined && open.at(-1)?.character === opener) {
      enclose(depth, open.pop()?.at ?? i, i);
    }
    if (character !== '"') continue;
    const isOpening =
      /\S/.test(text.charAt(i + 1)) && !/[\p{L}\p{N}\p{M}.,;:!?…%)\]”’"]/u.test(text.charAt(i - 1));
    if (isOpening) {
      quoteAt = i; // One that was open before was never closed.
    } else if (quoteAt >= 0) {
      enclose(depth, quoteAt, i);
      quoteAt = -1;
    }
  }
  const isEnclosed = new Uint8Array(text.length + 1);
  let sum = 0;
  for (let i = 0; i <= text.length; i += 1) {
    sum += depth[i] ?? 0;
    isEnclosed[i] = sum > 0 ? 1 : 0;
  }
  return isEnclosed;
}

/** Marks the offsets strictly between an opening character and its closing one. */
function enclose(depth: Int32Array, openAt: number, closeAt: number): void {
  depth[openAt + 1] = (depth[openAt + 1] ?? 0) + 1;
  depth[closeAt + 1] = (depth[closeAt + 1] ?? 0) - 1;
}
