import type { DeliveryState } from '../../database/tables.ts';
import type { Acted } from '../act.ts';
import type { Desk } from '../desk.ts';
import { findPosted } from '../find-posted.ts';
import { holdDeliveries, releaseDeliveries } from '../hold.ts';
import {
  type ApprovalDesk,
  type Decided,
  decide,
  findReal,
  pickItems,
  type Which,
} from './approve.ts';
import { type ReviewedItem, reviewIssue } from './review-issue.ts';

const OPEN: ReadonlySet<DeliveryState> = new Set(['planned', 'held', 'sending', 'unknown']);

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

/**
 * Lets items go out after all: those of them that are held are approved, and what is held of them in
 * the ledger is in line again. What waits for an editor goes on waiting. Throws what `approve` throws.
 */
export async function releaseItems(
  desk: HoldDesk,
  reference: string,
  which: Which,
): Promise<HeldItems> {
  const reviewed = await reviewIssue(desk, await findReal(desk, reference));
  const picked = pickItems(reviewed, which);
  const isHeld = ({ standing }: ReviewedItem): boolean => standing === 'held';
  const items = picked.filter(isHeld).map(({ item }) => item);
  const decided = await decide(desk, reference, { items }, 'approved');
  const before = picked
    .filter((one) => !isHeld(one))
    .map((item) => ({ item, verdict: reviewed.review.verdicts.get(item.item) }));
  const named = { ...decided, before: [...decided.before, ...before] };
  const waiting = (await listWaiting(desk, named)).filter(({ state }) => state === 'held');
  return { ...named, acted: await releaseDeliveries(desk, waiting) };
}

/** What is in the ledger of the items that were named, and is not known to have gone out. */
async function listWaiting(
  desk: HoldDesk,
  { stored, changed, before }: Decided,
): Promise<Acted['delivery'][]> {
  const named = new Set([...changed, ...before.map(({ item }) => item)].map(({ item }) => item));
  const waiting: Acted['delivery'][] = [];
  for (const destination of desk.destinations) {
    for (const delivery of (await findPosted(desk, stored, destination)).values()) {
      const isWaiting = OPEN.has(delivery.state);
      if (isWaiting && delivery.task === 'publish' && named.has(delivery.item)) {
        waiting.push(delivery);
      }
    }
  }
  return waiting;
}
