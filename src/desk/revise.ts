import { makeIssueDigest, makeNewsDigest } from '../../formatters/digest.ts';
import { keyItem, listItems } from '../../formatters/item.ts';
import type { StoredIssue } from '../archive/issue-reader.ts';
import type { Delivery } from '../outbox/delivery.ts';
import type { Desk } from './desk.ts';
import { makeDelivery } from './make-delivery.ts';

/** What became of a delivery of an older revision that waits. */
export type Revised = {
  readonly delivery: Delivery;
  /**
   * `rendered` anew; `left` as it was, because `reason`; `merged` into one of the new revision that
   * was queued already.
   */
  readonly action: 'rendered' | 'merged' | 'left';
  readonly reason?: string;
};

/** What is needed to bring deliveries up to a revision. */
export type ReviseDesk = Pick<Desk, 'archive' | 'outbox' | 'destinations' | 'format'>;

/**
 * Writes what still waits of older revisions anew from this one, each in its own transaction, so
 * that a worker takes either the old draft or the new one. What was sent, or tried, stays as it is.
 * Doing it again changes nothing.
 */
export async function reviseWaiting(desk: ReviseDesk, stored: StoredIssue): Promise<Revised[]> {
  const { issue, revision } = stored;
  const news = makeNewsDigest(issue);
  const known = [
    ...listItems(issue),
    makeIssueDigest(issue),
    ...(news === undefined ? [] : [news]),
  ];
  const items = new Map(known.map((item) => [keyItem(item), item]));
  const revised: Revised[] = [];
  for (const delivery of (await desk.outbox.list({ issue: issue.number })).reverse()) {
    const isOlder = delivery.revision < revision;
    if (!isOlder || delivery.state !== 'planned' || delivery.attempts > 0) continue;
    // A sample is no older revision of the real issue.
    if (await desk.archive.isSampleRevision(issue.number, delivery.revision)) continue;
    const item = items.get(delivery.item);
    const destination = desk.destinations.find(({ key }) => key === delivery.destination);
    if (item === undefined || destination === undefined) {
      const reason =
        item === undefined
          ? /^(?:topic|month)\//.test(delivery.item)
            ? 'it gathers several issues'
            : `revision ${revision} has no such paper`
          : `${delivery.destination} is not configured here`;
      revised.push({ delivery, action: 'left', reason });
      continue;
    }
    const { draft, title } = makeDelivery(desk, stored, item, destination, delivery.dueAt);
    const result = await desk.outbox.rerender(delivery.id, { revision, draft, title });
    if (result.kind === 'left') {
      revised.push({ delivery, action: 'left', reason: 'a worker has just begun to send it' });
    } else {
      const action = result.kind === 'merged' ? 'merged' : 'rendered';
      revised.push({ delivery: result.delivery, action });
    }
  }
  return revised;
}
