import type { DigestParts } from '../parts.ts';
import type { Voice } from '../voice/voice.ts';
import { makePiece } from './body-pieces.ts';
import { type Prose, plainProse, type Span } from './prose.ts';
import type { Piece } from './split-thread.ts';

/**
 * The lines of a digest as pieces, without its title and closing: a line a paper, then a line a
 * piece of news. No cut goes through a line that a post can hold. Where there are both, each kind
 * has a heading, which never ends a post.
 */
export function makeDigestPieces(
  { entries, news }: Pick<DigestParts, 'entries' | 'news'>,
  { words }: Pick<Voice, 'words'>,
): Piece[] {
  const hasBoth = entries.length > 0 && news.length > 0;
  return [
    ...stack(hasBoth ? words.papers : undefined, entries),
    ...stack(hasBoth ? words.news : undefined, news),
  ];
}

/** Lines under their heading, with an empty line above. */
function stack(heading: string | undefined, lines: readonly Prose[]): Piece[] {
  const filled = lines.filter(({ text }) => text.trim() !== '');
  if (filled.length === 0) return [];
  const pieces = filled.map((line, index) =>
    makePiece(keepWhole(line), index === 0 && heading === undefined ? '\n\n' : '\n', false),
  );
  if (heading === undefined) return pieces;
  const strong: Span = { kind: 'strong', start: 0, end: heading.length };
  return [makePiece({ ...plainProse(heading), spans: [strong] }, '\n\n', true), ...pieces];
}

/** A line that no cut goes through, if a post can hold it. */
function keepWhole({ text, spans }: Prose): Prose {
  return { text, spans: [{ kind: 'atom', start: 0, end: text.length }, ...spans] };
}

/**
 * Lets a line be cut where no post has room for it and what must stand above it: a title or a
 * heading alone would be worse.
 */
export function releaseHeaded(
  pieces: readonly Piece[],
  holds: (pieces: readonly Piece[]) => boolean,
): Piece[] {
  let headings: Piece[] = [];
  return pieces.map((piece) => {
    const above = headings;
    headings = piece.keepWithNext ? [...above, piece] : [];
    if (piece.keepWithNext || above.length === 0 || holds([...above, piece])) return piece;
    return { ...piece, prose: release(piece.prose) };
  });
}

/** True for a line that no cut goes through, if a post can hold it. */
export function isKeptWhole({ prose }: Piece): boolean {
  return prose.spans.some((span) => isAll(span, prose));
}

function release({ text, spans }: Prose): Prose {
  return { text, spans: spans.filter((span) => !isAll(span, { text })) };
}

function isAll({ kind, start, end }: Span, { text }: Pick<Prose, 'text'>): boolean {
  return kind === 'atom' && start === 0 && end === text.length;
}
