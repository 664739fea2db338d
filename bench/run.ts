import { describeDiscord, measureDiscord } from './discord-throughput.ts';
import { reportFormatters } from './formatters.ts';
import { measureArchive, measureImportSpeed, measurePage } from './import-speed.ts';
import { reportInteractions } from './interactions.ts';
import { reportLedger } from './ledger.ts';
import { reportSearch } from './search.ts';
import { formatTable } from './table.ts';
import { measureProcesses } from './whole-process.ts';

/*
 * `npm run bench`: whole-process figures on this machine, then reading, writing, answering and delivering. Targets are
 * what the project holds itself to; the figures are printed, never asserted, as machines are shared
 * and noisy.
 */

process.stdout.write(`Node ${process.version}, ${new Date().toISOString().slice(0, 10)}\n\n`);
const rows = await measureProcesses((note) => process.stderr.write(`${note}\n`));
const table = rows.map(({ what, median, range, target, isMet }) => [
  what,
  median,
  range,
  target,
  isMet ? 'met' : 'MISSED',
]);
process.stdout.write(formatTable([['WHAT', 'MEDIAN', 'RANGE', 'TARGET', ''], ...table]));

const note = (text: string): void => {
  process.stderr.write(`${text}\n`);
};
process.stdout.write('\nIMPORT    MB/s   GROWTH  LARGEST\n');
for (const { format, megabytesPerSecond, exponent, largest } of measureImportSpeed(note)) {
  const cells = [format.padEnd(8), megabytesPerSecond.toFixed(1).padStart(5), exponent.toFixed(2)];
  process.stdout.write(`${cells.join('  ')}    ${largest}\n`);
}
process.stdout.write(`a page of 225 kB: ${measurePage().toFixed(0)} ms (target < 60 ms)\n`);
note('1,000 issues into the archive …');
process.stdout.write(
  `1,000 issues imported: ${(await measureArchive(1_000)).toFixed(1)} s (target < 10 s)\n`,
);
process.stdout.write(`\n${reportFormatters(note)}`);
process.stdout.write(`\n${await reportSearch(note)}`);
process.stdout.write(`\n${await reportInteractions(note)}`);
process.stdout.write(`\n${await reportLedger(note)}`);
process.stdout.write(`\n${describeDiscord(await measureDiscord(10_000, note))}\n`);
process.exit(0);
