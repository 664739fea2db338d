import type { DiscordEmbed } from '../../formatters/discord.ts';
import { COLOR } from '../../formatters/discord-card.ts';
import type { FormatOptions } from '../../formatters/draft.ts';
import { formatItem } from '../../formatters/index.ts';
import { type Item, keyItem } from '../../formatters/item.ts';
import type { Issue } from '../../src/issue/schema.ts';
import { fitLine, fitMarkdown } from './line.ts';

/* https://discord.com/developers/docs/resources/message#embed-object-embed-limits */
const EMBEDS_MOST = 10;
const MESSAGE_MOST = 6_000;
const TITLE_MOST = 256;
const DESCRIPTION_MOST = 4_096;
const FOOTER_MOST = 256;

/** Cards by the issue that they are made of, which is not changed: writing is pure. */
const written = new WeakMap<Issue, Map<string, readonly DiscordEmbed[]>>();

/**
 * The cards of an item as they are posted, an editor’s own words included: all of those that one
 * message holds. They are kept as long as the issue is, `issue` where the item has a shorter one.
 */
export function makeItemEmbeds(
  item: Item,
  format: FormatOptions,
  issue: Issue = item.issue,
): readonly DiscordEmbed[] {
  const cards = written.get(issue) ?? new Map<string, readonly DiscordEmbed[]>();
  written.set(issue, cards);
  const key = JSON.stringify([keyItem(item), format]);
  const embeds = cards.get(key) ?? writeEmbeds(item, format);
  cards.set(key, embeds);
  return embeds;
}

function writeEmbeds(item: Item, format: FormatOptions): DiscordEmbed[] {
  const draft = formatItem(item, 'discord', format);
  const posts = draft.platform === 'discord' ? draft.posts : [];
  const embeds: DiscordEmbed[] = [];
  let room = MESSAGE_MOST;
  for (const embed of posts.flatMap((post) => post.embeds ?? [])) {
    room -= (embed.title ?? '').length + embed.description.length + embed.footer.text.length;
    if (embeds.length > 0 && (room < 0 || embeds.length >= EMBEDS_MOST)) break;
    embeds.push(embed);
  }
  return embeds;
}

/** A list or a text of the bot’s own; of its paragraphs, which are Markdown, as many as fit. */
export function makeTextEmbed(
  title: string,
  paragraphs: readonly string[],
  footer: string,
  separator = '\n\n',
): DiscordEmbed {
  return {
    title: fitMarkdown(title, TITLE_MOST),
    description: joinWithin(paragraphs, separator, DESCRIPTION_MOST),
    color: COLOR,
    footer: { text: fitLine(footer, FOOTER_MOST) },
  };
}

function joinWithin(paragraphs: readonly string[], separator: string, most: number): string {
  let text = '';
  for (const paragraph of paragraphs) {
    const next = text === '' ? paragraph : `${text}${separator}${paragraph}`;
    if (next.length > most) break;
    text = next;
  }
  return text;
}
