import type { IssueReader, StoredIssue } from '../archive/issue-reader.ts';
import { summarizeIssue } from '../issue/doctor/known.ts';
import { type KnownIndex, makeKnownIndex } from '../issue/doctor/known-index.ts';

/** What was read of an archive: the latest revision of each number, samples among them. */
type Memory = { readonly revisions: Map<number, number>; readonly index: KnownIndex };

/** More than these are read all at once, as in a process that just began. */
const FEW = 8;

/** A revision never changes, so it is read once. */
const remembered = new WeakMap<IssueReader, Memory>();

/** What the issues of an archive say, for the doctor; samples say nothing about real issues. */
export async function readKnown(archive: IssueReader): Promise<KnownIndex> {
  const memory = remembered.get(archive) ?? remember(archive);
  const latest = await archive.listRevisions();
  const missing = latest.filter(
    ({ number, revision }) => memory.revisions.get(number) !== revision,
  );
  const stored =
    missing.length > FEW
      ? await archive.list()
      : await Promise.all(missing.map(({ number }) => archive.read(number)));
  for (const one of stored) if (one !== undefined) learn(memory, one);
  const isWhole = missing.every(
    ({ number, revision }) => memory.revisions.get(number) === revision,
  );
  if (isWhole && memory.revisions.size === latest.length) return memory.index;
  // Rows have gone from the database, or came while this was read: all of it is read anew.
  const anew = remember(archive);
  for (const one of await archive.list()) learn(anew, one);
  return anew.index;
}

function remember(archive: IssueReader): Memory {
  const memory = { revisions: new Map<number, number>(), index: makeKnownIndex() };
  remembered.set(archive, memory);
  return memory;
}

/** Two who read at once may tell it in any order: the later revision stays. */
function learn({ revisions, index }: Memory, { issue, revision, isSample }: StoredIssue): void {
  if (revision <= (revisions.get(issue.number) ?? 0)) return;
  revisions.set(issue.number, revision);
  if (!isSample) index.put(summarizeIssue(issue));
}
