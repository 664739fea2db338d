import type { Element, TextNode } from './element.ts';
import type { Position } from './outline-builder.ts';

const WORD = /[^ \t\n\f\r]/g;

/** Where a node begins in the source; an element that the parser added is at its start. */
export function place(node: Element | TextNode): Position {
  const at = node.sourceCodeLocation;
  return { line: at?.startLine ?? 1, column: at?.startCol ?? 1 };
}

/** Where the first word of a text stands: most texts begin with the end of a line. */
export function placeOfText(node: TextNode, source: string): Position {
  const { line, column } = place(node);
  const from = node.sourceCodeLocation?.startOffset ?? 0;
  WORD.lastIndex = from;
  const to = WORD.exec(source)?.index ?? from;
  const ends = source.slice(from, to).split('\n');
  const last = ends.at(-1) ?? '';
  if (ends.length === 1) return { line, column: column + last.length };
  return { line: line + ends.length - 1, column: last.length + 1 };
}
