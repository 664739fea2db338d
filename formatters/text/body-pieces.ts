import type { Block } from '../../src/issue/schema.ts';
import { type Prose, parseProse, type Span } from './prose.ts';
import type { Piece } from './split-thread.ts';

/**
 * The words of a paper's body as pieces: paragraphs, headings (which stay with what follows) and
 * list items with their markers. Figures are no words: their captions make no sense without them.
 */
export function makeBodyPieces(body: readonly Block[]): Piece[] {
  return body.flatMap(makeBlockPieces);
}

function makeBlockPieces(block: Block): Piece[] {
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
    case 'figure':
      return [];
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
