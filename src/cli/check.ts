import type { Format } from '../issue/detect-format.ts';
import type { Finding } from '../issue/finding.ts';
import type { Imported } from '../issue/text/import-text.ts';
import type { CliContext, ExitCode } from './context.ts';
import { examine, readBytes } from './import.ts';
import { count, type Output, printFindings } from './output.ts';

export type CheckOptions = {
  readonly format?: Format;
  readonly json?: boolean;
  readonly strict?: boolean;
  readonly year?: number;
};

/** `paperboy check FILE|URL|-`: stores nothing, and makes no archive where there is none. */
export async function runCheck(
  context: CliContext,
  file: string,
  { format, json, strict, year }: CheckOptions,
): Promise<ExitCode> {
  const { output } = context;
  const { bytes, ...found } = await readBytes(context, file, 'check');
  const checked = await examine(context, bytes, {
    ...found,
    ...(format === undefined ? {} : { format }),
    ...(year === undefined ? {} : { year }),
  });
  const isWrong = (one: Imported): boolean =>
    one.issue === undefined ||
    countOf(one.findings, 'error') > 0 ||
    (strict === true && countOf(one.findings, 'warning') > 0);
  if (json) output.json({ findings: checked.flatMap(({ findings }) => findings) });
  else
    for (const one of checked) {
      printFindings(output, file === '-' ? 'stdin' : file, one.findings);
      printSummary(output, one, isWrong(one));
    }
  return checked.some(isWrong) ? 1 : 0;
}

function printSummary({ line, style }: Output, { issue, findings }: Imported, isWrong: boolean) {
  const infos = countOf(findings, 'info');
  const summary = [
    count(countOf(findings, 'error'), 'error'),
    count(countOf(findings, 'warning'), 'warning'),
    ...(infos === 0 ? [] : [count(infos, 'note')]),
  ].join(', ');
  const name = issue === undefined ? '' : `#${issue.number} ${issue.title}: `;
  line(`${isWrong ? style('red', '✗') : style('green', '✓')} ${name}${summary}`);
}

function countOf(findings: readonly Finding[], severity: Finding['severity']): number {
  return findings.filter((finding) => finding.severity === severity).length;
}
