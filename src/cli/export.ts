import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exportIssue } from '../desk/export.ts';
import type { CliContext, ExitCode } from './context.ts';

const SCHEMA = fileURLToPath(new URL('../../schema/issue.schema.json', import.meta.url));

/** `paperboy export ISSUE`: the file names the schema as it is found from the working folder. */
export async function runExport(
  { output, openReadingDesk }: CliContext,
  reference: string,
  options: { readonly json?: boolean },
): Promise<ExitCode> {
  const desk = await openReadingDesk();
  const schemaPath = relative(process.cwd(), SCHEMA).replaceAll('\\', '/');
  const format = options.json ? 'json' : 'yaml';
  const text = await exportIssue(desk, reference, { format, schemaPath });
  output.line(text.trimEnd());
  return 0;
}
