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
import { parsePlatform } from './preview.ts';
import { printChanges, printOutdated, toRevisedJson } from './print-changes.ts';
import { readSource } from './read-source.ts';

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
  const platform = parsePlatform(to);
  const text = clear ? undefined : await readText(context, file);
  const { desk } = await context.openDesk();
  const result = await editNamed(desk, reference, { paper, platform, text });
  const { issue, findings, saved, revision, changes, revised } = result;
  const misfits = findings.filter(({ severity }) => severity === 'error');
  if (json) {
    const kept = { saved, revision, changes, revised: revised.map(toRevisedJson) };
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
      ? `#${issue?.number} has these words already. Nothing has changed.`
      : `#${issue?.number} is kept as revision ${revision}.`;
  output.line(`${output.style('green', '✓')} ${said}`);
  printChanges(output, { changes, revised });
  if (issue !== undefined) await printOutdated(output, desk, issue.number);
  const which = paper === undefined ? '--digest' : `--paper ${paper}`;
  output.note(`See it: paperboy preview ${issue?.number} ${which} --to ${platform}`);
  return 0;
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
): Promise<ImportResult> {
  const stored = await findIssue(desk, reference);
  // It says that a sample cannot be edited.
  if (stored.isSample) return editText(desk, reference, words);
  const [found] = paper === undefined ? [] : findPapers(stored, paper);
  const item = found === undefined ? 'digest' : keyItem(found);
  return editItem(desk, String(stored.issue.number), { item, ...words });
}

/** Words as they are in a file, or typed. Throws `text.missing` where there are none. */
async function readText({ stdin }: CliContext, file: string | undefined): Promise<string> {
  const { text, findings } = decodeSource(await readSource(file ?? '-', stdin));
  const wrong = findings.find(({ severity }) => severity === 'error');
  if (wrong === undefined && /[^\s-]/.test(text)) return text.trim();
  throw new PaperboyError(
    'text.missing',
    `Cannot take these words: ${wrong?.message ?? 'there are none'}`,
    wrong?.remedy ?? 'Name a file with them, pipe them in, or give --clear for the usual posts.',
  );
}
