import { keyItem, listItems } from '../../formatters/item.ts';
import type { StoredIssue } from '../archive/archive.ts';
import type { Delivery, NewDelivery } from '../outbox/delivery.ts';
import { findPreviousSlot } from '../schedule/slots.ts';
import type { Desk, Destination } from './desk.ts';
import { makeDelivery } from './make-delivery.ts';

/** What the clock did at a slot of a destination. */
export type Planned = {
  readonly destination: Destination;
  readonly slotAt: Date;
  /** Missing when there was nothing left to post. */
  readonly delivery: Delivery | undefined;
};

/**
 * Queues what the last slot of the schedule asks for: for each scheduled destination the next
 * paper of the newest approved issue. A slot that was missed is caught up once, however many there
 * were. A live destination that was never planned begins with its next slot, so that a first start
 * posts nothing unasked.
 */
export async function planSlots(desk: Desk): Promise<Planned[]> {
  const now = desk.clock.now();
  const slotAt = findPreviousSlot(desk.schedule, now);
  if (slotAt === undefined) return [];
  const planned: Planned[] = [];
  for (const destination of desk.scheduled) {
    const last = await desk.outbox.readLastSlot(destination.name);
    if (last !== undefined && last >= slotAt) continue;
    const isFirst = last === undefined && destination.isLive;
    const candidates = isFirst ? [] : await listCandidates(desk, destination, slotAt);
    const slot = await desk.outbox.takeSlot(destination.name, slotAt, candidates, now);
    if (slot.taken && !isFirst) planned.push({ destination, slotAt, delivery: slot.delivery });
  }
  return planned;
}

/** The papers of the newest approved issue that a destination has not got, in the order of the issue. */
export async function listCandidates(
  desk: Desk,
  destination: Destination,
  dueAt: Date,
): Promise<NewDelivery[]> {
  const stored = await desk.archive.readLatestApproved();
  if (stored === undefined || (stored.isSample && destination.isLive)) return [];
  const posted = await listPosted(desk, stored, destination);
  return listItems(stored.issue)
    .filter((item) => !posted.has(keyItem(item)))
    .map((item) => makeDelivery(desk, stored, item, destination, dueAt));
}

/**
 * What a destination got of an issue, under any revision: a correction is not posted twice. What
 * it got of a sample does not count for the real issue.
 */
async function listPosted(
  { outbox, archive }: Desk,
  stored: StoredIssue,
  { name }: Destination,
): Promise<Set<string>> {
  const { number } = stored.issue;
  const posted = new Set<string>();
  for (const { item, revision } of await outbox.list({ issue: number, destination: name })) {
    const isSame = revision === stored.revision;
    const isSample = isSame ? stored.isSample : await archive.isSampleRevision(number, revision);
    if (isSample === stored.isSample) posted.add(item);
  }
  return posted;
}
