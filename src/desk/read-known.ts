import type { IssueReader } from '../archive/issue-reader.ts';
import { type Known, type KnownIssue, summarizeIssue } from '../issue/doctor/known.ts';

/** What was read of an archive; a revision never changes, so it is read once. */
const remembered = new WeakMap<IssueReader, Map<string, KnownIssue>>();

/** What the issues of an archive say, for the doctor; samples say nothing about real issues. */
export async function readKnown(archive: IssueReader): Promise<Known> {
  const known = remembered.get(archive) ?? new Map<string, KnownIssue>();
  remembered.set(archive, known);
  const revisions = await archive.listRevisions();
  const keyOf = (number: number, revision: number): string => `${number}/${revision}`;
  const missing = revisions.filter(
    ({ number, revision, isSample }) => !isSample && !known.has(keyOf(number, revision)),
  );
  // A few are read one by one; all at once when there are many, as in a process that just began.
  const stored =
    missing.length > 8
      ? await archive.list()
      : await Promise.all(missing.map(({ number }) => archive.read(number)));
  for (const one of stored) {
    if (one !== undefined)
      known.set(keyOf(one.issue.number, one.revision), summarizeIssue(one.issue));
  }
  const issues = revisions.flatMap(({ number, revision, isSample }) => {
    const issue = isSample ? undefined : known.get(keyOf(number, revision));
    return issue === undefined ? [] : [issue];
  });
  return { issues };
}
