import { writeJson } from '../issue/structured/quote.ts';
import { writeYaml } from '../issue/structured/write-yaml.ts';
import type { ReadingDesk } from './desk.ts';
import { findIssue } from './find-issue.ts';

/** An issue as a file that `import` reads back exactly: YAML that names its schema, or JSON. */
export async function exportIssue(
  desk: Pick<ReadingDesk, 'archive'>,
  reference: string,
  options: { readonly format: 'yaml' | 'json'; readonly schemaPath?: string },
): Promise<string> {
  const { issue } = await findIssue(desk, reference);
  return options.format === 'json' ? writeJson(issue) : writeYaml(issue, options.schemaPath);
}
