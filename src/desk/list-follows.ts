import type { Follow } from '../archive/follows.ts';
import type { Follower, FollowingDesk } from './follow.ts';

/**
 * What somebody may see and end, the oldest first: who may manage a server, its channels’ follows
 * when they ask there; everybody, those of their own direct messages.
 */
export async function listFollows(
  { following: { follows } }: Pick<FollowingDesk, 'following'>,
  { userId, guildId, mayManageServer }: Follower,
): Promise<Follow[]> {
  const channels = guildId !== undefined && mayManageServer ? await follows.list({ guildId }) : [];
  return [...channels, ...(await follows.list({ memberId: userId }))];
}

/** Whether somebody may end a follow. */
export function mayTouch(
  { place, guildId: of, ownerId }: Follow,
  { userId, guildId, mayManageServer }: Follower,
): boolean {
  return place === 'dm' ? ownerId === userId : mayManageServer && of === guildId;
}
