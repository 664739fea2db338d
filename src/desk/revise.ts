import type { StoredIssue } from '../archive/issue-reader.ts';
import type { Delivery } from '../outbox/delivery.ts';
import { reviewIssue } from './approval/review-issue.ts';
import type { Desk } from './desk.ts';
import { makeDelivery, readManner } from './make-delivery.ts';

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
export type ReviseDesk = Pick<
  Desk,
  'archive' | 'outbox' | 'destinations' | 'format' | 'clock' | 'verdicts' | 'approval'
>;

/**
 * Writes what still waits or is held of older revisions anew from this one, each in its own transaction, so
 * that a worker takes either the old draft or the new one. What was sent, or tried, stays as it is; so
 * does what editors are still to be asked about.
 * Doing it again changes nothing.
 */
export async function reviseWaiting(desk: ReviseDesk, stored: StoredIssue): Promise<Revised[]> {
  const { issue, revision } = stored;
  const { items: reviewed } = await reviewIssue(desk, stored);
  const items = new Map(reviewed.map((one) => [one.item, one]));
  const isAsking = desk.approval.kind !== 'never';
  const revised: Revised[] = [];
  for (const delivery of (await desk.outbox.list({ issue: issue.number })).reverse()) {
    const isWaiting = delivery.state === 'planned' || delivery.state === 'held';
    if (delivery.revision >= revision || !isWaiting || delivery.isTouched) continue;
    if (delivery.task === 'retract') continue;
    // A sample is no older revision of the real issue.
    if (await desk.archive.isSampleRevision(issue.number, delivery.revision)) continue;
    if (delivery.replaces?.how === 'reply') {
      revised.push({ delivery, action: 'left', reason: 'it answers with words of its own' });
      continue;
    }
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
    // It stays as it was approved. Who releases what is held by its item approves the new words; who
    // releases this alone has not seen them.
    if (item.standing === 'waits' || (item.standing === 'held' && isAsking)) {
      const reason =
        item.standing === 'held'
          ? 'an editor holds it, and its new words wait for its release'
          : 'its new words wait for an editor';
      revised.push({ delivery, action: 'left', reason });
      continue;
    }
    const render = makeDelivery(
      desk,
      stored,
      item.of,
      destination,
      delivery.dueAt,
      readManner(delivery.draft),
    );
    const result = await desk.outbox.rerender(delivery.id, render, desk.clock.now());
    if (result.kind === 'left') {
      revised.push({ delivery, action: 'left', reason: 'a worker has just begun to send it' });
    } else {
      const action = result.kind === 'merged' ? 'merged' : 'rendered';
      revised.push({ delivery: result.delivery, action });
    }
  }
  return revised;
}
