import type { Delivered } from '../delivery/courier.ts';
import type { Delivery } from '../outbox/delivery.ts';
import { OPEN_STATES } from '../outbox/transitions.ts';
import type { Desk } from './desk.ts';
import { isServed } from './orphans.ts';

/** How long `deliverNow` waits for another worker, or for a retry that is near. */
const LONGEST_WAIT_MS = 120_000;
const NEAR_MS = 25_000;
const POLL_MS = 200;

/** What `deliverNow` tells while it works. */
export type DeliverNowEvents = {
  readonly onSettled: (delivery: Delivery) => void;
  /** `isAsked` is false of what was in line before, or is due there as well. */
  readonly onAttempt?: (delivered: Delivered, isAsked: boolean) => void;
};

/**
 * Works off the outbox of the destinations concerned until the given deliveries are settled, or
 * nothing more can be done about them now: a retry is far, the destination is paused or nobody
 * serves it. Returns them as they stand then.
 */
export async function deliverNow(
  desk: Pick<Desk, 'courier' | 'outbox' | 'clock' | 'destinations'>,
  ids: readonly string[],
  { onSettled, onAttempt = () => {} }: DeliverNowEvents,
): Promise<Delivery[]> {
  const { courier, outbox, clock } = desk;
  const told = new Set<string>();
  const known = new Map<string, Delivery>();
  /** The delivery; where a revision was written in its place, that one. */
  const readOne = async (id: string): Promise<Delivery | undefined> => {
    const before = known.get(id);
    const delivery =
      (await outbox.read(before?.id ?? id)) ?? (before && (await findSuccessor(desk, before)));
    if (delivery !== undefined) known.set(id, delivery);
    return delivery;
  };
  const readAll = async (): Promise<Delivery[]> => {
    const all = await Promise.all(ids.map(readOne));
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
    const paused = new Set((await outbox.listPauses()).map(({ destination }) => destination));
    const waiting = deliveries.filter(isOpen).map(({ destination }) => destination);
    const destinations = [...new Set(waiting)].filter(
      (destination) => !paused.has(destination) && isServed(desk, destination),
    );
    if (destinations.length === 0) return deliveries;
    const delivered = await courier.deliverNext(destinations);
    if (delivered !== undefined) {
      const { delivery } = delivered.claim;
      const isAsked = deliveries.some(
        (one) => one.id === delivery.id || isSuccessor(delivery, one),
      );
      onAttempt(delivered, isAsked);
      continue;
    }
    const now = clock.now().getTime();
    const lines = await Promise.all(
      destinations.map((destination) =>
        outbox.list({ destination, states: OPEN_STATES, isEarliestFirst: true }),
      ),
    );
    const isBusy = lines.flat().some((delivery) => delivery.state === 'sending');
    // Only the head of a line can be taken; papers of one issue are due a millisecond apart.
    const heads = lines.flatMap((line) => [
      line.find(({ task }) => task === 'publish'),
      line.find(({ task }) => task === 'retract'),
    ]);
    const readyAt = heads
      .filter((head) => head !== undefined)
      .map(({ dueAt, retryAt }) => Math.max(dueAt.getTime(), retryAt?.getTime() ?? 0));
    // What another worker settled in the meantime is read anew.
    const nextAt = Math.min(...readyAt, ...(readyAt.length === 0 ? [now] : []));
    if ((!isBusy && nextAt - now > NEAR_MS) || now > giveUpAt) return readAll();
    await clock.sleep(POLL_MS);
  }
}

/** An import wrote a newer revision of what waited: it has an id of its own. */
async function findSuccessor(
  { outbox }: Pick<Desk, 'outbox'>,
  before: Delivery,
): Promise<Delivery | undefined> {
  const { issue, destination } = before;
  const rows = await outbox.list({ issue, destination });
  return rows
    .filter((row) => isSuccessor(row, before))
    .toSorted((a, b) => b.revision - a.revision)[0];
}

function isSuccessor(row: Delivery, { issue, item, destination, revision }: Delivery): boolean {
  return (
    row.issue === issue &&
    row.item === item &&
    row.destination === destination &&
    row.revision > revision &&
    row.replaces === undefined
  );
}

/** True while something is done about a delivery without a person's help. */
export function isOpen({ state }: Pick<Delivery, 'state'>): boolean {
  return OPEN_STATES.some((open) => open === state);
}
