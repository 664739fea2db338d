import stringWidth from 'string-width';

/** Breaks a text at blanks for the terminal, at most 90 columns; later lines begin with `indent`. */
export function wrap(text: string, indent: string): string {
  const columns = Math.min(process.stdout.columns ?? 90, 90);
  const lines: string[] = [];
  let current = '';
  for (const word of text.split(/(?<=\S)\s(?=\S)/)) {
    const next = current === '' ? word : `${current} ${word}`;
    if (current !== '' && stringWidth(next) > columns) {
      lines.push(current);
      current = indent + word;
    } else current = next;
  }
  return [...lines, current].join('\n');
}
