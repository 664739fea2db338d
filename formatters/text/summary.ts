import type { Block } from '../../src/issue/schema.ts';
import { makeBodyPieces } from './body-pieces.ts';
import type { Piece } from './split-thread.ts';

/**
 * Chooses sentences of a body, in their order and word for word, that carry as much of it as `fits`
 * lets them. `fits` is asked of candidate pieces and must be monotone: what holds more never fits
 * better. Pure.
 */
export function summarize(
  body: readonly Block[],
  _title: string,
  fits: (pieces: readonly Piece[]) => boolean,
): Piece[] {
  const pieces = makeBodyPieces(body);
  while (pieces.length > 0 && !fits(pieces)) pieces.pop();
  return pieces;
}
