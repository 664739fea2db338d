import type { Draft, Formatter } from './draft.ts';
import { type Item, nameItem } from './item.ts';
import { makeBodyPieces, makePiece } from './text/body-pieces.ts';
import { renderDiscord } from './text/discord-markdown.ts';
import { formatPeriod, listLabels } from './text/labels.ts';
import { codePoints, findExceeded, type Limit, truncate, utf16Units } from './text/measure.ts';
import { type Prose, plainProse, type Span } from './text/prose.ts';
import { type Piece, splitThread } from './text/split-thread.ts';

/*
 * Discord counts code points, discord.js counts UTF-16 units and throws earlier: stay within both.
 * https://discord.com/developers/docs/resources/message#embed-object-embed-limits
 */
const within = (most: number): readonly Limit[] => [
  { measure: codePoints, most },
  { measure: utf16Units, most },
];
const TITLE = { measure: utf16Units, most: 256 };
const FOOTER = { measure: utf16Units, most: 2048 };
const DESCRIPTION_MOST = 4096;
const MESSAGE_MOST = 6000;
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
  format(item): Extract<Draft, { platform: 'discord' }> {
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
  let total = '';
  for (const { title = '', description, footer } of message.embeds) {
    const over =
      findExceeded(title, within(TITLE.most)) ??
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
 * Escaping lengthens the text, so a part is measured as it will be sent: the cut is repeated with
 * less room until every part fits.
 */
function cutToDescriptions(pieces: readonly Piece[]): string[] {
  for (let most = DESCRIPTION_MOST; ; most = Math.floor(most * 0.8)) {
    const parts = splitThread(pieces, within(most)).map(renderDiscord);
    if (parts.every((part) => findExceeded(part, within(DESCRIPTION_MOST)) === undefined))
      return parts;
  }
}

function makeHeader({ paper }: Item): Piece[] {
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

function makeEmbed(item: Item, description: string, index: number, count: number): DiscordEmbed {
  const { issue, paper, position } = item;
  const url = paper.url ?? issue.url;
  const image = paper.body.find((block) => block.kind === 'figure' && block.imageUrl !== undefined);
  const footer = [
    `Issue #${issue.number}`,
    formatPeriod(issue.period),
    `paper ${position} of ${item.count}`,
    ...(count > 1 ? [`part ${index + 1} of ${count}`] : []),
  ].join(' · ');
  const title: Prose = plainProse(truncate(paper.title, TITLE));
  return {
    ...(index === 0 ? { title: title.text, ...(url === undefined ? {} : { url }) } : {}),
    description,
    color: paper.pick ? PICK_COLOR : COLOR,
    ...(index === 0 && image?.kind === 'figure' && image.imageUrl !== undefined
      ? { image: { url: image.imageUrl } }
      : {}),
    footer: { text: truncate(footer, FOOTER) },
  };
}
