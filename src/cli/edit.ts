import type { Platform } from '../../formatters/draft.ts';
import { platforms } from '../../formatters/index.ts';
import { keyItem } from '../../formatters/item.ts';
import { editItem } from '../desk/approval/edit-item.ts';
import type { Desk } from '../desk/desk.ts';
import { editText } from '../desk/edit-text.ts';
import { findIssue, findPapers } from '../desk/find-issue.ts';
import type { ImportResult } from '../desk/import.ts';
import { hasErrors } from '../issue/finding.ts';
import { decodeSource } from '../issue/text/read-source.ts';
import { PaperboyError } from '../kit/errors.ts';
import type { CliContext, ExitCode } from './context.ts';
import { printFindings } from './output.ts';
import { findPlatform } from './preview.ts';
import { printChanges, printOutdated, toRevisedJson } from './print-changes.ts';
import { printItemStanding, readItemStanding } from './print-item-standing.ts';
import { readSource } from './read-source.ts';
import { joinAnd } from './tell-items.ts';
import { listOwnPlaces, tellOwnPlaces } from './tell-own-words.ts';
import { hang } from './wrap.ts';

export type EditOptions = {
  readonly paper?: string;
  readonly to?: string;
  readonly clear?: boolean;
  readonly json?: boolean;
};

/** `paperboy edit ISSUE [FILE|-]` */
export async function runEdit(
  context: CliContext,
  reference: string,
  file: string | undefined,
  { paper, to, clear, json }: EditOptions,
): Promise<ExitCode> {
  const { output } = context;
  if (to === undefined) {
    throw new PaperboyError(
      'platform.missing',
      'Cannot edit as it is not said for which platform',
      `Add --to with one of: ${platforms.join(', ')}`,
    );
  }
  const { desk } = await context.openDesk();
  const platform = findPlatform(to);
  if (platform === undefined) throw explainTarget(desk, to);
  const text = clear ? undefined : await readText(context, reference, file, platform);
  const { item, result } = await editNamed(desk, reference, { paper, platform, text });
  const { issue, findings, saved, revision, changes, revised } = result;
  const misfits = findings.filter(({ severity }) => severity === 'error');
  const standing = await readItemStanding(desk, reference, item);
  if (json) {
    const places = { destinations: listOwnPlaces(desk, platform), standing: standing?.standing };
    const kept = { saved, revision, changes, revised: revised.map(toRevisedJson), ...places };
    output.json({ findings: misfits, ...(saved === undefined ? {} : kept) });
    return hasErrors(findings) ? 1 : 0;
  }
  printFindings(output, file === undefined || file === '-' ? 'stdin' : file, misfits);
  if (hasErrors(findings)) {
    output.note('Nothing was kept.');
    return 1;
  }
  const said =
    saved === 'unchanged'
      ? `#${issue?.number} goes out in these words already. Nothing was kept.`
      : `#${issue?.number} is kept as revision ${revision}.`;
  output.line(hang(`${output.style('green', '✓')} ${said}`, '  '));
  printChanges(output, { changes, revised });
  if (saved === 'revised' && text !== undefined) {
    output.line(hang(`  ${tellOwnPlaces(desk, platform)}`, '  '));
  }
  if (standing !== undefined) printItemStanding(output, desk, standing);
  if (issue !== undefined) await printOutdated(output, desk, issue.number);
  const which = paper === undefined ? '--digest' : `--paper ${paper}`;
  output.note(`See it: paperboy preview ${issue?.number} ${which} --to ${platform}`);
  return 0;
}

/** Own words are for a platform: of a destination it is said which that is, and what else is of it. */
function explainTarget(desk: Desk, to: string): PaperboyError {
  const place = (desk.places ?? desk.destinations).find(({ name }) => name === to);
  if (place === undefined) {
    return new PaperboyError(
      'platform.unknown',
      `Cannot edit for “${to}” as there is no such platform`,
      `Name one of: ${platforms.join(', ')}`,
    );
  }
  const names = joinAnd(listOwnPlaces(desk, place.platform));
  return new PaperboyError(
    'platform.unknown',
    `Cannot edit for “${to}” alone as own words are for a platform, with all its destinations: ${names}`,
    `If they are for all of these, edit with --to ${place.platform}`,
  );
}

/** Edits a paper that is named by its slug or words of it, or the digest. */
async function editNamed(
  desk: Desk,
  reference: string,
  {
    paper,
    ...words
  }: {
    readonly paper: string | undefined;
    readonly platform: Platform;
    readonly text: string | undefined;
  },
): Promise<{ readonly item: string; readonly result: ImportResult }> {
  const stored = await findIssue(desk, reference);
  // It says that a sample cannot be edited.
  if (stored.isSample) return { item: 'digest', result: await editText(desk, reference, words) };
  const [found] = paper === undefined ? [] : findPapers(stored, paper);
  const item = found === undefined ? 'digest' : keyItem(found);
  return { item, result: await editItem(desk, String(stored.issue.number), { item, ...words }) };
}

/** Words as they are in a file, or typed. Throws `text.missing` where there are none. */
async function readText(
  { stdin }: CliContext,
  reference: string,
  file: string | undefined,
  platform: Platform,
): Promise<string> {
  const command = `paperboy edit ${reference} - --to ${platform}`;
  const { text, findings } = decodeSource(await readSource(file ?? '-', stdin, command));
  const wrong = findings.find(({ severity }) => severity === 'error');
  if (wrong === undefined && /[^\s-]/.test(text)) return text.trim();
  const isNone = wrong === undefined || wrong.code === 'source.empty';
  throw new PaperboyError(
    'text.missing',
    `Cannot take these words: ${isNone ? 'there are none' : wrong.message}`,
    isNone
      ? 'Name a file with them, pipe them in, or give --clear for the usual posts.'
      : 'Save the words as plain text (UTF-8), and edit with that file.',
  );
}
