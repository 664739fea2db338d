import { describeChannel } from './describe-channel.ts';
import { MEMBER_PERMISSIONS } from './gateway-events.ts';
import type { JsonObject } from './json.ts';
import { makeUser, type User } from './message.ts';
import { directMessagesWith } from './routes-self.ts';
import { discordTimestamp, instantOf } from './snowflakes.ts';
import { type Channel, channelTypes } from './store.ts';
import type { World } from './world.ts';

/** The member that uses the bot unless a test names one. */
export const READER_ID = '223456789012345678';
/** A guild that the bot is not in. */
export const FOREIGN_GUILD_ID = '323456789012345678';
const FOREIGN_CHANNEL_ID = '423456789012345678';

/** Who uses the bot and where. Everything has a default: a plain member in the guild's first text channel. */
export type Situation = {
  readonly userId?: string;
  /** The user's language: `en-US`. */
  readonly locale?: string;
  /** The guild's language: `en-US`. */
  readonly guildLocale?: string;
  /**
   * `guild`: the fake's guild. `dm`: direct messages with the bot. `foreign-guild` and `private`
   * (a talk between users): the bot is not there, its application is installed for the user.
   */
  readonly place?: 'guild' | 'dm' | 'foreign-guild' | 'private';
  readonly channelId?: string;
  /** The user's name. */
  readonly username?: string;
  /** The ids of the member's roles. */
  readonly roles?: readonly string[];
  /** The member's rights, added to a plain member's. */
  readonly permissions?: bigint;
  /** For whom the application is installed; the guild in `guild`, the user where the bot is not. */
  readonly installedFor?: readonly ('guild' | 'user')[];
  /** The guild's editors let this member use a command beyond `default_member_permissions`. */
  readonly isLetIn?: boolean;
};

/** A situation with all that an interaction says about it. */
export type Scene = {
  readonly user: User;
  readonly channel: Channel | undefined;
  readonly channelId: string;
  /** https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-interaction-context-types */
  readonly context: number;
  readonly guildId: string | undefined;
  readonly installedFor: readonly ('guild' | 'user')[];
  readonly permissions: bigint;
  readonly isLetIn: boolean;
  /** The members of INTERACTION_CREATE that tell of place and person. */
  readonly fields: JsonObject;
};

/** Manage Server, the right that settings of a guild ask for. */
export const MANAGE_GUILD = 1n << 5n;

const SEND_MESSAGES = 1n << 11n;

/** Fills a situation in; throws when its channel is not there. */
export function makeScene(world: World, situation: Situation): Scene {
  const {
    place = 'guild',
    userId = READER_ID,
    locale = 'en-US',
    guildLocale = 'en-US',
  } = situation;
  const user = makeUser(userId, situation.username ?? `user-${userId}`, false);
  const isGuild = place === 'guild' || place === 'foreign-guild';
  const isAway = place === 'foreign-guild' || place === 'private';
  const installedFor = situation.installedFor ?? (isAway ? ['user'] : ['guild']);
  const channel = isAway ? undefined : findChannel(world, place, userId, situation.channelId);
  const channelId = channel?.id ?? situation.channelId ?? FOREIGN_CHANNEL_ID;
  const guildId = isGuild
    ? place === 'guild'
      ? world.store.guildId
      : FOREIGN_GUILD_ID
    : undefined;
  const permissions = BigInt(MEMBER_PERMISSIONS) | (situation.permissions ?? 0n);

  const owners: Record<string, string> = {};
  if (installedFor.includes('guild')) owners['0'] = guildId ?? '0';
  if (installedFor.includes('user')) owners['1'] = userId;
  const shownChannel = channel
    ? describeChannel(channel, world.store.guildId)
    : describeAway(channelId, guildId, user);

  return {
    user,
    channel,
    channelId,
    guildId,
    installedFor,
    permissions,
    isLetIn: situation.isLetIn ?? false,
    context: isGuild ? 0 : place === 'dm' ? 1 : 2,
    fields: {
      ...(guildId === undefined
        ? { user }
        : {
            guild_id: guildId,
            guild: { id: guildId, locale: guildLocale, features: [] },
            guild_locale: guildLocale,
            member: makeMember(user, guildId, permissions, situation.roles),
          }),
      channel_id: channelId,
      channel: isGuild ? { ...shownChannel, permissions: String(permissions) } : shownChannel,
      locale,
      context: isGuild ? 0 : place === 'dm' ? 1 : 2,
      authorizing_integration_owners: owners,
      app_permissions: String(listBotRights(channel)),
      entitlements: [],
      attachment_size_limit: 10_485_760,
    },
  };
}

/** What the bot may do in a channel: as a member, less what is denied there. */
function listBotRights(channel: Channel | undefined): bigint {
  const usual = BigInt(MEMBER_PERMISSIONS);
  if (channel?.denied === 'view') return 0n;
  return channel?.denied === 'send' ? usual & ~SEND_MESSAGES : usual;
}

/** A member of a guild as an interaction shows it. */
export function makeMember(
  user: User,
  guildId: string,
  permissions: bigint,
  roles: readonly string[] = [],
): JsonObject {
  return {
    user,
    roles: [...roles],
    nick: null,
    avatar: null,
    joined_at: discordTimestamp(instantOf(guildId)),
    premium_since: null,
    communication_disabled_until: null,
    pending: false,
    deaf: false,
    mute: false,
    flags: 0,
    permissions: String(permissions),
  };
}

function findChannel(
  world: World,
  place: 'guild' | 'dm',
  userId: string,
  channelId: string | undefined,
): Channel {
  if (place === 'dm') return directMessagesWith(world, userId);
  const { store } = world;
  const first = store.listChannels().find(({ type }) => type === channelTypes.text);
  const found = channelId === undefined ? first : store.findChannel(channelId);
  if (found === undefined) {
    throw new Error(
      `Cannot use the bot as the guild has no such text channel: ${channelId ?? 'add one'}`,
    );
  }
  return found;
}

function describeAway(id: string, guildId: string | undefined, user: User): JsonObject {
  if (guildId !== undefined) return { id, type: 0, name: 'elsewhere', guild_id: guildId, flags: 0 };
  const other = makeUser('523456789012345678', 'friend', false);
  return { id, type: 1, flags: 0, last_message_id: null, recipients: [user, other] };
}
