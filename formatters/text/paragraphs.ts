import type { Prose } from './prose.ts';
import type { Piece } from './split-thread.ts';

/** The lines of each paragraph: a piece after a single line break goes on with the one before it. */
export function groupLines(pieces: readonly Piece[]): Prose[][] {
  const paragraphs: Prose[][] = [];
  for (const { prose, separator } of pieces) {
    const last = paragraphs.at(-1);
    if (separator === '\n' && last !== undefined) last.push(prose);
    else paragraphs.push([prose]);
  }
  return paragraphs;
}
