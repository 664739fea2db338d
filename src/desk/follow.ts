import type { Follow, Follows, NewFollow } from '../archive/follows.ts';
import type { By } from '../outbox/act.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Desk, Destination, ReadingDesk } from './desk.ts';
import { keyChannel } from './plan-follows.ts';
import { resumeFollow } from './resume-follow.ts';

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
  /** The id of a member’s own channel with the bot; undefined where it is closed to the bot. */
  readonly openDirectMessage: (userId: string) => Promise<string | undefined>;
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

/**
 * What somebody wants to follow. A direct message has no channel yet. Where it is followed already,
 * what is undefined stays as it was, and so does the language.
 */
export type Wish = Pick<NewFollow, 'place' | 'topic' | 'what' | 'how' | 'roleId' | 'language'> & {
  readonly channelId: string;
};

export type Followed =
  | {
      readonly kind: 'followed';
      readonly follow: Follow;
      readonly isNew: boolean;
      /** Its place was paused, and is tried again. */
      readonly isResumed: boolean;
      /** What is another than before. */
      readonly changed: readonly ('how' | 'role')[];
    }
  /** Channels are for who may manage the server, and roles are pinged in servers alone. */
  | { readonly kind: 'not allowed' | 'no server' }
  /** The role is everybody: a server’s own id. */
  | { readonly kind: 'everybody' }
  /** The member’s direct messages are closed to the bot. */
  | { readonly kind: 'closed' }
  /** News have no topics. */
  | { readonly kind: 'news have no topics' }
  | { readonly kind: 'full'; readonly of: 'server' | 'member'; readonly most: number };

/**
 * Begins to follow, from the next issue on. The same channel, topic and what again changes what is
 * named, and ends a pause of the channel: of what came out meanwhile, the newest issue is delivered,
 * and nothing older.
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
  if (channelId === undefined) return { kind: 'closed' };
  const seen = await follows.listIssues();
  const isResumed = await resumeChannel(desk, channelId, seen, by);
  const most = isDirect ? MEMBER_MOST : GUILD_MOST;
  const kept = await follows.keep(
    {
      ...wish,
      channelId,
      guildId: isDirect ? undefined : by.guildId,
      ownerId: by.userId,
      createdAt: desk.clock.now(),
      sinceIssue: seen.at(-1) ?? 0,
      seen,
    },
    most,
  );
  if (kept.kind === 'full') return { kind: 'full', of: isDirect ? 'member' : 'server', most };
  const { follow } = kept;
  if (kept.kind === 'new') return { kind: 'followed', follow, isNew: true, isResumed, changed: [] };
  const { how, roleId } = kept.before;
  const changed = [
    ...(how === follow.how ? [] : (['how'] as const)),
    ...(roleId === follow.roleId ? [] : (['role'] as const)),
  ];
  return { kind: 'followed', follow, isNew: false, isResumed, changed };
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
  numbers: readonly number[],
  { userId }: Follower,
): Promise<boolean> {
  const { clock, following } = desk;
  const { outbox, destinations, follows } = following;
  const destination = keyChannel(channelId);
  const all = await follows.list({ channelId });
  const isPaused = (await outbox.listPauses()).some((one) => one.destination === destination);
  // A person at the command line may have ended the pause, of which the follows do not know yet.
  const stopped = isPaused ? all : all.filter(({ paused }) => paused !== undefined);
  if (!isPaused && stopped.length === 0) return false;
  const unseen: number[] = [];
  for (const one of stopped) unseen.push(...(await resumeFollow(desk, follows, one, numbers)));
  if (!isPaused) return true;
  const waiting = await outbox.list({ destination, states: ['planned', 'refused'] });
  const newest = Math.max(0, ...(unseen.length > 0 ? unseen : waiting.map(({ issue }) => issue)));
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
