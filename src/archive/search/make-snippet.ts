import { readWords } from './read-words.ts';

/** Plain text, and where in it the words stand that were asked for (UTF-16 units). */
export type Snippet = {
  readonly text: string;
  readonly marks: readonly { readonly start: number; readonly end: number }[];
};

/** The longest snippet, in UTF-16 units, dots for what is left out included. */
export const LONGEST_SNIPPET = 160;
/** So much of the text before the first word that was asked for is worth showing. */
const LEAD = 40;
/** Longer texts are searched so far for the best stretch. */
const LONGEST_READ = 20_000;
const MORE = '…';

/**
 * The stretch of a text with the most of the words that were asked for, cut at words; the beginning
 * where it has none. `tellGroup` says which part of the query a folded word answers, -1 for none.
 */
export function makeSnippet(source: string, tellGroup: (term: string) => number): Snippet {
  const text = source.slice(0, LONGEST_READ).replace(/\s+/g, ' ').trim();
  const hits = readWords(text).flatMap((word) => {
    const group = tellGroup(word.term);
    return group < 0 ? [] : [{ start: word.start, end: word.end, group }];
  });
  const room = LONGEST_SNIPPET - 2 * MORE.length;
  let best = { start: 0, worth: -1 };
  let last = 0;
  for (const [index, { start }] of hits.entries()) {
    const seen = new Set<number>();
    last = Math.max(last, index);
    for (; last < hits.length && (hits[last]?.end ?? 0) <= start + room - LEAD; last += 1);
    for (let n = index; n < last; n += 1) seen.add(hits[n]?.group ?? -1);
    const worth = seen.size * 8 + Math.min(last - index, 7);
    if (worth > best.worth) best = { start, worth };
  }
  const wished = text.length <= LONGEST_SNIPPET ? 0 : Math.max(0, best.start - LEAD);
  const start = wished === 0 ? 0 : startOfWord(text, wished, best.start);
  const end = endOfWord(text, start, room);
  const shown = text.slice(start, end).trimEnd();
  const before = start > 0 ? MORE : '';
  const offset = before.length - start;
  return {
    text: `${before}${shown}${start + shown.length < text.length ? MORE : ''}`,
    marks: hits
      .filter((hit) => hit.start >= start && hit.end <= start + shown.length)
      .map((hit) => ({ start: hit.start + offset, end: hit.end + offset })),
  };
}

function startOfWord(text: string, from: number, most: number): number {
  const blank = text.indexOf(' ', from);
  return blank < 0 || blank + 1 > most ? most : blank + 1;
}

/** Text without blanks is cut between two characters. */
function endOfWord(text: string, start: number, room: number): number {
  if (text.length - start <= room) return text.length;
  const blank = text.lastIndexOf(' ', start + room);
  if (blank > start) return blank;
  const end = start + room;
  const isSplit = /[\uD800-\uDBFF]/.test(text.charAt(end - 1));
  return isSplit ? end - 1 : end;
}
