import type { DraftFor, Formatter } from './draft.ts';
import { nameItem, type PaperItem } from './item.ts';
import { makeBodyPieces, makePiece } from './text/body-pieces.ts';
import { escapeDiscord, renderDiscord } from './text/discord-markdown.ts';
import { formatPeriod, listLabels } from './text/labels.ts';
import { codePoints, findExceeded, type Limit, truncate, utf16Units } from './text/measure.ts';
import { plainProse, type Span } from './text/prose.ts';
import { type Piece, splitThread } from './text/split-thread.ts';

/*
 * Discord counts code points, discord.js counts UTF-16 units and throws earlier: stay within both.
 * https://discord.com/developers/docs/resources/message#embed-object-embed-limits
 */
const within = (most: number): readonly Limit[] => [
  { measure: codePoints, most },
  { measure: utf16Units, most },
];
const TITLE_MOST = 256;
const FOOTER = { measure: utf16Units, most: 2048 };
const DESCRIPTION_MOST = 4096;
const MESSAGE_MOST = 6000;
const EMBEDS_MOST = 10;
const URL_MOST = 2048;
const COLOR = 0x2f6f9f;
const PICK_COLOR = 0xe0a526;

export type DiscordEmbed = {
  readonly title?: string;
  readonly url?: string;
  readonly description: string;
  readonly color: number;
  readonly image?: { readonly url: string };
  readonly footer: { readonly text: string };
};

/** The body of Create Message. Mentions are off: nothing in an issue can ping anybody. */
export type DiscordMessage = {
  readonly embeds: readonly DiscordEmbed[];
  readonly allowed_mentions: { readonly parse: readonly [] };
};

/** Writes an item as one card, or several messages where it is longer than a card holds. */
export const discordFormatter: Formatter<'discord'> = {
  platform: 'discord',
  format(item): DraftFor<'discord'> {
    if (item.kind === 'digest') return { item: nameItem(item), platform: 'discord', posts: [] };
    const parts = cutToDescriptions([...makeHeader(item), ...makeBodyPieces(item.paper.body)]);
    const posts = parts.map(
      (description, index): DiscordMessage => ({
        embeds: [makeEmbed(item, description, index, parts.length)],
        allowed_mentions: { parse: [] },
      }),
    );
    return { item: nameItem(item), platform: 'discord', posts };
  },
};

/** Says why Discord would refuse a message; undefined when it fits. */
export function checkDiscordMessage(message: DiscordMessage): string | undefined {
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
      findExceeded(footer.text, within(FOOTER.most));
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

/**
 * Escaping and addresses lengthen the text, so a part is measured as it will be sent: the cut is
 * repeated with less room until every part fits. Where that asks for crumbs, the links and emphasis
 * go: plain text at most doubles.
 */
function cutToDescriptions(pieces: readonly Piece[]): string[] {
  let most = DESCRIPTION_MOST;
  while (most >= 512) {
    const parts = splitThread(pieces, within(most)).map(renderDiscord);
    const longest = Math.max(0, ...parts.map((part) => part.length));
    if (longest <= DESCRIPTION_MOST) return parts.length === 0 ? [''] : parts;
    most = Math.floor(most / Math.max(1.1, longest / DESCRIPTION_MOST));
  }
  const plain = pieces.map((piece) => ({ ...piece, prose: plainProse(piece.prose.text) }));
  return splitThread(plain, within(DESCRIPTION_MOST / 2)).map(renderDiscord);
}

function makeHeader({ paper }: PaperItem): Piece[] {
  const pieces: Piece[] = [];
  const byline = paper.byline.text;
  if (byline !== '') {
    const spans: Span[] = [{ kind: 'emphasis', start: 0, end: byline.length }];
    pieces.push(makePiece({ text: byline, spans }, '\n\n', true));
  }
  const labels = listLabels(paper, paper.topics).join(' · ');
  if (labels !== '') pieces.push(makePiece(plainProse(labels), '\n', true));
  return pieces;
}

function makeEmbed(
  item: PaperItem,
  description: string,
  index: number,
  count: number,
): DiscordEmbed {
  const { issue, paper, position } = item;
  const url = paper.url ?? issue.url;
  const imageUrl = paper.body
    .map((block) => (block.kind === 'figure' ? block.imageUrl : undefined))
    .find(isLinkable);
  const footer = [
    `Issue #${issue.number}`,
    formatPeriod(issue.period),
    `paper ${position} of ${item.count}`,
    ...(count > 1 ? [`part ${index + 1} of ${count}`] : []),
  ].join(' · ');
  return {
    ...(index === 0 ? { title: writeTitle(paper.title) } : {}),
    ...(index === 0 && isLinkable(url) ? { url } : {}),
    description,
    color: paper.pick ? PICK_COLOR : COLOR,
    ...(index === 0 && isLinkable(imageUrl) ? { image: { url: imageUrl } } : {}),
    footer: { text: truncate(footer, FOOTER) },
  };
}

function isLinkable(url: string | undefined): url is string {
  return url !== undefined && url.length <= URL_MOST;
}

/** A title is Markdown too, and escaping can lengthen it: shortened until it fits as it is sent. */
export function writeTitle(title: string): string {
  for (let most = TITLE_MOST; ; most -= 8) {
    const written = escapeDiscord(truncate(title, { measure: utf16Units, most }));
    if (written.length <= TITLE_MOST) return written;
  }
}
