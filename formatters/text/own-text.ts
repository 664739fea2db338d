import { makePiece } from './body-pieces.ts';
import { parseProse } from './prose.ts';
import type { Piece } from './split-thread.ts';

/**
 * An editor's own words: CommonMark inline in paragraphs with a blank line between them, a line
 * break kept where it is, "- " at the beginning of a line a bullet. A line of `---` begins another
 * post, so there is one list of pieces a post; empty posts are left out.
 */
export function parseOwnText(text: string): Piece[][] {
  return text
    .split(/^[^\S\n]*-{3,}[^\S\n]*\r?$/m)
    .map((post) => post.split(/\n[^\S\n]*\r?\n/).flatMap(parseParagraph))
    .filter((pieces) => pieces.length > 0);
}

function parseParagraph(paragraph: string): Piece[] {
  return paragraph
    .split('\n')
    .map((line) => parseProse(line.trim().replace(/^[-*+]\s+/, '• ')))
    .filter((prose) => prose.text.trim() !== '')
    .map((prose, index) => makePiece(prose, index === 0 ? '\n\n' : '\n', false));
}
