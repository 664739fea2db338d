import type { DigestItem } from '../item.ts';
import type { DigestParts } from '../parts.ts';
import type { Voice } from '../voice/voice.ts';
import { makePiece } from './body-pieces.ts';
import { type Prose, plainProse, type Span } from './prose.ts';
import type { Piece } from './split-thread.ts';

/**
 * The lines of a digest as pieces, without its title and closing: a line a paper, kept whole, then a
 * line a piece of news. Where there are both, each kind has a heading, which never ends a post.
 */
export function makeDigestPieces(
  { entries, news }: Pick<DigestParts, 'entries' | 'news'>,
  item: Pick<DigestItem, 'entries' | 'news'>,
  { words }: Pick<Voice, 'words'>,
): Piece[] {
  const hasBoth = item.entries.length > 0 && item.news.length > 0;
  return [
    ...stack(hasBoth ? words.papers : undefined, entries.map(keepWhole)),
    ...stack(hasBoth ? words.news : undefined, news),
  ];
}

/** Lines under their heading, with an empty line above. */
function stack(heading: string | undefined, lines: readonly Prose[]): Piece[] {
  const filled = lines.filter(({ text }) => text.trim() !== '');
  if (filled.length === 0) return [];
  const pieces = filled.map((line, index) =>
    makePiece(line, index === 0 && heading === undefined ? '\n\n' : '\n', false),
  );
  if (heading === undefined) return pieces;
  const strong: Span = { kind: 'strong', start: 0, end: heading.length };
  return [makePiece({ ...plainProse(heading), spans: [strong] }, '\n\n', true), ...pieces];
}

/** The line of a paper is no sentence: no cut goes through it, if a post can hold it. */
function keepWhole({ text, spans }: Prose): Prose {
  return { text, spans: [{ kind: 'atom', start: 0, end: text.length }, ...spans] };
}
