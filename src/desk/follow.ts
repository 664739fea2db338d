import type { Follow, Follows, NewFollow } from '../archive/follows.ts';
import type { By } from '../outbox/act.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Desk, Destination, ReadingDesk } from './desk.ts';
import { findMark, keyChannel } from './plan-follows.ts';

export type { Follow } from '../archive/follows.ts';

/** So many a server may have, and a member by direct message. */
export const GUILD_MOST = 25;
export const MEMBER_MOST = 10;

/** What follows are made, shown and ended with. */
export type Following = {
  readonly follows: Follows;
  readonly outbox: Outbox;
  /** Those of the configuration: what editors queue there is not a follow’s to cancel. */
  readonly destinations: readonly Pick<Destination, 'key'>[];
  /** The id of a member’s own channel with the bot. */
  readonly openDirectMessage: (userId: string) => Promise<string>;
};

/** The desk of a bot that follows. */
export type FollowingDesk = Pick<ReadingDesk, 'archive' | 'clock'> & {
  readonly following: Following;
};

/** Who wants to follow, show or end it, and where they are. */
export type Follower = {
  readonly userId: string;
  readonly guildId: string | undefined;
  readonly mayManageServer: boolean;
};

/** What somebody wants to follow. A direct message has no channel yet. */
export type Wish = Pick<NewFollow, 'place' | 'topic' | 'what' | 'how' | 'roleId' | 'language'> & {
  readonly channelId: string;
};

export type Followed =
  | { readonly kind: 'followed'; readonly follow: Follow; readonly isNew: boolean }
  /** Channels are for who may manage the server, and roles are pinged in servers alone. */
  | { readonly kind: 'not allowed' | 'no server' }
  /** The role is everybody: a server’s own id. */
  | { readonly kind: 'everybody' }
  /** News have no topics. */
  | { readonly kind: 'news have no topics' }
  | { readonly kind: 'full'; readonly of: 'server' | 'member'; readonly most: number };

/**
 * Begins to follow, from the next issue on. The same channel, topic and what again changes how, and
 * ends a pause of the channel: then the newest issue is delivered after all, and nothing older.
 */
export async function follow(desk: FollowingDesk, by: Follower, wish: Wish): Promise<Followed> {
  const { follows, openDirectMessage } = desk.following;
  const isDirect = wish.place === 'dm';
  if (!isDirect && by.guildId === undefined) return { kind: 'no server' };
  if (!isDirect && !by.mayManageServer) return { kind: 'not allowed' };
  if (isDirect && wish.roleId !== undefined) return { kind: 'no server' };
  if (wish.roleId !== undefined && wish.roleId === by.guildId) return { kind: 'everybody' };
  if (wish.what === 'news' && wish.topic !== undefined) return { kind: 'news have no topics' };
  const channelId = isDirect ? await openDirectMessage(by.userId) : wish.channelId;
  const mark = await findMark(desk);
  const isPaused = await resumeChannel(desk, channelId, mark, by);
  const most = isDirect ? MEMBER_MOST : GUILD_MOST;
  const kept = await follows.keep(
    {
      ...wish,
      channelId,
      guildId: isDirect ? undefined : by.guildId,
      ownerId: by.userId,
      createdAt: desk.clock.now(),
      sinceIssue: isPaused ? Math.max(0, mark - 1) : mark,
    },
    most,
  );
  if (kept.kind === 'full') return { kind: 'full', of: isDirect ? 'member' : 'server', most };
  return { kind: 'followed', follow: kept.follow, isNew: kept.kind === 'new' };
}

/** Cancels what still waits for a channel that nothing follows any more, of older issues or all. */
export async function cancelWaiting(
  { clock, following: { outbox, destinations } }: FollowingDesk,
  channelId: string,
  before = Infinity,
): Promise<void> {
  const destination = keyChannel(channelId);
  if (destinations.some(({ key }) => key === destination)) return;
  const by = makeBy(clock, 'no longer followed');
  const waiting = await outbox.list({ destination, states: ['planned', 'refused'] });
  for (const { id, issue, task } of waiting) {
    if (task === 'publish' && issue < before) await outbox.cancel(id, by);
  }
}

/** Ends the pause of a channel, and lets what was refused of the newest issue be tried again. */
async function resumeChannel(
  desk: FollowingDesk,
  channelId: string,
  newest: number,
  { userId }: Follower,
): Promise<boolean> {
  const { clock, following } = desk;
  const { outbox, destinations } = following;
  const destination = keyChannel(channelId);
  const isPaused = (await outbox.listPauses()).some((one) => one.destination === destination);
  if (!isPaused) return false;
  await cancelWaiting(desk, channelId, newest);
  if (!destinations.some(({ key }) => key === destination)) {
    const refused = await outbox.list({ destination, states: ['refused'] });
    const by = makeBy(clock, 'followed again', `member ${userId}`);
    for (const { id, issue } of refused) {
      if (issue >= newest) await outbox.retry(id, by);
    }
  }
  await outbox.resume(destination);
  return true;
}

function makeBy(clock: Desk['clock'], note: string, actor = 'follows'): By {
  return { actor, now: clock.now(), note };
}
