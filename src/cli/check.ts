import type { Format } from '../issue/detect-format.ts';
import type { Finding } from '../issue/finding.ts';
import type { CliContext, ExitCode } from './context.ts';
import { examine, readBytes } from './import.ts';
import { count, printFindings } from './output.ts';

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
  const { bytes, ...found } = await readBytes(context, file);
  const { issue, findings } = await examine(context, bytes, {
    ...found,
    ...(format === undefined ? {} : { format }),
    ...(year === undefined ? {} : { year }),
  });
  const errors = countOf(findings, 'error');
  const warnings = countOf(findings, 'warning');
  const isWrong = issue === undefined || errors > 0 || (strict === true && warnings > 0);
  if (json) {
    output.json({ findings });
    return isWrong ? 1 : 0;
  }
  printFindings(output, file === '-' ? 'stdin' : file, findings);
  const infos = countOf(findings, 'info');
  const summary = [
    count(errors, 'error'),
    count(warnings, 'warning'),
    ...(infos === 0 ? [] : [count(infos, 'note')]),
  ].join(', ');
  const name = issue === undefined ? '' : `#${issue.number} ${issue.title}: `;
  const mark = isWrong ? output.style('red', '✗') : output.style('green', '✓');
  output.line(`${mark} ${name}${summary}`);
  return isWrong ? 1 : 0;
}

function countOf(findings: readonly Finding[], severity: Finding['severity']): number {
  return findings.filter((finding) => finding.severity === severity).length;
}
