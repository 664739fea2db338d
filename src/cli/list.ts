import { formatPeriod } from '../../formatters/text/labels.ts';
import type { CliContext, ExitCode } from './context.ts';

/** `paperboy list` */
export async function runList(
  { output, openDesk }: CliContext,
  options: { readonly json?: boolean },
): Promise<ExitCode> {
  const { desk } = await openDesk();
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
  await output.table(
    ['ISSUE', 'PERIOD', 'PAPERS', 'NEWS', 'TITLE'],
    all.map(({ issue, isSample, revision }) => [
      `#${issue.number}`,
      formatPeriod(issue.period),
      String(issue.papers.length),
      String(issue.news.length),
      [
        issue.title,
        ...(isSample ? [output.style('dim', '(sample)')] : []),
        ...(revision > 1 ? [output.style('dim', `(revision ${revision})`)] : []),
      ].join(' '),
    ]),
  );
  return 0;
}
