import type { FakeDiscord } from '../../fakes/discord/server.ts';
import { readToken } from '../issues.ts';
import type { PlacedPost, PlacedThread, Venue, VenueKind } from '../venue.ts';

/**
 * The local Discord; each place is a channel of its own. It is to remember no nonce: the look at
 * what is in place must do without.
 */
export function makeDiscordKinds(discord: FakeDiscord): VenueKind[] {
  const open = (name: string, channelId: string, parts: Partial<Venue> = {}): Venue => ({
    name,
    to: 'discord',
    platform: 'discord',
    env: {
      DISCORD_API: discord.apiUrl,
      DISCORD_TOKEN: discord.token,
      DISCORD_CHANNEL_ID: channelId,
    },
    settings: {},
    paragraphs: 36,
    corrections: ['edit'],
    read: async () => groupByToken(discord.messages(channelId).map(place)),
    describe,
    close: async () => {},
    ...parts,
  });
  return [
    {
      name: 'discord',
      open: async () => open('discord', discord.addChannel()),
    },
  ];
}

type Message = {
  readonly id: string;
  readonly embeds?: readonly unknown[];
  readonly components?: readonly unknown[];
};

function place(message: Message): PlacedPost {
  return { id: message.id, words: describe(message) };
}

/** A channel knows no threads: the messages of a paper belong together, in the channel's order. */
function groupByToken(posts: readonly PlacedPost[]): PlacedThread[] {
  const threads = new Map<string, PlacedPost[]>();
  for (const post of posts) {
    const key = readToken(post.words) ?? post.id;
    threads.set(key, [...(threads.get(key) ?? []), post]);
  }
  return [...threads.values()];
}

type Embed = {
  readonly title?: string;
  readonly description?: string;
  readonly footer?: { readonly text: string };
};

function describe(post: unknown): string {
  const { embeds = [] } = post as { readonly embeds?: readonly Embed[] };
  return JSON.stringify(
    embeds.map(({ title, description, footer }) => [title, description, footer?.text]),
  );
}
