import { describeChannel } from './describe-channel.ts';
import type { JsonObject } from './json.ts';
import { makeUser } from './message.ts';
import { discordTimestamp, instantOf } from './snowflakes.ts';
import { DIRECT_MESSAGES } from './store.ts';
import type { World } from './world.ts';

/** What a plain member may do: see, write, embed, use commands, create threads. */
export const MEMBER_PERMISSIONS = String(
  (1n << 10n) | (1n << 11n) | (1n << 14n) | (1n << 16n) | (1n << 31n) | (1n << 38n),
);

/** READY: https://discord.com/developers/docs/events/gateway-events#ready */
export function makeReady(world: World, sessionId: string): JsonObject {
  return {
    v: 10,
    user: { ...world.bot, mfa_enabled: false, verified: true, email: null },
    guilds: [{ id: world.store.guildId, unavailable: true }],
    session_id: sessionId,
    session_type: 'normal',
    resume_gateway_url: world.gatewayUrl,
    shard: [0, 1],
    application: { id: world.bot.id, flags: 0 },
    private_channels: [],
    relationships: [],
    presences: [],
    guild_join_requests: [],
    _trace: [],
  };
}

/** GUILD_CREATE: https://discord.com/developers/docs/events/gateway-events#guild-create */
export function makeGuildCreate(world: World): JsonObject {
  const { store, bot } = world;
  const joined_at = discordTimestamp(instantOf(store.guildId));
  const all = store.listChannels();
  const channels = all.filter(({ thread, type }) => !thread && type !== DIRECT_MESSAGES);
  const threads = all.filter(({ thread }) => thread && thread.archivedAt === undefined);
  return {
    ...guildSettings,
    id: store.guildId,
    name: 'Readers',
    owner_id: makeUser(store.guildId, 'owner', false).id,
    preferred_locale: 'en-US',
    roles: [makeRole(store.guildId, '@everyone')],
    members: [{ user: bot, roles: [], joined_at, deaf: false, mute: false, flags: 0 }],
    channels: channels.map((channel) => describeChannel(channel, store.guildId)),
    threads: threads.map((thread) => describeChannel(thread, store.guildId)),
    member_count: 2,
    joined_at,
    unavailable: false,
    large: false,
  };
}

/** A role of that id, made up, with a member's rights. */
export function makeRole(id: string, name: string): JsonObject {
  return {
    id,
    name,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    position: name === '@everyone' ? 0 : 1,
    permissions: MEMBER_PERMISSIONS,
    managed: false,
    mentionable: false,
    icon: null,
    unicode_emoji: null,
    flags: 0,
  };
}

const guildSettings: JsonObject = {
  icon: null,
  splash: null,
  discovery_splash: null,
  description: null,
  banner: null,
  features: [],
  emojis: [],
  stickers: [],
  voice_states: [],
  presences: [],
  stage_instances: [],
  guild_scheduled_events: [],
  soundboard_sounds: [],
  afk_channel_id: null,
  afk_timeout: 300,
  system_channel_id: null,
  system_channel_flags: 0,
  rules_channel_id: null,
  public_updates_channel_id: null,
  safety_alerts_channel_id: null,
  application_id: null,
  vanity_url_code: null,
  verification_level: 1,
  explicit_content_filter: 0,
  default_message_notifications: 1,
  mfa_level: 0,
  nsfw_level: 0,
  premium_tier: 0,
  premium_subscription_count: 0,
  premium_progress_bar_enabled: false,
};
