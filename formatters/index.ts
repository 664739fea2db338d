import type { Paper } from '../src/issue/schema.ts';
import { blueskyFormatter, makeBlueskyTraits } from './bluesky.ts';
import { type DiscordEmbed, discordFormatter } from './discord.ts';
import { readComponentMessage } from './discord-components.ts';
import type { Draft, FormatOptions, Formatter, Platform } from './draft.ts';
import { htmlFormatter } from './html.ts';
import type { Item } from './item.ts';
import { linkedinFormatter } from './linkedin.ts';
import { makeMastodonTraits, mastodonFormatter } from './mastodon.ts';
import { parseOwnText } from './text/own-text.ts';
import { textFormatter } from './text.ts';
import { checkOwnText } from './thread.ts';
import { xFormatter, xTraits } from './x.ts';

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

/**
 * Writes an item for a platform, in an editor's own words where the issue has some for it. Pure:
 * same input, same bytes.
 */
export function formatItem(item: Item, platform: Platform, options: FormatOptions): Draft {
  const ownText = options.ownText ?? findOwnText(item)?.[platform];
  const format = ownText === undefined ? options : { ...options, ownText };
  return formatters[platform].format(item, format) as Draft;
}

/** Why an editor's own words for an item cannot go out as they stand; empty where they can. */
export function checkItsOwnText(
  item: Item,
  platform: Platform,
  options: FormatOptions & { readonly ownText: string },
): readonly string[] {
  if (parseOwnText(options.ownText).length === 0) return ['it has no words'];
  const traits = {
    bluesky: makeBlueskyTraits(options),
    mastodon: makeMastodonTraits(options),
    x: xTraits,
  }[platform as string];
  if (traits !== undefined) {
    const why = checkOwnText(options.ownText, traits);
    return why === undefined ? [] : [why];
  }
  // Its figures are told elsewhere; here the words alone count.
  const words: Item =
    item.kind === 'paper' ? { ...item, paper: { ...item.paper, body: [] } } : item;
  return formatItem(words, platform, options).told ?? [];
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
