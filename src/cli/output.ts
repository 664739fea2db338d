import { styleText } from 'node:util';
import type { Finding } from '../issue/finding.ts';

type Style = Parameters<typeof styleText>[0];

/** Where a command writes. Colour only where a terminal shows it and NO_COLOR is not set. */
export type Output = {
  line(text?: string): void;
  json(value: unknown): void;
  /** For people, beside the answer: notes, progress, errors. */
  note(text: string): void;
  style(style: Style, text: string): string;
  /** Columns as wide as their widest cell; the last one is cut to the terminal. */
  table(header: readonly string[], rows: readonly (readonly string[])[]): Promise<void>;
};

/** Writes to a pair of streams. */
export function makeOutput(stdout: NodeJS.WriteStream, stderr: NodeJS.WriteStream): Output {
  const style = (format: Style, text: string): string =>
    styleText(format, text, { stream: stdout });
  const line = (text = ''): void => {
    stdout.write(`${text}\n`);
  };
  return {
    line,
    style,
    json: (value) => line(JSON.stringify(value, undefined, 2)),
    note: (text) => {
      stderr.write(`${text}\n`);
    },
    table: async (header, rows) => {
      const { default: stringWidth } = await import('string-width');
      const all = [header, ...rows];
      const widths = header.map((_, c) => Math.max(...all.map((row) => stringWidth(row[c] ?? ''))));
      all.forEach((row, index) => {
        const cells = row.map((cell, c) => {
          const isLast = c === row.length - 1;
          return isLast ? cell : cell + ' '.repeat((widths[c] ?? 0) - stringWidth(cell));
        });
        const text = cells.join('  ');
        line(index === 0 ? style('dim', text) : text);
      });
    },
  };
}

const SEVERITY: Readonly<Record<Finding['severity'], Style>> = {
  error: ['red', 'bold'],
  warning: 'yellow',
  info: 'blue',
};

/** Prints findings like a compiler: place, what, then the remedy. */
export function printFindings(output: Output, source: string, findings: readonly Finding[]): void {
  for (const { severity, code, line, message, remedy } of findings) {
    const place = line === undefined ? source : `${source}:${line}`;
    const head = `${output.style(SEVERITY[severity], severity)} ${output.style('dim', `[${code}]`)}`;
    output.line(`${place}: ${head} ${message}`);
    if (severity !== 'info') output.line(`    ${output.style('dim', '→')} ${remedy}`);
  }
}

/** "1 paper", "4 papers". */
export function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
