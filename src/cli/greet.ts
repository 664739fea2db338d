import { readdir, readFile } from 'node:fs/promises';
import type { Desk } from '../desk/desk.ts';
import { importToArchive } from '../desk/import.ts';
import type { OpenDesk } from './context.ts';
import { isSpoken } from './is-spoken.ts';
import { count, type Output } from './output.ts';
import { hang } from './wrap.ts';

/** The samples that come with Paperboy, so that it has something to show without any issue. */
const SAMPLES = new URL('../../issues/', import.meta.url);
const MOST_NAMED = 3;

/**
 * Says what Paperboy works with: data, archive, destinations. Without any issue the archive begins
 * with the samples, for who tries Paperboy before anything is set up.
 */
export async function greet({ desk, folders }: OpenDesk, output: Output): Promise<void> {
  const { style } = output;
  output.line(style('bold', 'Paperboy delivers research papers.'));
  output.line(`  data      ${folders.data}`);
  const { absent = [] } = desk;
  if (isTrial(desk) && (await desk.archive.listRevisions()).length === 0) {
    await importSamples(desk, output);
  }
  output.line(`  archive   ${await describeArchive(desk)}`);
  const scheduled = desk.scheduled.map(({ name }) =>
    name === 'folder' ? `folder ${folders.posts}` : name,
  );
  output.line(`  posts to  ${scheduled.length === 0 ? 'nothing for now' : scheduled.join(', ')}`);
  for (const { name, reason, remedy } of absent) {
    output.line(
      hang(`${style('red', '✗')} ${name} takes nothing until the next start: ${reason}`, '  '),
    );
    output.line(hang(`    → ${remedy}`, '      '));
  }
  for (const { name } of desk.scheduled) {
    const [language = 'en'] = desk.format(name).languages;
    if (isSpoken(language)) continue;
    output.line(
      `  language  ${name}: the fixed words are English, as there are none in “${language}”`,
    );
  }
}

/** Whether nobody is asked, and there is but the folder that there always is. */
function isTrial({ approval, destinations, absent = [] }: Desk): boolean {
  const own = destinations.filter(({ isFollowed }) => !isFollowed);
  const isOnly = [...own, ...absent].every(({ name }) => name === 'folder');
  return approval.kind === 'never' && isOnly;
}

/** Reads the newest issues alone: an archive may have thousands. */
async function describeArchive({ archive }: Desk): Promise<string> {
  const numbers = (await archive.listRevisions()).map(({ number }) => number);
  if (numbers.length === 0) return 'empty; import an issue: paperboy import FILE';
  const names: string[] = [];
  for (const number of numbers.sort((a, b) => b - a).slice(0, MOST_NAMED)) {
    const isSample = (await archive.read(number))?.isSample;
    names.push(`#${number}${isSample ? ' (sample)' : ''}`);
  }
  const more = numbers.length > MOST_NAMED ? ', …' : '';
  return `${count(numbers.length, 'issue')}: ${names.join(', ')}${more}`;
}

async function importSamples(desk: Desk, output: Output): Promise<void> {
  const names = (await readdir(SAMPLES)).filter((name) => name.endsWith('.txt')).sort();
  for (const name of names) {
    const bytes = await readFile(new URL(name, SAMPLES));
    const { issue, findings } = await importToArchive(desk, bytes, { isSample: true });
    if (issue === undefined) continue;
    const noted = findings.length === 0 ? '' : `, ${count(findings.length, 'note')}`;
    output.line(
      `  imported  sample #${issue.number} ${issue.title}: ${count(issue.papers.length, 'paper')}, ${issue.news.length} news${noted}`,
    );
  }
}
