import type { JsonObject } from './json.ts';
import { discordTimestamp } from './snowflakes.ts';
import { type Channel, isForum } from './store.ts';

/** A channel or thread as Discord describes it. */
export function describeChannel(channel: Channel, guildId: string): JsonObject {
  const { id, type, name, thread, messages, recipient } = channel;
  const last_message_id = messages.at(-1)?.id ?? null;
  if (recipient !== undefined) {
    return { id, type, flags: 0, last_message_id, recipients: [recipient] };
  }
  const shared = { id, type, name, guild_id: guildId, flags: 0, last_message_id };
  if (thread !== undefined) {
    return {
      ...shared,
      parent_id: thread.parentId,
      owner_id: thread.ownerId,
      applied_tags: thread.appliedTags,
      rate_limit_per_user: 0,
      message_count: Math.max(0, messages.length - 1),
      total_message_sent: Math.max(0, messages.length - 1),
      member_count: 1,
      thread_metadata: {
        archived: thread.archivedAt !== undefined,
        archive_timestamp: discordTimestamp(thread.archivedAt ?? thread.createdAt),
        auto_archive_duration: thread.autoArchiveMinutes,
        locked: thread.isLocked,
        create_timestamp: discordTimestamp(thread.createdAt),
      },
    };
  }
  const place = {
    parent_id: null,
    position: 0,
    topic: null,
    nsfw: false,
    permission_overwrites: channel.overwrites,
  };
  if (!isForum(channel)) return { ...shared, ...place };
  const available_tags = channel.tags.map((tag) => ({
    ...tag,
    emoji_id: null,
    emoji_name: null,
  }));
  // Flag REQUIRE_TAG: https://discord.com/developers/docs/resources/channel#channel-object-channel-flags
  return { ...shared, ...place, flags: channel.requiresTag ? 1 << 4 : 0, available_tags };
}
