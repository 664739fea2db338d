import { measureProcesses } from './whole-process.ts';

/*
 * `npm run bench`: whole-process figures on this machine. Targets are what the project holds itself
 * to; the figures are printed, never asserted, as machines are shared and noisy.
 */

process.stdout.write(`Node ${process.version}, ${new Date().toISOString().slice(0, 10)}\n\n`);
const rows = await measureProcesses((note) => process.stderr.write(`${note}\n`));
const header = ['WHAT', 'MEDIAN', 'RANGE', 'TARGET', ''];
const table = [
  header,
  ...rows.map(({ what, median, range, target, isMet }) => [
    what,
    median,
    range,
    target,
    isMet ? 'met' : 'MISSED',
  ]),
];
const widths = header.map((_, c) => Math.max(...table.map((row) => (row[c] ?? '').length)));
for (const row of table) {
  process.stdout.write(
    `${row
      .map((cell, c) => cell.padEnd(widths[c] ?? 0))
      .join('  ')
      .trimEnd()}\n`,
  );
}
process.exit(0);
