import { keyItem } from '../../../formatters/item.ts';
import type { Verdict } from '../../archive/verdicts.ts';
import type { Desk } from '../desk.ts';
import { findDestination } from '../find-destination.ts';
import { findItems } from '../find-items.ts';
import { holdDeliveries } from '../hold.ts';
import { type Posted, type PostRequest, queuePost } from '../post.ts';
import { approve, checkSeen, makeDecider, type Seen } from './approve.ts';
import { type ReviewedIssue, type ReviewedItem, reviewIssue } from './review-issue.ts';

/** What changes something in the ledger. */
const DONE: ReadonlySet<Posted['action']> = new Set(['queued', 'requeued', 'replanned']);

/** What an editor holds, or held, with who that is and since when. */
export type HeldItem = ReviewedItem & { readonly verdict: Verdict };

/** What was posted, and what that has decided. */
export type PostedNamed = {
  readonly posted: readonly Posted[];
  /** What waited for an editor: who asks for it has approved it. */
  readonly approved: readonly ReviewedItem[];
  /** What an editor holds, and was not asked for by name, or was not seen to be held: it is left. */
  readonly held: readonly HeldItem[];
  /** What went out though somebody held it, as it was asked for by name. */
  readonly overruled: readonly HeldItem[];
};

/**
 * Queues what an editor asks for, as `queuePost` does. Where editors are asked, what is asked for
 * counts as approved. Of a whole issue what somebody holds is left so; an item that is named goes
 * out, held or not, unless `seen` says that the editor had something else before them: then nothing
 * of it is posted, and it is told in `held`. Throws what `queuePost` and `approve` throw.
 */
export async function postNamed(
  desk: Desk,
  reference: string,
  request: PostRequest,
  seen?: Seen,
): Promise<PostedNamed> {
  const { to, at: _at, except = [], ...named } = request;
  const { stored, items } = await findItems(desk, reference, named);
  if (stored.isSample) {
    const posted = await queuePost(desk, reference, request);
    return { posted, approved: [], held: [], overruled: [] };
  }
  checkSeen(stored, seen);
  // Nothing is approved for a place that there is not.
  if (to !== undefined) findDestination(desk, to);
  const keys = new Set(items.map(keyItem).filter((key) => !except.includes(key)));
  const isMeant = ({ item }: ReviewedItem): boolean => keys.has(item);
  const reviewed = await reviewIssue(desk, stored);
  const meant = reviewed.items.filter(isMeant);
  const isNamed = Object.keys(named).length > 0;
  const overruled = isNamed ? listHeld(reviewed).filter(isMeant) : [];
  const { number } = stored.issue;
  const { revision } = stored;
  const approved: ReviewedItem[] = [];
  for (const standing of ['waits', 'held'] as const) {
    const which = meant.filter((one) => one.standing === standing).map(({ item }) => item);
    if (which.length === 0 || (standing === 'held' && !isNamed)) continue;
    const before = seen?.verdict ?? (standing === 'held' ? 'held' : 'none');
    const as = { revision, verdict: before };
    approved.push(...(await approve(desk, String(number), { items: which }, as)).changed);
  }
  // Read again: what somebody has begun to hold meanwhile is left as well.
  const held = listHeld(await reviewIssue(desk, stored)).filter(isMeant);
  const left = new Set(held.map(({ item }) => item));
  const queued = await queuePost(desk, reference, { ...request, except: [...except, ...left] });
  const since = listHeld(await reviewIssue(desk, stored)).filter(
    (one) => isMeant(one) && !left.has(one.item),
  );
  const kept = await keepBack(desk, queued, since);
  const posted = queued.filter(({ delivery }) => !kept.has(delivery.id));
  for (const { item } of meant) {
    const isDone = posted.some(
      ({ delivery, action }) => delivery.item === item && DONE.has(action),
    );
    if (isDone) await desk.verdicts.record(number, 'post', makeDecider(desk), item);
  }
  const keptItems = new Set(kept.values());
  return {
    posted,
    approved,
    held: [...held, ...since.filter(({ item }) => keptItems.has(item))],
    overruled: overruled.filter(({ item }) => !left.has(item) && !keptItems.has(item)),
  };
}

/**
 * What was queued at the very moment at which somebody began to hold it is held: by the ledger, by
 * them, or here, where they have not come to it yet. Gives the items of what does not go out, by the
 * deliveries' ids.
 */
async function keepBack(
  desk: Desk,
  queued: readonly Posted[],
  held: readonly HeldItem[],
): Promise<ReadonlyMap<string, string>> {
  const items = new Set(held.map(({ item }) => item));
  const found = queued
    .filter(({ delivery, action }) => DONE.has(action) && items.has(delivery.item))
    .map(({ delivery }) => delivery);
  const acted = await holdDeliveries(desk, found);
  return new Map(
    acted
      .filter(({ outcome }) => outcome === 'done' || outcome === 'already')
      .map(({ delivery }) => [delivery.id, delivery.item]),
  );
}

function listHeld({ items, review }: ReviewedIssue): HeldItem[] {
  return items.flatMap((one) => {
    const verdict = review.verdicts.get(one.item);
    return one.standing === 'held' && verdict !== undefined ? [{ ...one, verdict }] : [];
  });
}
