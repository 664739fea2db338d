import { blueskyFormatter } from './bluesky.ts';
import { discordFormatter } from './discord.ts';
import type { Draft, FormatOptions, Platform } from './draft.ts';
import type { Item } from './item.ts';

/** Every platform that an item can be written for; a test keeps it equal to the folder. */
export const formatters = {
  bluesky: blueskyFormatter,
  discord: discordFormatter,
} as const;

export const platforms = ['bluesky', 'discord'] as const satisfies readonly Platform[];

/** Writes an item for a platform. Pure: same input, same bytes. */
export function formatItem(item: Item, platform: Platform, options: FormatOptions): Draft {
  return formatters[platform].format(item, options);
}

/** The words of a draft's posts as a reader meets them, one text a post. */
export function readDraft(draft: Draft): string[] {
  switch (draft.platform) {
    case 'bluesky':
      return draft.posts.map((post) => post.text);
    case 'discord':
      return draft.posts.map((post) =>
        post.embeds
          .map(({ title, description, footer }) =>
            [...(title === undefined ? [] : [title]), description, footer.text].join('\n\n'),
          )
          .join('\n\n'),
      );
  }
}
