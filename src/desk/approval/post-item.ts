import type { Desk } from '../desk.ts';
import { type Posted, type PostRequest, queuePost } from '../post.ts';
import { approve, findReal, makeDecider, pickItems, type Seen } from './approve.ts';
import { reviewIssue } from './review-issue.ts';

/**
 * Posts an item now, as an editor asks: who asks for it approves it. Throws what `approve` and
 * `queuePost` throw.
 */
export async function postItem(
  desk: Desk,
  reference: string,
  item: string,
  to: string | undefined,
  seen?: Seen,
): Promise<Posted[]> {
  const stored = await findReal(desk, reference);
  const [named] = pickItems(await reviewIssue(desk, stored), { items: [item] });
  await approve(desk, reference, { items: [item] }, seen);
  const request: PostRequest = {
    ...(to === undefined ? {} : { to }),
    ...(named?.of.kind === 'paper' ? { paper: named.of.paper.slug } : {}),
    ...(item === 'digest' ? { digest: 'issue' as const } : {}),
    ...(item === 'news' ? { digest: 'news' as const } : {}),
  };
  const posted = await queuePost(desk, String(stored.issue.number), request);
  await desk.verdicts.record(stored.issue.number, 'post', makeDecider(desk), item);
  return posted;
}
