import { makePiece } from './body-pieces.ts';
import { parseProse } from './prose.ts';
import type { Piece } from './split-thread.ts';

/**
 * An editor's own words: CommonMark inline in paragraphs with a blank line between them. A line of
 * `---` begins another post, so there is one list of pieces a post; empty posts are left out.
 */
export function parseOwnText(text: string): Piece[][] {
  return text
    .split(/^[^\S\n]*-{3,}[^\S\n]*\r?$/m)
    .map((post) =>
      post
        .split(/\n[^\S\n]*\r?\n/)
        .map((paragraph) => makePiece(parseProse(paragraph), '\n\n', false))
        .filter(({ prose }) => prose.text.trim() !== ''),
    )
    .filter((pieces) => pieces.length > 0);
}
