import { findEnclosed } from './enclosed.ts';

/** A stretch of a text, in UTF-16 offsets: `start` inclusive, `end` exclusive. */
export type Range = { readonly start: number; readonly end: number };

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

/** A full stop after one of these does not end a sentence, whatever follows. */
const ABBREVIATION =
  /(?:^|[\s(["“])(?:e\.g|i\.e|vs|cf|Figs?|Eqs?|Eqn|Secs?|Tabs?|Refs?|Nos|Vol|Ch|ca|approx|resp|Drs?|Mrs?|Ms|Profs?|St|Mt)\.$/u;
/** Nor after one of these before a number: "No. 5", "p. 12", "Nov. 3". */
const BEFORE_NUMBER =
  /(?:^|[\s(["“])(?:[Nn]o|[Pp]p?|vol|fig|eq|sec|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|v|ver)\.$/u;
/** After one of these it depends on the next word: "the U.S. Army", but "in the U.S. The". */
const AMBIGUOUS =
  /(?:^|[\s(["“])(?:[ap]\.m|[AP]\.M|Ph\.D|M\.Sc|B\.Sc|Inc|Ltd|Corp|Co|Jr|Sr|Univ|(?:\p{Lu}\.)+\p{Lu})\.$/u;
/** Initials: "J. Smith" at the beginning, after another initial, or after "by", "and" or a comma. */
const INITIAL = /(?:^|\b(?:by|and|with)\s|[,(]\s*|\b\p{Lu}\.\s?)\p{Lu}\.$/u;
/** "et al." goes on before brackets, figures and lower case: "Xin et al. [NVIDIA]". */
const ET_AL = /\bet al\.,?$/u;
const LIST_MARKER = /^(?:\d{1,3}|[a-zA-Z])[.)]$/u;
/** Words that begin a sentence, and hardly ever a name. */
const STARTER =
  /^["“‘'([]?(?:The|This|That|These|Those|It|Its|In|On|At|An?|We|They|He|She|But|And|Or|So|If|When|While|For|With|As|By|Our|Their|There|Here|To|From|What|Why|How|Then|Now|However|Yet|Since|Because|You|Your|I|Is|Are|Not|No|Each|Every|Some|Most|Both|Only|Once|After|Before|His|Her|My|All|Any|Many|More|Others)(?![\p{L}\p{N}.])/u;
/** Scripts that put no blank between sentences. */
const UNSPACED = /^["“‘'([]?[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u;

/**
 * The sentences of one paragraph, in order, without the blanks between them. Starts from
 * `Intl.Segmenter` (UAX 29) and joins what it separates wrongly: abbreviations, initials, "et al.
 * [", open brackets and quotes, a lower-case continuation, list markers, "Node.JS".
 */
export function splitSentences(text: string): Range[] {
  const isEnclosed = findEnclosed(text);
  const sentences: Range[] = [];
  let start = 0;
  for (const { index, segment } of segmenter.segment(text)) {
    const end = index + segment.length;
    if (end < text.length && isJoined(text, start, end, isEnclosed)) continue;
    const range = trimRange(text, start, end);
    if (range.end > range.start) sentences.push(range);
    start = end;
  }
  return sentences;
}

/** Looks at no more than a few characters on either side, so that a long text stays cheap. */
function isJoined(text: string, start: number, end: number, isEnclosed: Uint8Array): boolean {
  if (isEnclosed[end] === 1) return true;
  const before = text.slice(Math.max(start, end - 80), end);
  const left = before.trimEnd();
  const after = text.slice(end, end + 16);
  // No blank: "Node.JS", "watch?V=1". Only CJK ends a sentence so.
  const isTight = left === before && /[\p{sc=Latn}\p{N}.!?…)\]"'”’»]$/u.test(left);
  if (isTight && !UNSPACED.test(after)) return true;
  if (left === before && /[」』）】》”)\]"]$/u.test(left)) return true;
  if (/^["“‘'([]?\p{Ll}/u.test(after)) return true;
  if (ABBREVIATION.test(left)) return true;
  if (BEFORE_NUMBER.test(left) && /^[\d#]/u.test(after)) return true;
  if (ET_AL.test(left) && /^[[(\d,;]/u.test(after)) return true;
  const isName = /^["“‘'([]?\p{Lu}/u.test(after) && !STARTER.test(after);
  if (isName && (AMBIGUOUS.test(left) || INITIAL.test(left))) return true;
  return end - start < 80 && LIST_MARKER.test(text.slice(start, end).trim());
}

/** The stretch without the blanks at its ends. */
export function trimRange(text: string, start: number, end: number): Range {
  let from = start;
  let to = end;
  while (from < to && isBlank(text, from)) from += 1;
  while (to > from && isBlank(text, to - 1)) to -= 1;
  return { start: from, end: to };
}

/** True for a blank that carries nothing: one with an accent on it is a letter of its own. */
export function isBlank(text: string, at: number): boolean {
  if (!/\s/u.test(text.charAt(at))) return false;
  if (!/[^\t\n\v\f\r\u2028\u2029\ufeff]/u.test(text.charAt(at))) return true;
  return !/^[\p{M}\p{Gr_Ext}\p{EMod}\u200d]/u.test(text.slice(at + 1, at + 3));
}

/** Sorts ranges and joins those that overlap. */
export function mergeRanges(ranges: readonly Range[]): Range[] {
  const merged: { start: number; end: number }[] = [];
  for (const range of [...ranges].sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last !== undefined && range.start < last.end) last.end = Math.max(last.end, range.end);
    else merged.push({ ...range });
  }
  return merged;
}

/** Where a binary search over ranges in order finds the first that ends after a place. */
export function firstEndingAfter(ranges: readonly Range[], at: number): number {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle]?.end ?? Infinity) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}
