import type { Acted } from '../act.ts';
import type { Desk } from '../desk.ts';
import { findPosted } from '../find-posted.ts';
import { holdDeliveries, releaseDeliveries } from '../hold.ts';
import { type ApprovalDesk, type Decided, decide, type Which } from './approve.ts';

/** What was held or let go: as a verdict, and of what is in the ledger already. */
export type HeldItems = Decided & { readonly acted: readonly Acted[] };

type HoldDesk = ApprovalDesk & Pick<Desk, 'outbox' | 'destinations'>;

/**
 * Keeps items from being posted by the clock, and what waits of them in the ledger from going out.
 * Throws what `approve` throws.
 */
export async function holdItems(
  desk: HoldDesk,
  reference: string,
  which: Which,
): Promise<HeldItems> {
  const decided = await decide(desk, reference, which, 'held');
  return { ...decided, acted: await holdDeliveries(desk, await listWaiting(desk, decided)) };
}

/** Lets items go out after all: they are approved, and what is held of them is in line again. */
export async function releaseItems(
  desk: HoldDesk,
  reference: string,
  which: Which,
): Promise<HeldItems> {
  const decided = await decide(desk, reference, which, 'approved');
  return { ...decided, acted: await releaseDeliveries(desk, await listWaiting(desk, decided)) };
}

/** What is in the ledger of the items that were named, and has not gone out. */
async function listWaiting(
  desk: HoldDesk,
  { stored, changed, before }: Decided,
): Promise<Acted['delivery'][]> {
  const named = new Set([...changed, ...before.map(({ item }) => item)].map(({ item }) => item));
  const waiting: Acted['delivery'][] = [];
  for (const destination of desk.destinations) {
    for (const delivery of (await findPosted(desk, stored, destination)).values()) {
      const isWaiting = delivery.state === 'planned' || delivery.state === 'held';
      if (isWaiting && delivery.task === 'publish' && named.has(delivery.item)) {
        waiting.push(delivery);
      }
    }
  }
  return waiting;
}
