import { type ImportResult, importToArchive } from '../desk/import.ts';
import { hasErrors } from '../issue/finding.ts';
import { importIssue } from '../issue/import-issue.ts';
import type { Imported } from '../issue/text/import-text.ts';
import { systemClock } from '../kit/clock.ts';
import type { CliContext, ExitCode } from './context.ts';
import { count, printFindings } from './output.ts';
import { readSource } from './read-source.ts';

export type ImportOptions = {
  readonly dryRun?: boolean;
  readonly json?: boolean;
  readonly revise?: boolean;
  readonly year?: number;
};

/** `paperboy import FILE|-` */
export async function runImport(
  context: CliContext,
  file: string,
  options: ImportOptions,
): Promise<ExitCode> {
  const { output } = context;
  const bytes = await readSource(file, context.stdin);
  const year = options.year === undefined ? {} : { year: options.year };
  // A dry run reads and checks: it needs no archive, and must not make one.
  const result: Partial<ImportResult> & Imported = options.dryRun
    ? importIssue(bytes, { now: systemClock.now(), ...year })
    : await importToArchive((await context.openDesk()).desk, bytes, {
        isRevision: options.revise ?? false,
        ...year,
      });
  const { issue, findings, saved } = result;
  const isWrong = hasErrors(findings);
  if (options.json) {
    output.json({ issue: issue ?? null, findings, ...(saved === undefined ? {} : { saved }) });
    return isWrong ? 1 : 0;
  }

  printFindings(output, file === '-' ? 'stdin' : file, findings);
  if (issue === undefined || isWrong) {
    output.note('Nothing was stored.');
    return 1;
  }
  const contents = [
    count(issue.papers.length, 'paper'),
    `${issue.news.length} news`,
    ...(issue.promotions.length > 0 ? [count(issue.promotions.length, 'promotion')] : []),
  ].join(', ');
  const name = `#${issue.number} ${issue.title}`;
  const said = {
    new: `Imported ${name}: ${contents}.`,
    revised: `Imported ${name} as revision ${result.revision}: ${contents}.`,
    replaced: `Imported ${name}, in place of the sample of that number: ${contents}.`,
    unchanged: `${name} is in the archive already, with the same text. Nothing has changed.`,
    conflict: '',
    dry: `${name} can be imported: ${contents}. Nothing was stored.`,
  }[saved ?? 'dry'];
  output.line(`${output.style('green', '✓')} ${said}`);
  if (saved === 'new' || saved === 'revised' || saved === 'replaced') {
    output.note(`See its posts: paperboy preview ${issue.number}`);
  }
  return 0;
}
