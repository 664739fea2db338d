import type { Piece } from './split-thread.ts';

/** In UTF-16 units, where a platform's own limit is far larger. */
const BRIEF_MOST = 600;

/** True where the words are short enough for a brief card, post or page. */
export function isBrief(pieces: readonly Piece[]): boolean {
  const lengths = pieces.map(({ prose, separator }) => prose.text.length + separator.length);
  return lengths.reduce((sum, length) => sum + length, 0) <= BRIEF_MOST;
}
