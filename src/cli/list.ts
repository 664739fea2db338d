import { formatPeriod } from '../../formatters/text/labels.ts';
import type { StoredIssue } from '../archive/issue-reader.ts';
import type { CliContext, ExitCode } from './context.ts';

/** `paperboy list` */
export async function runList(
  { output, openReadingDesk }: CliContext,
  options: { readonly json?: boolean },
): Promise<ExitCode> {
  const desk = await openReadingDesk();
  const all = await desk.archive.list();
  if (options.json) {
    output.json({
      issues: all.map(({ issue, revision, isSample, importedAt, approvedAt, findings }) => ({
        number: issue.number,
        title: issue.title,
        period: issue.period,
        papers: issue.papers.length,
        news: issue.news.length,
        revision,
        isSample,
        importedAt,
        approvedAt: approvedAt ?? null,
        findings: findings.length,
      })),
    });
    return 0;
  }
  if (all.length === 0) {
    output.note('The archive is empty. Import an issue: paperboy import FILE');
    return 0;
  }
  const noteOf = ({ isSample, revision }: StoredIssue): string =>
    isSample ? 'sample' : revision > 1 ? `revision ${revision}` : '';
  const notes = all.some((stored) => noteOf(stored) !== '');
  output.table(
    ['ISSUE', 'PERIOD', 'PAPERS', 'NEWS', ...(notes ? ['NOTE'] : []), 'TITLE'],
    all.map((stored) => [
      `#${stored.issue.number}`,
      formatPeriod(stored.issue.period),
      String(stored.issue.papers.length),
      String(stored.issue.news.length),
      ...(notes ? [noteOf(stored)] : []),
      stored.issue.title,
    ]),
  );
  return 0;
}
