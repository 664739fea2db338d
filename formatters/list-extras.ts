import type { BlueskyPost } from './bluesky.ts';
import type { DiscordMessage } from './discord.ts';
import type { Draft } from './draft.ts';

/**
 * What a post shows beside its text, for an editor to see before it goes out: where its links lead,
 * its card, its images. A list of lines for each post.
 */
export function listExtras(draft: Draft): string[][] {
  switch (draft.platform) {
    case 'bluesky':
      return draft.posts.map(listBluesky);
    case 'mastodon':
      return draft.posts.map(({ media = [] }) =>
        media.map((one) => image(one.description, one.url)),
      );
    case 'discord':
      return draft.posts.map(listDiscord);
    default:
      return draft.posts.map(() => []);
  }
}

function listBluesky({ text, facets = [], embed, images = [] }: BlueskyPost): string[] {
  const bytes = Buffer.from(text);
  const links = facets.flatMap(({ index, features }) => {
    const words = bytes.subarray(index.byteStart, index.byteEnd).toString();
    return features.flatMap((feature) => {
      if (!('uri' in feature) || feature.uri === words) return [];
      return [`[link: ${words} → ${feature.uri}]`];
    });
  });
  return [
    ...links,
    ...(embed === undefined ? [] : [`[card → ${embed.external.uri}]`]),
    ...images.map(({ alt, url }) => image(alt, url)),
  ];
}

function listDiscord(message: DiscordMessage): string[] {
  return (message.embeds ?? []).flatMap((embed) => [
    ...(embed.url === undefined ? [] : [`[link: ${embed.title ?? 'the card'} → ${embed.url}]`]),
    ...(embed.image === undefined ? [] : [`[image: ${embed.image.url}]`]),
  ]);
}

function image(alt: string, url: string): string {
  return `[image: ${alt} (${url})]`;
}
