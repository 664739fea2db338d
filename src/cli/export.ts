import { exportIssue } from '../desk/export.ts';
import type { CliContext, ExitCode } from './context.ts';

/** Nobody knows where the output is put, so the schema has its whole address. */
const SCHEMA = new URL('../../schema/issue.schema.json', import.meta.url).href;

/** `paperboy export ISSUE` */
export async function runExport(
  { output, openReadingDesk }: CliContext,
  reference: string,
  options: { readonly json?: boolean },
): Promise<ExitCode> {
  const desk = await openReadingDesk();
  const format = options.json ? 'json' : 'yaml';
  const text = await exportIssue(desk, reference, { format, schemaPath: SCHEMA });
  output.line(text.trimEnd());
  return 0;
}
