import type { APIChannel, APIGuild, APIGuildMember } from 'discord-api-types/v10';
import { readDiscordError } from './discord-errors.ts';
import {
  computePermissions,
  EMBED_LINKS,
  listMissing,
  MANAGE_THREADS,
  type Overwrite,
  type Permission,
  READ_MESSAGE_HISTORY,
  SEND_IN_THREADS,
  SEND_MESSAGES,
  VIEW_CHANNEL,
} from './discord-permissions.ts';
import type { DiscordRest } from './discord-rest.ts';
import type { Refusal } from './publisher.ts';

/** What a channel is to a publisher. `other`: it takes no posts, such as a category. */
export type ChannelKind = 'text' | 'announcement' | 'thread' | 'forum' | 'direct' | 'other';

/** A channel, and what the bot may do there. */
export type KnownRights = {
  readonly kind: 'known';
  readonly channel: {
    readonly id: string;
    readonly name: string;
    readonly kind: ChannelKind;
    /** Undefined for direct messages. */
    readonly guild: DiscordGuild | undefined;
  };
  /** The bits of all rights of the bot there. */
  readonly granted: bigint;
  /** Without these posting fails. */
  readonly missing: readonly Permission[];
  /** Without these posting works, but something else does not. */
  readonly wanting: readonly Permission[];
};

/** A server that the bot is in; `roles` without that of everybody and those of integrations. */
export type DiscordGuild = {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly { readonly id: string; readonly name: string }[];
};

export type ChannelRights =
  | KnownRights
  /** A person must act: the token, the channel id, or the bot's place in the server is wrong. */
  | Refusal
  /** Discord could not be asked. */
  | { readonly kind: 'unavailable'; readonly cause: unknown };

const TIMEOUT_MS = 20_000;

/* https://discord.com/developers/docs/resources/channel#channel-object-channel-types */
const KINDS: Readonly<Record<number, ChannelKind>> = {
  0: 'text',
  1: 'direct',
  // The chats of voice and stage channels.
  2: 'text',
  3: 'direct',
  5: 'announcement',
  10: 'thread',
  11: 'thread',
  12: 'thread',
  13: 'text',
  15: 'forum',
  16: 'forum',
};

const READING = [VIEW_CHANNEL, EMBED_LINKS, READ_MESSAGE_HISTORY];
const NEEDED: Readonly<Record<ChannelKind, readonly Permission[]>> = {
  text: [...READING, SEND_MESSAGES],
  announcement: [...READING, SEND_MESSAGES],
  thread: [...READING, SEND_IN_THREADS],
  forum: [...READING, SEND_MESSAGES, SEND_IN_THREADS],
  direct: [],
  other: [],
};

/** Reads what a channel is and what the bot may do there. Never rejects. */
export async function readChannelRights(
  rest: Pick<DiscordRest, 'get' | 'readBotId'>,
  channelId: string,
  signal: AbortSignal = AbortSignal.timeout(TIMEOUT_MS),
  now: Date = new Date(),
): Promise<ChannelRights> {
  try {
    const botId = await rest.readBotId(signal);
    const channel = await rest.get<APIChannel>(`/channels/${channelId}`, signal);
    const kind = KINDS[channel.type] ?? 'other';
    const name = channel.name ?? channelId;
    const guildId = 'guild_id' in channel ? channel.guild_id : undefined;
    if (guildId === undefined) {
      const found = { id: channelId, name, kind, guild: undefined };
      return { kind: 'known', channel: found, granted: 0n, missing: [], wanting: [] };
    }
    const [guild, member, overwrites] = await Promise.all([
      rest.get<APIGuild>(`/guilds/${guildId}`, signal),
      rest.get<APIGuildMember>(`/guilds/${guildId}/members/${botId}`, signal),
      readOverwrites(rest, channel, kind, signal),
    ]);
    const until = member.communication_disabled_until;
    const granted = computePermissions({
      guildId,
      ownerId: guild.owner_id,
      memberId: botId,
      roles: guild.roles,
      memberRoles: member.roles,
      overwrites,
      isTimedOut: until != null && Date.parse(until) > now.getTime(),
    });
    const roles = guild.roles
      .filter(({ id, managed }) => id !== guildId && !managed)
      .map((role) => ({ id: role.id, name: role.name }));
    return {
      kind: 'known',
      channel: { id: channelId, name, kind, guild: { id: guildId, name: guild.name, roles } },
      granted,
      missing: listMissing(granted, NEEDED[kind]),
      wanting: kind === 'forum' ? listMissing(granted, [MANAGE_THREADS]) : [],
    };
  } catch (error) {
    const read = readDiscordError(error, { channelId });
    return read.kind === 'refused' ? read : { kind: 'unavailable', cause: read.cause };
  }
}

/** A thread has none of its own: those of its channel hold. */
async function readOverwrites(
  rest: Pick<DiscordRest, 'get'>,
  channel: APIChannel,
  kind: ChannelKind,
  signal: AbortSignal,
): Promise<readonly Overwrite[]> {
  const parentId = 'parent_id' in channel ? channel.parent_id : undefined;
  const isThread = kind === 'thread' && parentId != null;
  const place = isThread ? await rest.get<APIChannel>(`/channels/${parentId}`, signal) : channel;
  return ('permission_overwrites' in place ? place.permission_overwrites : undefined) ?? [];
}
