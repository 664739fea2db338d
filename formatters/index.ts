import { createRequire } from 'node:module';
import type { Paper } from '../src/issue/schema.ts';
import type * as Bluesky from './bluesky.ts';
import type * as Discord from './discord.ts';
import type * as Components from './discord-components.ts';
import type { Draft, FormatOptions, Formatter, Platform } from './draft.ts';
import type * as Html from './html.ts';
import type { Item } from './item.ts';
import type * as Linkedin from './linkedin.ts';
import type * as Mastodon from './mastodon.ts';
import type * as Text from './text.ts';
import type * as X from './x.ts';

const require = createRequire(import.meta.url);

/**
 * Every platform that an item can be written for; a test keeps it equal to the folder. A platform's
 * files are loaded when it is first asked for: a command seldom needs more than one or two.
 */
export const formatters: { readonly [P in Platform]: Formatter<P> } = {
  get bluesky() {
    return (require('./bluesky.ts') as typeof Bluesky).blueskyFormatter;
  },
  get discord() {
    return (require('./discord.ts') as typeof Discord).discordFormatter;
  },
  get mastodon() {
    return (require('./mastodon.ts') as typeof Mastodon).mastodonFormatter;
  },
  get x() {
    return (require('./x.ts') as typeof X).xFormatter;
  },
  get linkedin() {
    return (require('./linkedin.ts') as typeof Linkedin).linkedinFormatter;
  },
  get text() {
    return (require('./text.ts') as typeof Text).textFormatter;
  },
  get html() {
    return (require('./html.ts') as typeof Html).htmlFormatter;
  },
};

export const platforms = Object.keys(formatters) as readonly Platform[];

/**
 * Writes an item for a platform, in an editor's own words where the issue has some for it. Pure:
 * same input, same bytes.
 */
export function formatItem(item: Item, platform: Platform, options: FormatOptions): Draft {
  const ownText = options.ownText ?? findOwnText(item)?.[platform];
  const format = ownText === undefined ? options : { ...options, ownText };
  return formatters[platform].format(item, format) as Draft;
}

/** An editor's own words for an item, by platform: for a paper, or for the digest of an issue. */
export function findOwnText(item: Item): Paper['ownText'] {
  if (item.kind === 'paper') return item.paper.ownText;
  return item.scope === 'issue' ? item.issue.ownText : undefined;
}

/** The words of a draft's posts as a reader meets them, one text a post. */
export function readDraft(draft: Draft): string[] {
  switch (draft.platform) {
    case 'discord':
      return draft.posts.map((post) =>
        post.components === undefined
          ? post.embeds.map(readEmbed).join('\n\n')
          : readComponents(post).join('\n\n'),
      );
    case 'mastodon':
      return draft.posts.map((post) => post.status);
    default:
      return draft.posts.map((post) => post.text);
  }
}

function readComponents(post: Components.DiscordComponentMessage): string[] {
  return (require('./discord-components.ts') as typeof Components).readComponentMessage(post);
}

function readEmbed({ title, description, footer }: Discord.DiscordEmbed): string {
  return [...(title === undefined ? [] : [title]), description, footer.text].join('\n\n');
}
