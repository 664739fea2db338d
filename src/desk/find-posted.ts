import type { StoredIssue } from '../archive/issue-reader.ts';
import type { Delivery } from '../outbox/delivery.ts';
import type { Desk, Destination } from './desk.ts';

type PostedDesk = Pick<Desk, 'outbox' | 'archive'>;

/**
 * What a destination got of an issue, or is to get, by item and under any revision: a correction
 * is not posted twice, and what was cancelled, held or taken back is not posted by itself. What it
 * got of a sample does not count for the real issue. Of several revisions' deliveries the one that
 * is in place counts, else the newest; an answer to a thread is not the thread.
 */
export async function findPosted(
  desk: PostedDesk,
  stored: StoredIssue,
  destination: Pick<Destination, 'key'>,
): Promise<Map<string, Delivery>> {
  const [posted = new Map()] = await findAllPosted(desk, [stored], destination);
  return posted;
}

/** The same of several issues, each with its number once: one question to the ledger. */
export async function findAllPosted(
  { outbox, archive }: PostedDesk,
  issues: readonly StoredIssue[],
  destination: Pick<Destination, 'key'>,
): Promise<Map<string, Delivery>[]> {
  const numbers = issues.map(({ issue }) => issue.number);
  const deliveries = await outbox.list({ issues: numbers, destination: destination.key });
  const all = Map.groupBy(deliveries, ({ issue }) => issue);
  const posted: Map<string, Delivery>[] = [];
  for (const stored of issues) {
    posted.push(await pickPosted(archive, stored, all.get(stored.issue.number) ?? []));
  }
  return posted;
}

async function pickPosted(
  archive: PostedDesk['archive'],
  stored: StoredIssue,
  deliveries: readonly Delivery[],
): Promise<Map<string, Delivery>> {
  const posted = new Map<string, Delivery>();
  for (const delivery of deliveries.toSorted((a, b) => a.revision - b.revision)) {
    const isSame = delivery.revision === stored.revision;
    const isSample = isSame
      ? stored.isSample
      : await archive.isSampleRevision(stored.issue.number, delivery.revision);
    if (isSample !== stored.isSample || delivery.replaces?.how === 'reply') continue;
    const before = posted.get(delivery.item);
    // A newer revision that has not come into place hides nothing that is there.
    if (before?.state !== 'sent' || delivery.state === 'sent') posted.set(delivery.item, delivery);
  }
  return posted;
}
