import type { Follow } from '../archive/follows.ts';
import type { StoredIssue } from '../archive/issue-reader.ts';
import type { Issue } from '../issue/schema.ts';
import type { ReadingDesk } from './desk.ts';

/**
 * The issues that a follow is still to have its turn with, the oldest first: of `numbers`, which
 * ascend, the `most` newest that are neither seen nor older than the follow. A number alone does not
 * make an issue old: after one that came under a mistaken high number, others go on below it.
 */
export async function listUnseen(
  { archive }: { readonly archive: Pick<ReadingDesk['archive'], 'read'> },
  { seen, sinceIssue }: Pick<Follow, 'seen' | 'sinceIssue'>,
  numbers: readonly number[],
  most: number,
): Promise<StoredIssue[]> {
  const had = new Set(seen);
  const unseen: StoredIssue[] = [];
  for (const number of numbers.filter((one) => !had.has(one)).reverse()) {
    if (unseen.length === most) break;
    const stored = await archive.read(number);
    if (stored === undefined) continue;
    const since = number > sinceIssue ? undefined : await archive.read(sinceIssue);
    if (since === undefined || !isOlder(stored.issue, since.issue)) unseen.unshift(stored);
  }
  return unseen;
}

/** Whether an issue was before another, by its number and by its days. */
export function isOlder({ number, period }: Issue, since: Issue): boolean {
  return number <= since.number && period.end <= since.period.end;
}
