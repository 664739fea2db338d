/** A place in a text: line and column from 1, the column in UTF-16 units. */
export type Position = { readonly line: number; readonly column: number };

/** The position of an offset of a text whose lines end in `\n`. */
export function findPosition(source: string, offset: number): Position {
  const before = source.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  let line = 1;
  for (let at = before.indexOf('\n'); at >= 0; at = before.indexOf('\n', at + 1)) line += 1;
  return { line, column: before.length - lineStart + 1 };
}
