import type { Delivered } from '../delivery/courier.ts';
import { PaperboyError } from '../kit/errors.ts';
import type { Delivery, NewDelivery } from '../outbox/delivery.ts';
import type { Desk, Destination } from './desk.ts';
import { findItems, type ItemRequest } from './find-items.ts';
import { findPosted } from './find-posted.ts';
import { makeDelivery } from './make-delivery.ts';

export type PostRequest = ItemRequest & {
  /** The name of a destination; the scheduled ones without it. */
  readonly to?: string;
  /** Due at this instant rather than now. */
  readonly at?: Date;
};

/** A delivery that `post` queued, or found in the ledger. */
export type Posted = {
  readonly delivery: Delivery;
  /** What `post` did: a second post of the same item queues nothing, but may move what waits. */
  readonly action: 'queued' | 'requeued' | 'replanned' | 'already there';
};

/** How long `deliverNow` waits for another worker, or for a retry that is near. */
const LONGEST_WAIT_MS = 120_000;
const NEAR_MS = 15_000;
const POLL_MS = 200;

/**
 * Queues a paper, all papers of an issue or a digest, for one destination or the scheduled ones. What went
 * out under any revision stays as it is; what waits is moved to the time that was asked for, with
 * the text of the newest revision; what was refused is put back in line.
 * Throws `destination.unknown`, `sample.not-live`, and what `findItems` throws.
 */
export async function queuePost(
  desk: Desk,
  reference: string,
  request: PostRequest,
): Promise<Posted[]> {
  const { stored, items } = await findItems(desk, reference, request);
  const destinations = findDestinations(desk, request.to);
  const live = destinations.find((destination) => destination.isLive);
  if (stored.isSample && live !== undefined) {
    throw new PaperboyError(
      'sample.not-live',
      `Cannot post issue #${stored.issue.number} to ${live.name} as it is a sample that comes with Paperboy`,
      'Import an issue of your own, or try the sample with --to folder.',
    );
  }
  const dueAt = request.at ?? desk.clock.now();
  const posted: Posted[] = [];
  for (const destination of destinations) {
    const before = await findPosted(desk, stored, destination);
    for (const [index, item] of items.entries()) {
      // A millisecond apart, so that they go out in the order of the issue.
      const at = new Date(dueAt.getTime() + index);
      const delivery = makeDelivery(desk, stored, item, destination, at);
      const isNow = request.at === undefined;
      posted.push(await queueOne(desk, delivery, before.get(delivery.item), isNow));
    }
  }
  return posted;
}

/** Queues a delivery unless its item went out, or is on its way, under this or another revision. */
async function queueOne(
  { outbox, clock }: Desk,
  wanted: NewDelivery,
  before: Delivery | undefined,
  isNow: boolean,
): Promise<Posted> {
  // What was refused under an earlier revision is what the person has just corrected.
  const isCorrected = before?.state === 'refused' && before.revision !== wanted.revision;
  if (before === undefined || isCorrected) {
    const { isNew, delivery } = await outbox.queue(wanted, clock.now());
    return { delivery, action: isNew ? 'queued' : 'already there' };
  }
  const read = async (id: string, action: Posted['action']): Promise<Posted> => ({
    delivery: (await outbox.read(id)) ?? before,
    action,
  });
  if (before.state === 'refused' && (await outbox.requeue(before.id, wanted.dueAt))) {
    return read(before.id, 'requeued');
  }
  if (before.state === 'planned') {
    const result = await outbox.rerender(before.id, wanted);
    if (result.kind !== 'left') return { delivery: result.delivery, action: 'replanned' };
  }
  if (isNow && (await outbox.hasten(before.id))) return read(before.id, 'requeued');
  return read(before.id, 'already there');
}

/** What `deliverNow` tells while it works. */
export type DeliverNowEvents = {
  readonly onSettled: (delivery: Delivery) => void;
  readonly onAttempt?: (delivered: Delivered) => void;
};

/**
 * Works off the outbox of the destinations concerned until the given deliveries are settled, or
 * nothing more can be done about them now. Returns them as they stand then.
 */
export async function deliverNow(
  { courier, outbox, clock }: Pick<Desk, 'courier' | 'outbox' | 'clock'>,
  ids: readonly string[],
  { onSettled, onAttempt = () => {} }: DeliverNowEvents,
): Promise<Delivery[]> {
  const told = new Set<string>();
  const readAll = async (): Promise<Delivery[]> => {
    const all = await Promise.all(ids.map((id) => outbox.read(id)));
    const found = all.filter((delivery) => delivery !== undefined);
    for (const delivery of found) {
      if (!isOpen(delivery) && !told.has(delivery.id)) {
        told.add(delivery.id);
        onSettled(delivery);
      }
    }
    return found;
  };
  const giveUpAt = clock.now().getTime() + LONGEST_WAIT_MS;
  for (;;) {
    const deliveries = await readAll();
    const destinations = [...new Set(deliveries.filter(isOpen).map((d) => d.destination))];
    if (destinations.length === 0) return deliveries;
    const delivered = await courier.deliverNext(destinations);
    if (delivered !== undefined) {
      onAttempt(delivered);
      continue;
    }
    const now = clock.now().getTime();
    const lines = await Promise.all(
      destinations.map(async (destination) =>
        (await outbox.list({ destination })).filter(isOpen).reverse(),
      ),
    );
    const isBusy = lines.flat().some((delivery) => delivery.state === 'sending');
    // Only the head of a line can be taken; papers of one issue are due a millisecond apart.
    const readyAt = lines.map(([head]) =>
      head === undefined ? now : Math.max(head.dueAt.getTime(), head.retryAt?.getTime() ?? 0),
    );
    // What another worker settled in the meantime is read anew.
    if ((!isBusy && Math.min(...readyAt) - now > NEAR_MS) || now > giveUpAt) return readAll();
    await clock.sleep(POLL_MS);
  }
}

/** True while a delivery may still be sent without a person's help. */
export function isOpen({ state }: Delivery): boolean {
  return state === 'planned' || state === 'sending' || state === 'unknown';
}

function findDestinations(desk: Desk, name: string | undefined): readonly Destination[] {
  if (name === undefined) return desk.scheduled;
  const found = desk.destinations.find((destination) => destination.name === name);
  if (found !== undefined) return [found];
  throw new PaperboyError(
    'destination.unknown',
    `Cannot post to “${name}” as no such destination is configured`,
    `Name one of: ${desk.destinations.map((destination) => destination.name).join(', ')}. Bluesky and Discord appear once their variables are set.`,
  );
}
