import type { IssueReader } from '../archive/issue-reader.ts';
import { examineIssue, mergeFindings } from '../issue/doctor/examine-issue.ts';
import { placeFindings } from '../issue/doctor/place-findings.ts';
import type { Finding } from '../issue/finding.ts';
import type { ImportIssueOptions } from '../issue/import-issue.ts';
import type { Imported } from '../issue/text/import-text.ts';
import type { ReadingDesk } from './desk.ts';
import { readIssues } from './import.ts';
import { tellOwnTexts } from './own-text.ts';
import { readKnown } from './read-known.ts';

/**
 * Everything that can be said about the issues of a source before they are imported, with its place
 * in the source. Stores nothing; without an archive there are no older issues to compare with.
 */
export async function checkIssues(
  { archive, format }: Pick<ReadingDesk, 'format'> & { readonly archive: IssueReader | undefined },
  bytes: Uint8Array,
  options: ImportIssueOptions,
): Promise<Imported[]> {
  const known = archive === undefined ? { issues: [] } : await readKnown(archive);
  return (await readIssues(archive, bytes, options)).map(({ imported, source }) => {
    const { issue, findings } = imported;
    const examined: readonly Finding[] =
      issue === undefined ? [] : examineIssue(issue, known, source);
    const own = issue === undefined ? [] : tellOwnTexts(issue, format, source);
    const all = mergeFindings(findings, [...examined, ...own]);
    return { issue, findings: source === undefined ? all : placeFindings(all, source) };
  });
}
