import { blueskyFormatter } from './bluesky.ts';
import { type DiscordEmbed, discordFormatter } from './discord.ts';
import { readComponentMessage } from './discord-components.ts';
import type { Draft, FormatOptions, Formatter, Platform } from './draft.ts';
import { htmlFormatter } from './html.ts';
import type { Item } from './item.ts';
import { linkedinFormatter } from './linkedin.ts';
import { mastodonFormatter } from './mastodon.ts';
import { textFormatter } from './text.ts';
import { xFormatter } from './x.ts';

/** Every platform that an item can be written for; a test keeps it equal to the folder. */
export const formatters: { readonly [P in Platform]: Formatter<P> } = {
  bluesky: blueskyFormatter,
  discord: discordFormatter,
  mastodon: mastodonFormatter,
  x: xFormatter,
  linkedin: linkedinFormatter,
  text: textFormatter,
  html: htmlFormatter,
};

export const platforms = Object.keys(formatters) as readonly Platform[];

/** Writes an item for a platform. Pure: same input, same bytes. */
export function formatItem(item: Item, platform: Platform, options: FormatOptions): Draft {
  return formatters[platform].format(item, options) as Draft;
}

/** The words of a draft's posts as a reader meets them, one text a post. */
export function readDraft(draft: Draft): string[] {
  switch (draft.platform) {
    case 'discord':
      return draft.posts.map((post) =>
        post.components === undefined
          ? post.embeds.map(readEmbed).join('\n\n')
          : readComponentMessage(post).join('\n\n'),
      );
    case 'mastodon':
      return draft.posts.map((post) => post.status);
    default:
      return draft.posts.map((post) => post.text);
  }
}

function readEmbed({ title, description, footer }: DiscordEmbed): string {
  return [...(title === undefined ? [] : [title]), description, footer.text].join('\n\n');
}
