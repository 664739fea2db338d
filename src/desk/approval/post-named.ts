import { keyItem } from '../../../formatters/item.ts';
import type { Desk } from '../desk.ts';
import { findItems } from '../find-items.ts';
import { type Posted, type PostRequest, queuePost } from '../post.ts';
import { approve, makeDecider } from './approve.ts';
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
};

/**
 * Queues what an editor asks for, as `queuePost` does. Where editors are asked, what is asked for
 * counts as approved. Of a whole issue what somebody holds is left so; an item that is named goes
 * out, held or not. Throws what `queuePost` and `approve` throw.
 */
export async function postNamed(
  desk: Desk,
  reference: string,
  request: PostRequest,
): Promise<PostedNamed> {
  const { to: _to, at: _at, except: _except, ...named } = request;
  const { stored, items } = await findItems(desk, reference, named);
  if (stored.isSample) {
    return { posted: await queuePost(desk, reference, request), approved: [], held: [] };
  }
  const keys = new Set(items.map(keyItem));
  const reviewed = await reviewIssue(desk, stored);
  const meant = reviewed.items.filter(({ item }) => keys.has(item));
  const isNamed = Object.keys(named).length > 0;
  const held = meant.filter(({ standing }) => standing === 'held' && !isNamed);
  const waiting = meant.filter((one) => one.standing !== 'ready' && !held.includes(one));
  const except = held.map(({ item }) => item);
  const posted = await queuePost(desk, reference, { ...request, except });
  const { number } = stored.issue;
  const which = { items: waiting.map(({ item }) => item) };
  const approved = waiting.length === 0 ? [] : (await approve(desk, String(number), which)).changed;
  for (const { item } of meant) {
    const isDone = posted.some(
      ({ delivery, action }) => delivery.item === item && DONE.has(action),
    );
    if (isDone) await desk.verdicts.record(number, 'post', makeDecider(desk), item);
  }
  return { posted, approved, held };
}
