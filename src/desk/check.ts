import type { IssueReader } from '../archive/issue-reader.ts';
import { examineIssue, mergeFindings } from '../issue/doctor/examine-issue.ts';
import { placeFindings } from '../issue/doctor/place-findings.ts';
import type { Finding } from '../issue/finding.ts';
import { type ImportIssueOptions, importIssue } from '../issue/import-issue.ts';
import type { Imported } from '../issue/text/import-text.ts';
import { readDeclaredCharset } from '../issue/text/read-declared-charset.ts';
import { decodeSource } from '../issue/text/read-source.ts';
import { readInYear } from './import.ts';
import { readKnown } from './read-known.ts';

/**
 * Everything that can be said about an issue before it is imported, with its place in the source.
 * Stores nothing; without an archive there are no older issues to compare with.
 */
export async function checkIssue(
  archive: IssueReader | undefined,
  bytes: Uint8Array,
  options: ImportIssueOptions,
): Promise<Imported> {
  const read = (year: number | undefined): Imported =>
    importIssue(bytes, { ...options, ...(year === undefined ? {} : { year }) });
  const { issue, findings } =
    archive === undefined ? read(options.year) : await readInYear(archive, read, options.year);
  const source = decodeSource(readDeclaredCharset(bytes)).text;
  const known = archive === undefined ? { issues: [] } : await readKnown(archive);
  const examined: readonly Finding[] =
    issue === undefined ? [] : examineIssue(issue, known, source);
  return { issue, findings: placeFindings(mergeFindings(findings, examined), source) };
}
