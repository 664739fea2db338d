import { findPosition, type Position } from '../position.ts';

/** Where words stand in a source. */
export type Located = Position & { readonly offset: number };

/**
 * Finds the first place of some words in the text of a source, at or after `from`. Line ends and
 * runs of blanks match any others: words may be wrapped there. Undefined where they are written in
 * another way, as with character references in HTML. Linear.
 */
export function locate(source: string, words: string, from = 0): Located | undefined {
  const wanted = words.trim();
  if (wanted === '') return undefined;
  const exact = source.indexOf(wanted, from);
  // The same words may stand before that, wrapped.
  const before = exact < 0 ? source : source.slice(0, exact + wanted.length);
  const offset = exact < 0 || /\s/.test(wanted) ? findWrapped(before, wanted, from) : exact;
  return offset === undefined ? undefined : { offset, ...findPosition(source, offset) };
}

function findWrapped(source: string, wanted: string, from: number): number | undefined {
  // What has no blanks is not wrapped: without its first word the rest need not be looked for.
  const [first = ''] = wanted.split(/\s/, 1);
  if (!source.includes(first, from)) return undefined;
  const parts: string[] = [];
  const starts: { readonly flat: number; readonly offset: number }[] = [];
  let flat = 0;
  for (const match of source.slice(from).matchAll(/\S+/g)) {
    starts.push({ flat, offset: from + match.index });
    parts.push(match[0]);
    flat += match[0].length + 1;
  }
  const at = parts.join(' ').indexOf(wanted.replace(/\s+/g, ' '));
  if (at < 0) return undefined;
  const word = starts.findLast((start) => start.flat <= at);
  return word === undefined ? undefined : word.offset + at - word.flat;
}

/** The first words of a text, for a message. */
export function shorten(text: string): string {
  const characters = [...text.slice(0, 200)];
  return characters.length <= 60 ? text : `${characters.slice(0, 57).join('')}…`;
}
