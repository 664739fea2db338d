import type { Follow } from '../archive/follows.ts';
import { cancelWaiting, type Follower, type FollowingDesk } from './follow.ts';
import { mayTouch } from './list-follows.ts';
import { keyChannel } from './plan-follows.ts';

export type Unfollowed =
  | { readonly kind: 'unfollowed'; readonly follow: Follow }
  /** It is not there any more, or is somebody else’s: which of both is not told. */
  | { readonly kind: 'unknown' };

/**
 * Ends a follow. What waits for its channel is cancelled when nothing else follows there; what has
 * been posted stays. A pause of the channel ends with the last follow of it.
 */
export async function unfollow(desk: FollowingDesk, by: Follower, id: string): Promise<Unfollowed> {
  const { follows, outbox, destinations } = desk.following;
  const follow = await follows.read(id);
  if (follow === undefined || !mayTouch(follow, by)) return { kind: 'unknown' };
  if (!(await follows.remove(id))) return { kind: 'unknown' };
  const { channelId } = follow;
  if ((await follows.list({ channelId })).length === 0) {
    await cancelWaiting(desk, channelId);
    const key = keyChannel(channelId);
    if (!destinations.some((one) => one.key === key)) await outbox.resume(key);
  }
  return { kind: 'unfollowed', follow };
}
