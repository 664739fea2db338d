import { keyItem, listItems } from '../../formatters/item.ts';
import type { Delivery, NewDelivery } from '../outbox/delivery.ts';
import { findPreviousSlot } from '../schedule/slots.ts';
import type { Desk, Destination } from './desk.ts';
import { findPosted } from './find-posted.ts';
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
 * were. A live destination that was never planned, or not by this schedule, begins with its next
 * slot, so that a first start or a changed setting posts nothing unasked.
 */
export async function planSlots(desk: Desk): Promise<Planned[]> {
  const now = desk.clock.now();
  const slotAt = findPreviousSlot(desk.schedule, now);
  if (slotAt === undefined) return [];
  const planned: Planned[] = [];
  const schedule = `${desk.schedule.cron} ${desk.schedule.timeZone}`;
  for (const destination of desk.scheduled) {
    const last = await desk.outbox.readLastSlot(destination.key);
    const isPlanned = last !== undefined && last.slotAt >= slotAt;
    if (isPlanned && last.schedule === schedule) continue;
    // A slot of a schedule that was not in force then was not missed.
    const isNew = destination.isLive && last?.schedule !== schedule;
    const isAsked = !isNew && !isPlanned;
    const candidates = isAsked ? await listCandidates(desk, destination, slotAt) : [];
    const slot = { destination: destination.key, slotAt, schedule };
    const { taken, delivery } = await desk.outbox.takeSlot(slot, candidates, now);
    if (taken && isAsked) planned.push({ destination, slotAt, delivery });
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
  const posted = await findPosted(desk, stored, destination);
  return listItems(stored.issue)
    .filter((item) => !posted.has(keyItem(item)))
    .map((item) => makeDelivery(desk, stored, item, destination, dueAt));
}
