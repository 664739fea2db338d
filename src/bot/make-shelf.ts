import type { IssueReader, StoredIssue } from '../archive/issue-reader.ts';
import type { Clock } from '../kit/clock.ts';

/** A revised issue is shown so soon. */
const KEPT_MS = 5_000;
/** So many issues are kept: some megabytes. */
const MOST = 64;

/**
 * An archive with what was read last at hand: many members ask for the same few issues. Nothing is
 * kept for longer than five seconds without being read anew; the same text stays the same object.
 */
export function makeShelf(archive: IssueReader, { now }: Pick<Clock, 'now'>): IssueReader {
  const kept = new Map<string, { readonly value: unknown; readonly until: number }>();
  const known = new Map<string, StoredIssue>();

  async function keep<T>(key: string, read: () => Promise<T>): Promise<T> {
    const at = now().getTime();
    const found = kept.get(key);
    if (found !== undefined && found.until > at) return found.value as T;
    const value = await read();
    kept.delete(key);
    kept.set(key, { value, until: at + KEPT_MS });
    dropOldest(kept);
    return value;
  }

  /** The object that is known for this text, so that what was made of it is found again. */
  function recognise(stored: StoredIssue | undefined): StoredIssue | undefined {
    if (stored === undefined) return undefined;
    const key = `${stored.issue.number}/${stored.revision}/${stored.contentHash}`;
    const same = known.get(key) ?? stored;
    known.delete(key);
    known.set(key, same);
    dropOldest(known);
    return same;
  }

  return {
    ...archive,
    read: (number) => keep(`issue/${number}`, async () => recognise(await archive.read(number))),
    readLatestApproved: () =>
      keep('latest', async () => recognise(await archive.readLatestApproved())),
    listRevisions: () => keep('revisions', () => archive.listRevisions()),
  };
}

function dropOldest(map: Map<string, unknown>): void {
  const [oldest] = map.keys();
  if (map.size > MOST && oldest !== undefined) map.delete(oldest);
}
