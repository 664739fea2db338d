import type { StoredMessage, User } from './message.ts';
import { compareSnowflakes } from './snowflakes.ts';

/** https://discord.com/developers/docs/resources/channel#channel-object-channel-types */
export const channelTypes = {
  text: 0,
  category: 4,
  announcement: 5,
  announcementThread: 10,
  publicThread: 11,
  forum: 15,
  media: 16,
} as const;

/** Whether a channel holds threads alone: a forum or a media channel. */
export function isForum({ type }: { readonly type: number }): boolean {
  return type === channelTypes.forum || type === channelTypes.media;
}

/** A tag of a forum; `id` may be given so that a test can name it. */
export type TagOptions = {
  readonly name: string;
  readonly id?: string;
  /** Only who may manage threads sets it. */
  readonly moderated?: boolean;
};

/** A tag as a forum has it. */
export type Tag = { readonly id: string; readonly name: string; readonly moderated: boolean };

/** What a new channel is; a text channel named "papers" unless told. */
export type ChannelOptions = {
  readonly type?: number;
  readonly name?: string;
  readonly tags?: readonly TagOptions[];
  readonly requiresTag?: boolean;
  /** Whom a direct-message channel (type 1) leads to. */
  readonly recipient?: User;
};

/** The type of a channel of direct messages. */
export const DIRECT_MESSAGES = 1;

/** https://discord.com/developers/docs/resources/channel#overwrite-object */
export type Overwrite = {
  readonly id: string;
  /** 0 for a role, 1 for a member. */
  readonly type: 0 | 1;
  readonly allow: string;
  readonly deny: string;
};

/** The part of a channel that only a thread has. */
export type ThreadState = {
  readonly parentId: string;
  readonly ownerId: string;
  appliedTags: readonly string[];
  autoArchiveMinutes: number;
  readonly createdAt: Date;
  archivedAt: Date | undefined;
  isLocked: boolean;
};

/** A channel or thread with its messages, oldest first. */
export type Channel = {
  readonly id: string;
  readonly type: number;
  name: string;
  tags: readonly Tag[];
  requiresTag: boolean;
  readonly thread: ThreadState | undefined;
  readonly recipient?: User;
  /** What the bot may not do any more: post, or see the channel at all. */
  denied: 'send' | 'view' | undefined;
  /** Rights that are given or taken here, beside what is denied to the bot. */
  overwrites: readonly Overwrite[];
  readonly messages: StoredMessage[];
};

/** The channels of the one guild, and the nonces that were seen. */
export type Store = {
  readonly guildId: string;
  addChannel(
    options: ChannelOptions & { readonly thread?: ThreadState; readonly id?: string },
  ): Channel;
  removeChannel(id: string): void;
  findChannel(id: string): Channel | undefined;
  /** Channels, threads and direct messages, oldest first. */
  listChannels(): readonly Channel[];
  /** The same for a channel that is gone: what it held when it went. */
  findRemoved(id: string): Channel | undefined;
  /** Threads of one parent, or of the guild; oldest first. */
  listThreads(parentId?: string): readonly Channel[];
  addMessage(channel: Channel, message: StoredMessage): void;
  /** Messages around a point, newest first, as Discord lists them. */
  listMessages(channel: Channel, page: Page): readonly StoredMessage[];
  findMessage(channel: Channel, id: string): StoredMessage | undefined;
  replaceMessage(channel: Channel, message: StoredMessage): void;
  removeMessage(channel: Channel, id: string): void;
};

/** Which messages to list; one of the three points at most. */
export type Page = {
  readonly limit: number;
  readonly around?: string | undefined;
  readonly before?: string | undefined;
  readonly after?: string | undefined;
};

/** An empty guild. */
export function makeStore(guildId: string, makeId: () => string): Store {
  const channels = new Map<string, Channel>();
  const removed = new Map<string, Channel>();

  return {
    guildId,
    addChannel({
      recipient,
      id = makeId(),
      type = 0,
      name = 'papers',
      tags = [],
      requiresTag = false,
      thread,
    }) {
      const made = tags.map(({ id = makeId(), name, moderated = false }) => ({
        id,
        name,
        moderated,
      }));
      const channel = {
        id,
        type,
        name,
        requiresTag,
        thread,
        tags: made,
        denied: undefined,
        overwrites: [],
        messages: [],
        ...(recipient === undefined ? {} : { recipient }),
      };
      channels.set(id, channel);
      return channel;
    },
    removeChannel(id) {
      for (const channel of channels.values()) {
        if (channel.id !== id && channel.thread?.parentId !== id) continue;
        channels.delete(channel.id);
        removed.set(channel.id, channel);
      }
    },
    findChannel: (id) => channels.get(id),
    listChannels: () => [...channels.values()],
    findRemoved: (id) => removed.get(id),
    listThreads: (parentId) =>
      [...channels.values()].filter(
        ({ thread }) => thread && (parentId === undefined || thread.parentId === parentId),
      ),
    addMessage(channel, message) {
      channel.messages.push(message);
      // Posting into an archived thread opens it again.
      if (channel.thread !== undefined) channel.thread.archivedAt = undefined;
    },
    listMessages({ messages }, { limit, around, before, after }) {
      if (around !== undefined) {
        const start = Math.max(0, indexAtOrAfter(messages, around) - Math.floor(limit / 2));
        return messages.slice(start, start + limit).reverse();
      }
      if (after !== undefined) {
        const found = indexAtOrAfter(messages, after);
        const start = messages[found]?.id === after ? found + 1 : found;
        return messages.slice(start, start + limit).reverse();
      }
      const end = before === undefined ? messages.length : indexAtOrAfter(messages, before);
      return messages.slice(Math.max(0, end - limit), end).reverse();
    },
    findMessage: ({ messages }, id) => messages[indexOf(messages, id)],
    replaceMessage({ messages }, message) {
      const index = indexOf(messages, message.id);
      if (index >= 0) messages[index] = message;
    },
    removeMessage({ messages }, id) {
      const index = indexOf(messages, id);
      if (index >= 0) messages.splice(index, 1);
    },
  };
}

/** The first place whose id is not older than the one asked for; ids grow along the list. */
function indexAtOrAfter(messages: readonly StoredMessage[], id: string): number {
  let low = 0;
  let high = messages.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const there = messages[middle];
    if (there !== undefined && compareSnowflakes(there.id, id) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function indexOf(messages: readonly StoredMessage[], id: string): number {
  const index = indexAtOrAfter(messages, id);
  return messages[index]?.id === id ? index : -1;
}
