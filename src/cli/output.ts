import { styleText } from 'node:util';
import type { Finding } from '../issue/finding.ts';
import { type Redact, redactValue } from '../kit/redact.ts';
import { redactShapes } from '../kit/redact-shapes.ts';
import { countColumns } from './count-columns.ts';

const GAP = '  ';

type Style = Parameters<typeof styleText>[0];

/** Where a command writes. Colour only where a terminal shows it and NO_COLOR is not set. */
export type Output = {
  line(text?: string): void;
  json(value: unknown): void;
  /** For people, beside the answer: notes, progress, errors. */
  note(text: string): void;
  style(style: Style, text: string): string;
  /**
   * Columns as wide as their widest cell, under a header unless that is empty; the last one, plain
   * text, is cut to the terminal.
   */
  table(header: readonly string[], rows: readonly (readonly string[])[]): void;
};

/** What takes secrets out of what is written. */
export type OutputRedactors = {
  /** Of an answer: it may be the words of an issue. */
  readonly answer: Redact;
  readonly note: Redact;
};

/** Knows no secret by name, only what looks like one. */
export const SHAPES_ALONE: OutputRedactors = {
  answer: (text) => redactShapes(text, true),
  note: (text) => redactShapes(text),
};

/** Writes to a pair of streams, and nothing there but what has gone through `redact`. */
export function makeOutput(
  stdout: NodeJS.WriteStream,
  stderr: NodeJS.WriteStream,
  redact: OutputRedactors = SHAPES_ALONE,
): Output {
  const style = (format: Style, text: string): string =>
    styleText(format, text, { stream: stdout });
  const line = (text = ''): void => {
    stdout.write(`${redact.answer(text)}\n`);
  };
  return {
    line,
    style,
    // Value by value: in the text of them all, a number may look like a secret.
    json: (value) => {
      const redacted = redactValue(value, redact.answer);
      stdout.write(`${JSON.stringify(redacted, undefined, 2)}\n`);
    },
    note: (text) => {
      stderr.write(`${redact.note(text)}\n`);
    },
    table: (header, rows) => {
      // Before they are cut: a part of a secret is not recognised.
      const safe = rows.map((row) => row.map(redact.answer));
      const all = header.length === 0 ? safe : [header, ...safe];
      const columns = Math.max(0, ...all.map((row) => row.length));
      const widths = Array.from({ length: columns }, (_, c) =>
        Math.max(...all.map((row) => countColumns(row[c] ?? ''))),
      );
      const before = widths.slice(0, -1).reduce((sum, width) => sum + width + GAP.length, 0);
      const room = Math.max((stdout.columns ?? Infinity) - before, 20);
      all.forEach((row, index) => {
        const cells = row.map((cell, c) => {
          const isLast = c === row.length - 1;
          if (!isLast) return cell + ' '.repeat((widths[c] ?? 0) - countColumns(cell));
          return countColumns(cell) > room ? `${sliceColumns(cell, room - 1)}…` : cell;
        });
        const text = cells.join(GAP);
        line(index === 0 && header.length > 0 ? style('dim', text) : text);
      });
    },
  };
}

/** The beginning of a text that takes at most so many columns. */
function sliceColumns(text: string, columns: number): string {
  let kept = '';
  for (const character of text) {
    if (countColumns(kept + character) > columns) break;
    kept += character;
  }
  return kept.trimEnd();
}

const SEVERITY: Readonly<Record<Finding['severity'], Style>> = {
  error: ['red', 'bold'],
  warning: 'yellow',
  info: 'blue',
};

/** Prints findings like a compiler: place, what, the words concerned, then the remedy. */
export function printFindings(output: Output, source: string, findings: readonly Finding[]): void {
  for (const { severity, code, line, column, words, message, remedy } of findings) {
    const place = [source, line, line === undefined ? undefined : column]
      .filter((part) => part !== undefined)
      .join(':');
    const head = `${output.style(SEVERITY[severity], severity)} ${output.style('dim', `[${code}]`)}`;
    output.line(`${place}: ${head} ${message}`);
    // A message that quotes the words says enough.
    if (words !== undefined && !message.includes(words.slice(0, 40))) {
      output.line(`    ${output.style('dim', '|')} ${words.replace(/\s+/g, ' ')}`);
    }
    if (severity !== 'info') output.line(`    ${output.style('dim', '→')} ${remedy}`);
  }
}

/** "1 paper", "4 papers". */
export function count(n: number, noun: string): string {
  return `${n} ${n === 1 ? noun : `${noun}s`}`.replace(/(?<=[^aeiou])ys$/, 'ies');
}
