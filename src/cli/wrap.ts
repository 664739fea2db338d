import { countColumns } from './count-columns.ts';

const MOST_COLUMNS = 90;
/** A command that a person is to copy: to the end of its clause. */
const COMMAND = /paperboy [a-z]+(?: (?!or\b)[^\s;,]+)*/g;
/** Stands for a blank at which nothing is broken. */
const GLUE = '\ue000';

/**
 * Breaks what is said of a delivery or a place at the width of the terminal, later lines under the
 * words of the first. Commands and addresses stay whole. What is no terminal gets long lines.
 */
export function hang(text: string, indent: string, columns = process.stdout.columns): string {
  if (columns === undefined) return text;
  return text
    .split('\n')
    .map((line) => {
      const glued = line.replace(COMMAND, (command) => command.replaceAll(' ', GLUE));
      return wrap(glued, indent, columns).replaceAll(GLUE, ' ');
    })
    .join('\n');
}

/** Breaks a text at blanks for the terminal, at most 90 columns; later lines begin with `indent`. */
export function wrap(text: string, indent: string, width = process.stdout.columns): string {
  const columns = Math.min(width ?? MOST_COLUMNS, MOST_COLUMNS);
  const lines: string[] = [];
  let current = '';
  for (const word of text.split(/(?<=\S)\s(?=\S)/)) {
    const next = current === '' ? word : `${current} ${word}`;
    if (current !== '' && countColumns(next) > columns) {
      lines.push(current);
      current = indent + word;
    } else current = next;
  }
  return [...lines, current].join('\n');
}
