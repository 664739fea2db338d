import { isLinkable, makeCard, URL_MOST } from './discord-card.ts';
import {
  checkComponentMessage,
  type DiscordComponentMessage,
  makeComponentMessages,
} from './discord-components.ts';
import { within } from './discord-cut.ts';
import { makeForumHints } from './discord-forum.ts';
import { isHonestPing } from './discord-ping.ts';
import { shortenTitle, TITLE_MOST } from './discord-title.ts';
import type { DraftFor, FormatOptions, Formatter } from './draft.ts';
import { tellLeft } from './figures.ts';
import { type Item, nameItem } from './item.ts';
import { escapeDiscord } from './text/discord-markdown.ts';
import { findExceeded } from './text/measure.ts';

/* https://discord.com/developers/docs/resources/message#embed-object-embed-limits */
const FOOTER_MOST = 2048;
const DESCRIPTION_MOST = 4096;
const MESSAGE_MOST = 6000;
const EMBEDS_MOST = 10;

export type DiscordEmbed = {
  readonly title?: string;
  readonly url?: string;
  readonly description: string;
  readonly color: number;
  readonly image?: { readonly url: string };
  readonly footer: { readonly text: string };
};

/** The body of Create Message with cards. The content, if any, pings the roles and is all that does. */
export type DiscordEmbedMessage = {
  readonly content?: string;
  readonly embeds: readonly DiscordEmbed[];
  readonly components?: undefined;
  readonly allowed_mentions: { readonly parse: readonly []; readonly roles?: readonly string[] };
};

/**
 * The body of Create Message. Mentions are off: nothing in an issue can ping anybody. `pingRoles`
 * alone, which a formatter does not call, lets the roles of a follow be pinged.
 */
export type DiscordMessage = DiscordEmbedMessage | DiscordComponentMessage;

/** Writes an item as one card, or several messages where it is longer than a card holds. */
export const discordFormatter: Formatter<'discord'> = {
  platform: 'discord',
  format(item, options): DraftFor<'discord'> {
    const make = options.discord?.layout === 'components' ? makeComponentMessages : makeCards;
    const { posts, told } = make(item, options);
    const forum = makeForumHints(item, options);
    const draft = { item: nameItem(item), platform: 'discord', posts, forum } as const;
    return told.length > 0 ? { ...draft, told } : draft;
  },
};

/** Says why Discord would refuse a message; undefined when it fits. */
export function checkDiscordMessage(message: DiscordMessage): string | undefined {
  if (message.components !== undefined) return checkComponentMessage(message);
  if (!isHonestPing(message.content, message.allowed_mentions))
    return 'it pings others than the roles that it is to ping';
  if (message.embeds.length > EMBEDS_MOST)
    return `it has ${message.embeds.length} embeds, at most ${EMBEDS_MOST}`;
  let total = '';
  for (const { title = '', description, footer, url, image } of message.embeds) {
    const address = [url, image?.url].find((it) => (it?.length ?? 0) > URL_MOST);
    if (address !== undefined)
      return `an address in it has ${address.length} characters, at most ${URL_MOST}`;
    const over =
      findExceeded(title, within(TITLE_MOST)) ??
      findExceeded(description, within(DESCRIPTION_MOST)) ??
      findExceeded(footer.text, within(FOOTER_MOST));
    if (over !== undefined) {
      return `a text in it has ${over.found} ${over.limit.measure.unit}, at most ${over.limit.most}`;
    }
    total += title + description + footer.text;
  }
  const over = findExceeded(total, within(MESSAGE_MOST));
  if (over !== undefined)
    return `its embeds have ${over.found} ${over.limit.measure.unit} in all, at most ${MESSAGE_MOST}`;
  return total === '' ? 'it is empty' : undefined;
}

/** An embed has one image: the paper's first. */
function makeCards(
  item: Item,
  options: FormatOptions,
): { posts: DiscordEmbedMessage[]; told: readonly string[] } {
  const card = makeCard(item, options);
  const [figure, ...others] = card.figures;
  const imageUrl = figure?.imageUrl;
  const { parts, told } = card.cut(DESCRIPTION_MOST);
  const posts = parts.map(({ text, footer }, index): DiscordEmbedMessage => {
    const embed: DiscordEmbed = {
      ...(index === 0 && card.title.trim() !== '' ? { title: writeTitle(card.title) } : {}),
      ...(index === 0 && isLinkable(card.url) ? { url: card.url } : {}),
      description: text,
      color: card.color,
      ...(index === 0 && imageUrl !== undefined ? { image: { url: imageUrl } } : {}),
      footer: { text: footer },
    };
    return { embeds: [embed], allowed_mentions: { parse: [] } };
  });
  return { posts, told: [...told, ...tellLeft(others.length + card.refused)] };
}

/** A title as Discord takes it. */
export function writeTitle(title: string): string {
  return escapeDiscord(shortenTitle(title));
}
