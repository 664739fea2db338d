import type { APIChannel, APIGuildForumTag } from 'discord-api-types/v10';
import type { PostReceipt } from '../outbox/receipt.ts';
import type { DiscordRest } from './discord-rest.ts';
import type { Refusal } from './publisher.ts';

/** How a channel is used. */
export type DiscordOptions = {
  /** Publish each message of an announcement channel to the channels that follow it. */
  readonly crosspost: boolean;
  /** In a forum: a thread for each paper, or one for each issue that its papers share. */
  readonly forumPer: 'paper' | 'issue';
  /** The tag of a forum that demands one, for what has none of its topics. */
  readonly forumTag?: string | undefined;
};

type Common = {
  readonly channelId: string;
  readonly botId: string;
  /** Absent in a direct message. */
  readonly guildId: string | undefined;
};

/** A channel or thread that messages go to as they are. */
export type PlainPlace = Common & {
  readonly kind: 'plain';
  readonly isThread: boolean;
  /** Each message is to be crossposted. */
  readonly isCrossposted: boolean;
};

/** A forum or media channel, where every message stands in a thread. */
export type ForumPlace = Common & {
  readonly kind: 'forum';
  readonly guildId: string;
  readonly forumPer: DiscordOptions['forumPer'];
  readonly forumTag?: string | undefined;
  readonly tags: readonly APIGuildForumTag[];
  readonly isTagRequired: boolean;
};

export type DiscordPlace = PlainPlace | ForumPlace;

/* https://discord.com/developers/docs/resources/channel#channel-object-channel-types */
const ANNOUNCEMENT = 5;
const THREADS: readonly number[] = [10, 11, 12];
const FORUMS: readonly number[] = [15, 16];
/** Categories and directories. */
const WITHOUT_MESSAGES: readonly number[] = [4, 14];
/** https://discord.com/developers/docs/resources/channel#channel-object-channel-flags */
const REQUIRE_TAG = 1 << 4;

/** Reads what kind of channel it is. Rejects as the REST calls do. */
export async function readPlace(
  rest: DiscordRest,
  channelId: string,
  { crosspost, forumPer, forumTag }: DiscordOptions,
  signal: AbortSignal,
): Promise<DiscordPlace | Refusal> {
  const botId = await rest.readBotId(signal);
  const channel = await rest.get<APIChannel>(`/channels/${channelId}`, signal);
  const { type } = channel;
  const guildId = 'guild_id' in channel ? channel.guild_id : undefined;
  const common = { channelId, botId, guildId };
  if (WITHOUT_MESSAGES.includes(type)) return refuseKind(channelId);
  if (FORUMS.includes(type) && guildId !== undefined) {
    const tags = 'available_tags' in channel ? channel.available_tags : [];
    const isTagRequired = ((channel.flags ?? 0) & REQUIRE_TAG) !== 0;
    return { ...common, kind: 'forum', guildId, forumPer, forumTag, tags, isTagRequired };
  }
  const isCrossposted = type === ANNOUNCEMENT && crosspost;
  return { ...common, kind: 'plain', isThread: THREADS.includes(type), isCrossposted };
}

/** The proof of a message in a channel, or in a thread of a forum. */
export function describeMessage(
  { channelId, guildId = '@me' }: DiscordPlace,
  id: string,
  threadId?: string,
): PostReceipt {
  const url = `https://discord.com/channels/${guildId}/${threadId ?? channelId}/${id}`;
  return threadId === undefined ? { id, url } : { id, threadId, url };
}

/** The path of a message in place. */
export function pathOf(
  { channelId }: DiscordPlace,
  { id, threadId }: PostReceipt,
): `/channels/${string}/messages/${string}` {
  return `/channels/${threadId ?? channelId}/messages/${id}`;
}

function refuseKind(channelId: string): Refusal {
  return {
    kind: 'refused',
    reason: `the Discord channel ${channelId} is of a kind that takes no messages`,
    remedy: 'Set DISCORD_CHANNEL_ID to a text, announcement, forum or media channel',
    isClosed: true,
  };
}
