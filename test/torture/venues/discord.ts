import type { StoredMessage } from '../../fakes/discord/message.ts';
import type { FakeDiscord } from '../../fakes/discord/server.ts';
import { channelTypes } from '../../fakes/discord/store.ts';
import { readToken } from '../issues.ts';
import type { PlacedPost, PlacedThread, Venue, VenueKind } from '../venue.ts';

const corrections = ['edit'] as const;
const CROSSPOSTED = 1;

/** The local Discord, by the kinds of its channels; each place is a channel of its own. */
export function makeDiscordKinds(discord: FakeDiscord): VenueKind[] {
  const open = (name: string, channelId: string, parts: Partial<Venue> = {}): Venue => ({
    ...{ name, corrections, describe },
    to: 'discord',
    platform: 'discord',
    env: {
      DISCORD_API: discord.apiUrl,
      DISCORD_TOKEN: discord.token,
      DISCORD_CHANNEL_ID: channelId,
    },
    settings: {},
    paragraphs: 36,
    read: async () => groupByToken(discord.messages(channelId)),
    close: async () => {},
    ...parts,
  });
  const readForum = (channelId: string): PlacedThread[] =>
    discord.threads(channelId).flatMap(({ id }) => groupByToken(discord.messages(String(id))));
  return [
    {
      name: 'discord',
      corrections,
      open: async () => open('discord', discord.addChannel()),
    },
    {
      name: 'discord-components',
      corrections,
      open: async () =>
        open('discord-components', discord.addChannel(), {
          settings: { posts: { discord: { layout: 'components' } } },
        }),
    },
    {
      name: 'discord-announcement',
      corrections,
      open: async () => {
        const channelId = discord.addChannel({ type: channelTypes.announcement });
        return open('discord-announcement', channelId, {
          settings: { discord: { crosspost: true } },
          describe: (post) => `${describe(post)} crossposted`,
        });
      },
    },
    {
      name: 'discord-forum',
      corrections,
      open: async () => {
        const channelId = discord.addChannel({ type: channelTypes.forum });
        return open('discord-forum', channelId, { read: async () => readForum(channelId) });
      },
    },
    {
      name: 'discord-forum-issue',
      corrections,
      open: async () => {
        const channelId = discord.addChannel({ type: channelTypes.forum });
        return open('discord-forum-issue', channelId, {
          settings: { discord: { forumPer: 'issue' } },
          read: async () => readForum(channelId),
        });
      },
    },
  ];
}

/** A channel knows no threads: the messages of a paper belong together, in the channel's order. */
function groupByToken(messages: readonly StoredMessage[]): PlacedThread[] {
  const threads = new Map<string, PlacedPost[]>();
  for (const message of messages) {
    const words = describe(message) + (message.flags & CROSSPOSTED ? ' crossposted' : '');
    const key = readToken(words) ?? message.id;
    threads.set(key, [...(threads.get(key) ?? []), { id: message.id, words }]);
  }
  return [...threads.values()];
}

type Embed = {
  readonly title?: string;
  readonly description?: string;
  readonly footer?: { readonly text: string };
};
type Component = { readonly content?: string; readonly components?: readonly Component[] };

/** Titles, texts and footers; the time in a footer of components is the ledger's. */
function describe(post: unknown): string {
  const { embeds = [], components = [] } = post as {
    readonly embeds?: readonly Embed[];
    readonly components?: readonly Component[];
  };
  const cards = embeds.map(({ title, description, footer }) => [title, description, footer?.text]);
  const texts = components.flatMap(listTexts).map((text) => text.replace(/ · <t:\d+:f>$/, ''));
  return JSON.stringify([...cards, ...texts]);
}

function listTexts({ content, components = [] }: Component): string[] {
  return [...(content === undefined ? [] : [content]), ...components.flatMap(listTexts)];
}
