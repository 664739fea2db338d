import type { StoredIssue } from '../../archive/issue-reader.ts';
import type { Verdict } from '../../archive/verdicts.ts';
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
  type Seen,
  type Which,
} from './approve.ts';
import { type ReviewedItem, reviewIssue } from './review-issue.ts';

const OPEN = ['planned', 'held', 'sending', 'unknown'] as const satisfies DeliveryState[];

/** What was held or let go: as a verdict, and of what is in the ledger already. */
export type HeldItems = Decided & {
  readonly acted: readonly Acted[];
  /** The digest or the news, where it may go out and still names a paper that is held. */
  readonly namedIn: readonly ReviewedItem[];
};

type HoldDesk = ApprovalDesk & Pick<Desk, 'outbox' | 'destinations'>;

/**
 * Keeps items from being posted by the clock, and what waits of them in the ledger from going out.
 * Throws what `approve` throws.
 */
export async function holdItems(
  desk: HoldDesk,
  reference: string,
  which: Which,
  seen?: Seen,
): Promise<HeldItems> {
  const decided = await decide(desk, reference, which, 'held', seen);
  const acted = await holdDeliveries(desk, await listWaiting(desk, decided, isHeld));
  return { ...decided, acted, namedIn: listNaming(decided.items) };
}

/**
 * Lets items go out after all: those of them that are held are approved, and what is held of them in
 * the ledger is in line again. What waits for an editor goes on waiting. Throws what `approve` throws.
 */
export async function releaseItems(
  desk: HoldDesk,
  reference: string,
  which: Which,
  seen?: Seen,
): Promise<HeldItems> {
  const reviewed = await reviewIssue(desk, await findReal(desk, reference));
  const { revision } = seen ?? reviewed.stored;
  const picked = pickItems(reviewed, which);
  const held = picked.filter(({ standing }) => standing === 'held');
  const items = held.map(({ item }) => item);
  const decided = await decide(desk, reference, { items }, 'approved', {
    revision,
    verdict: 'held',
  });
  const before = picked
    .filter((one) => !held.includes(one))
    .map((item) => ({ item, verdict: reviewed.review.verdicts.get(item.item) }));
  const named = { ...decided, before: [...decided.before, ...before] };
  const waiting = await listWaiting(desk, named, (one) => !isHeld(one));
  const releasable = await listReleasable(desk, named.stored, waiting);
  const acted = await releaseDeliveries(desk, releasable, { isWithItem: true });
  return { ...named, acted, namedIn: listNaming(named.items) };
}

function isHeld(verdict: Verdict | undefined): boolean {
  return verdict?.verdict === 'held';
}

/** The digests of the issue that would name what is held. */
function listNaming(items: readonly ReviewedItem[]): ReviewedItem[] {
  const held = new Set(items.filter(({ standing }) => standing === 'held').map(({ item }) => item));
  return items.filter(
    ({ of, standing }) =>
      of.kind === 'digest' &&
      standing !== 'held' &&
      of.entries.some(({ paper }) => held.has(`paper/${paper.slug}`)),
  );
}

/**
 * What is in the ledger of the items that were meant, and is not known to have gone out: corrections
 * of what is in place, too.
 */
async function listWaiting(
  desk: HoldDesk,
  { stored, changed, before }: Decided,
  isMeant: (verdict: Verdict | undefined) => boolean,
): Promise<Acted['delivery'][]> {
  const named = new Set([
    ...changed.map(({ item }) => item),
    ...before.filter(({ verdict }) => isMeant(verdict)).map(({ item }) => item.item),
  ]);
  const { number: issue } = stored.issue;
  const open = await desk.outbox.list({ issue, states: OPEN, isEarliestFirst: true });
  const waiting: Acted['delivery'][] = [];
  for (const { key } of desk.destinations) {
    for (const delivery of open) {
      const { destination, task, item, revision } = delivery;
      if (destination !== key || task !== 'publish' || !named.has(item)) continue;
      // What a place got of a sample is not of the real issue.
      if (!(await desk.archive.isSampleRevision(issue, revision))) waiting.push(delivery);
    }
  }
  return waiting;
}

/**
 * Of what is held, what may go out: beside what is in place, or another revision that waits, a
 * delivery that does not correct it would be there twice.
 */
async function listReleasable(
  desk: HoldDesk,
  stored: StoredIssue,
  waiting: readonly Acted['delivery'][],
): Promise<Acted['delivery'][]> {
  const held = waiting.filter(({ state }) => state === 'held');
  const releasable: Acted['delivery'][] = [];
  for (const [key, there] of Map.groupBy(held, ({ destination }) => destination)) {
    const posted = await findPosted(desk, stored, { key });
    const isAlone = ({ id, item, replaces }: Acted['delivery']): boolean =>
      replaces !== undefined || posted.get(item)?.id === id;
    releasable.push(...there.filter(isAlone));
  }
  return releasable;
}
