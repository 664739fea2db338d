import { keyItem } from '../../../formatters/item.ts';
import type { Verdict } from '../../archive/verdicts.ts';
import type { Desk } from '../desk.ts';
import { findDestination } from '../find-destination.ts';
import { findItems } from '../find-items.ts';
import { type Posted, type PostRequest, queuePost } from '../post.ts';
import { approve, checkSeen, makeDecider, type Seen } from './approve.ts';
import { type ReviewedItem, reviewIssue } from './review-issue.ts';

/** What changes something in the ledger. */
const DONE: ReadonlySet<Posted['action']> = new Set(['queued', 'requeued', 'replanned']);

/** What was posted, and what that has decided. */
export type PostedNamed = {
  readonly posted: readonly Posted[];
  /** What waited for an editor: who asks for it has approved it. */
  readonly approved: readonly ReviewedItem[];
  /** What an editor holds, and was not asked for by name. */
  readonly held: readonly ReviewedItem[];
  /** What went out though somebody held it, as it was asked for by name. */
  readonly overruled: readonly { readonly item: ReviewedItem; readonly verdict: Verdict }[];
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
  const { items: all, review } = await reviewIssue(desk, stored);
  const meant = all.filter(isMeant);
  const isNamed = Object.keys(named).length > 0;
  const overruled = meant.flatMap((item) => {
    const verdict = review.verdicts.get(item.item);
    return isNamed && item.standing === 'held' && verdict ? [{ item, verdict }] : [];
  });
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
  const held = (await reviewIssue(desk, stored)).items.filter(
    (one) => isMeant(one) && one.standing === 'held',
  );
  const left = new Set(held.map(({ item }) => item));
  const posted = await queuePost(desk, reference, { ...request, except: [...except, ...left] });
  for (const { item } of meant) {
    const isDone = posted.some(
      ({ delivery, action }) => delivery.item === item && DONE.has(action),
    );
    if (isDone) await desk.verdicts.record(number, 'post', makeDecider(desk), item);
  }
  return {
    posted,
    approved,
    held,
    overruled: overruled.filter(({ item }) => !left.has(item.item)),
  };
}
