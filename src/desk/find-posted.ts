import type { StoredIssue } from '../archive/issue-reader.ts';
import type { Delivery } from '../outbox/delivery.ts';
import type { Desk, Destination } from './desk.ts';

/**
 * What a destination got of an issue, or is to get, by item and under any revision: a correction
 * is not posted twice, and what was cancelled, held or taken back is not posted by itself. What it
 * got of a sample does not count for the real issue. Of several revisions' deliveries the one that
 * is in place counts, else the newest; an answer to a thread is not the thread.
 */
export async function findPosted(
  { outbox, archive }: Pick<Desk, 'outbox' | 'archive'>,
  stored: StoredIssue,
  destination: Pick<Destination, 'key'>,
): Promise<Map<string, Delivery>> {
  const { number } = stored.issue;
  const posted = new Map<string, Delivery>();
  const all = await outbox.list({ issue: number, destination: destination.key });
  for (const delivery of all.sort((a, b) => a.revision - b.revision)) {
    const isSame = delivery.revision === stored.revision;
    const isSample = isSame
      ? stored.isSample
      : await archive.isSampleRevision(number, delivery.revision);
    if (isSample !== stored.isSample || delivery.replaces?.how === 'reply') continue;
    const before = posted.get(delivery.item);
    // A newer revision that has not come into place hides nothing that is there.
    if (before?.state !== 'sent' || delivery.state === 'sent') posted.set(delivery.item, delivery);
  }
  return posted;
}
