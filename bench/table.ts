/** Rows as aligned columns, the first row the header: text to the left, figures to the right. */
export function formatTable(rows: readonly (readonly string[])[]): string {
  const [header = [], ...body] = rows;
  const columns = header.map((_, c) => ({
    width: Math.max(...rows.map((row) => (row[c] ?? '').length)),
    isNumeric: body.length > 0 && body.every((row) => /^[\d.,–-]*( %)?$/.test(row[c] ?? '')),
  }));
  return rows
    .map((row) =>
      columns
        .map(({ width, isNumeric }, c) => {
          const cell = row[c] ?? '';
          return isNumeric ? cell.padStart(width) : cell.padEnd(width);
        })
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('');
}
