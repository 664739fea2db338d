/** A stretch of a text, in UTF-16 offsets: `start` inclusive, `end` exclusive. */
export type Range = { readonly start: number; readonly end: number };

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

/** A full stop after one of these does not end a sentence, whatever follows. */
const ABBREVIATION =
  /(?:^|[\s(["“])(?:e\.g|i\.e|vs|cf|Figs?|Eqs?|Secs?|Tabs?|Refs?|Nos?|Vol|pp?|ca|approx|resp|Dr|Mrs?|Ms|Prof|St|Inc|Ltd|Jr|Sr)\.$/u;
/** "et al." goes on before brackets, figures and lower case: "Xin et al. [NVIDIA]". */
const ET_AL = /\bet al\.,?$/u;
/** Initials: "J. Smith" at the beginning, after another initial, or after "by", "and" or a comma. */
const INITIAL = /(?:^|\b(?:by|and|with)\s|[,(]\s*|\b\p{Lu}\.\s?)\p{Lu}\.$/u;
const LIST_MARKER = /^(?:\d{1,3}|[a-zA-Z])[.)]$/u;

/**
 * The sentences of one paragraph, in order, without the blanks between them. Starts from
 * `Intl.Segmenter` (UAX 29) and joins what it separates wrongly: abbreviations, initials, "et al.
 * [", open brackets and quotes, a lower-case continuation, list markers, "Node.JS".
 */
export function splitSentences(text: string): Range[] {
  const closes = findEnclosed(text);
  const sentences: Range[] = [];
  let start = 0;
  for (const { index, segment } of segmenter.segment(text)) {
    const end = index + segment.length;
    if (end < text.length && isJoined(text, start, end, closes)) continue;
    const range = trimRange(text, start, end);
    if (range.end > range.start) sentences.push(range);
    start = end;
  }
  return sentences;
}

function isJoined(text: string, start: number, end: number, isEnclosed: Uint8Array): boolean {
  const before = text.slice(Math.max(start, end - 80), end);
  const left = before.trimEnd();
  const after = text.slice(end, end + 8);
  if (isEnclosed[end] === 1) return true;
  if (left === before && /^[\p{L}\p{N}]/u.test(after) && /[\p{sc=Latn}\d.]$/u.test(left))
    return true;
  if (/^["“‘'([]?\p{Ll}/u.test(after)) return true;
  if (ABBREVIATION.test(left)) return true;
  if (ET_AL.test(left) && /^[[(\d,;]/u.test(after)) return true;
  if (INITIAL.test(left) && /^\p{Lu}/u.test(after)) return true;
  return LIST_MARKER.test(text.slice(start, end).trim());
}

/** The stretch without the blanks at its ends. */
export function trimRange(text: string, start: number, end: number): Range {
  let from = start;
  let to = end;
  while (from < to && /\s/u.test(text.charAt(from))) from += 1;
  while (to > from && /\s/u.test(text.charAt(to - 1))) to -= 1;
  return { start: from, end: to };
}

const PAIRS: Readonly<Record<string, string>> = { ')': '(', ']': '[', '”': '“', '»': '«' };
const OPENERS = new Set(Object.values(PAIRS));

/**
 * For each offset, 1 where it lies inside brackets or quotes that are opened and closed in the
 * text. What is never closed encloses nothing.
 */
export function findEnclosed(text: string): Uint8Array {
  const depth = new Int32Array(text.length + 2);
  const open: { character: string; at: number }[] = [];
  let quoteAt = -1;
  for (let i = 0; i < text.length; i += 1) {
    const character = text.charAt(i);
    if (OPENERS.has(character)) open.push({ character, at: i });
    const opener = PAIRS[character];
    if (opener !== undefined && open.at(-1)?.character === opener) {
      enclose(depth, open.pop()?.at ?? i, i);
    }
    if (character !== '"') continue;
    if (quoteAt >= 0) {
      enclose(depth, quoteAt, i);
      quoteAt = -1;
    } else {
      quoteAt = i;
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
