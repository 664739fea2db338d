import { splitGraphemes } from 'unicode-segmenter/grapheme';
import type { Block, Figure } from '../../src/issue/schema.ts';
import { type Prose, parseProse, type Span } from './prose.ts';
import type { Piece } from './split-thread.ts';

/** A character is looked for in this many UTF-16 units at the end of a text. */
const CLUSTER_MOST = 1_000;

/**
 * The words of a paper's body as pieces: paragraphs, headings (which stay with what follows) and
 * list items with their markers. A figure has no words, as its caption makes no sense without its
 * image: one whose image is known lies as a span on the last character of the piece before it, and
 * on the first piece's where none is before it.
 */
export function makeBodyPieces(body: readonly Block[]): Piece[] {
  const pieces: Piece[] = [];
  let waiting: Figure[] = [];
  for (const block of body) {
    if (block.kind === 'figure') {
      if (block.imageUrl !== undefined) waiting.push(block);
      continue;
    }
    const added = makeBlockPieces(block).filter(({ prose }) => prose.text !== '');
    const [first, ...rest] = added;
    if (first === undefined) continue;
    const last = pieces.pop();
    if (last === undefined) pieces.push(placeFigures(first, waiting), ...rest);
    else pieces.push(placeFigures(last, waiting), first, ...rest);
    waiting = [];
  }
  const last = pieces.pop();
  return last === undefined ? [] : [...pieces, placeFigures(last, waiting)];
}

/** Puts figures on the last character of a piece. */
function placeFigures(piece: Piece, figures: readonly Figure[]): Piece {
  if (figures.length === 0) return piece;
  const { text, spans } = piece.prose;
  const end = text.trimEnd().length;
  const start = Math.max(0, end - lengthOfLastCharacter(text.slice(0, end)));
  const placed = figures.map((figure): Span => ({ kind: 'figure', figure, start, end }));
  return { ...piece, prose: { text, spans: [...spans, ...placed] } };
}

function lengthOfLastCharacter(text: string): number {
  let length = 0;
  for (const cluster of splitGraphemes(text.slice(-CLUSTER_MOST))) length = cluster.length;
  return length;
}

function makeBlockPieces(block: Exclude<Block, Figure>): Piece[] {
  switch (block.kind) {
    case 'paragraph':
      return [makePiece(parseProse(block.text), '\n\n', false)];
    case 'heading': {
      const prose = parseProse(block.text);
      const strong: Span = { kind: 'strong', start: 0, end: prose.text.length };
      return [makePiece({ ...prose, spans: [strong, ...prose.spans] }, '\n\n', true)];
    }
    case 'list':
      return block.items.map((item, index) => {
        const marker = block.ordered ? `${index + 1}. ` : '• ';
        return makePiece(prefix(marker, parseProse(item)), index === 0 ? '\n\n' : '\n', false);
      });
  }
}

/** A piece of a thread. */
export function makePiece(prose: Prose, separator: '\n' | '\n\n', keepWithNext: boolean): Piece {
  return { prose, separator, keepWithNext };
}

function prefix(marker: string, prose: Prose): Prose {
  const spans = prose.spans.map((span) => ({
    ...span,
    start: span.start + marker.length,
    end: span.end + marker.length,
  }));
  return { text: marker + prose.text, spans };
}
