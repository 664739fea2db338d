import type { Figure } from '../src/issue/schema.ts';
import { type CardPart, type DiscordCard, makeCard, URL_MOST } from './discord-card.ts';
import { within } from './discord-cut.ts';
import { shortenTitle } from './discord-title.ts';
import type { FormatOptions } from './draft.ts';
import { listImages, tellLeft } from './figures.ts';
import type { Item } from './item.ts';
import { linkWhole } from './parts.ts';
import { escapeDiscord, renderDiscord } from './text/discord-markdown.ts';
import { findExceeded, truncate, utf16Units } from './text/measure.ts';
import type { Span } from './text/prose.ts';
import { pickVoice } from './voice/index.ts';
import type { Voice } from './voice/voice.ts';

/*
 * Components V2: https://discord.com/developers/docs/components/reference
 * All text of a message is at most 4,000 characters; the sending adds its time to the footer.
 */
const TEXT_MOST = 4000 - ' · <t:1234567890:f>'.length;
/** A footer names a topic of at most 200 characters, which escaping can double. */
const FOOTER_ROOM = 600;
const COMPONENTS_MOST = 40;
const LABEL = { measure: utf16Units, most: 80 };
const BUTTON_URL_MOST = 512;
const ALT = { measure: utf16Units, most: 1024 };
const GALLERY_MOST = 10;
/** The flag that a message is made of components alone. */
const IS_COMPONENTS_V2 = 32768;

export type DiscordTextDisplay = { readonly type: 10; readonly content: string };
type GalleryItem = { readonly media: { readonly url: string }; readonly description: string };
type LinkButton = {
  readonly type: 2;
  readonly style: 5;
  readonly label: string;
  readonly url: string;
};
type ContainerChild =
  | DiscordTextDisplay
  | { readonly type: 12; readonly items: readonly GalleryItem[] }
  | { readonly type: 14 }
  | { readonly type: 1; readonly components: readonly LinkButton[] };

/** All of a message, in a frame with a colour; the last thing in it is the footer. */
export type DiscordContainer = {
  readonly type: 17;
  readonly accent_color: number;
  readonly components: readonly ContainerChild[];
};

/** The body of Create Message with Components V2, mentions off. */
export type DiscordComponentMessage = {
  readonly flags: typeof IS_COMPONENTS_V2;
  readonly components: readonly DiscordContainer[];
  readonly embeds?: undefined;
  readonly allowed_mentions: { readonly parse: readonly [] };
};

/** Writes an item as messages with their images, and with buttons under the last. */
export function makeComponentMessages(
  item: Item,
  options: FormatOptions,
): { posts: DiscordComponentMessage[]; told: readonly string[] } {
  const voice = pickVoice(options.languages[0]);
  const card = makeCard(item, options);
  const head = writeHead(card);
  const { parts, told } = card.cut(TEXT_MOST - head.length - FOOTER_ROOM);
  const galleries = shareFigures(card, parts);
  const posts = parts.map(({ text, footer }, index): DiscordComponentMessage => {
    const isLast = index === parts.length - 1;
    const components = [
      ...(index === 0 ? makeText(head) : []),
      ...makeText(text),
      ...makeGallery(galleries[index] ?? [], voice),
      ...(isLast ? makeButtons(card) : []),
      { type: 14 } as const,
      ...makeText(`-# ${escapeDiscord(footer)}`),
    ];
    return {
      flags: IS_COMPONENTS_V2,
      components: [{ type: 17, accent_color: card.color, components }],
      allowed_mentions: { parse: [] },
    };
  });
  const left = galleries.map((figures) => Math.max(0, figures.length - GALLERY_MOST));
  const sum = left.reduce((all, count) => all + count, 0);
  return { posts, told: [...told, ...tellLeft(sum + card.refused)] };
}

/** Says why Discord would refuse a message of components; undefined when it fits. */
export function checkComponentMessage({ components }: DiscordComponentMessage): string | undefined {
  const all = components.flatMap((container) => [container, ...container.components].flatMap(open));
  if (all.length > COMPONENTS_MOST) {
    return `it has ${all.length} components, at most ${COMPONENTS_MOST}`;
  }
  const texts = all.flatMap((one) => (one.type === 10 ? [one.content] : []));
  if (texts.includes('')) return 'a text in it is empty';
  const over = findExceeded(texts.join(''), within(TEXT_MOST));
  if (over !== undefined) {
    return `its texts have ${over.found} ${over.limit.measure.unit} in all, at most ${TEXT_MOST}`;
  }
  for (const one of all) {
    const why =
      one.type === 2 ? checkButton(one) : one.type === 12 ? checkGallery(one.items) : undefined;
    if (why !== undefined) return why;
  }
  return texts.length === 0 ? 'it is empty' : undefined;
}

/** The texts of a message, then the names of its buttons, in the order of reading. */
export function readComponentMessage({ components }: DiscordComponentMessage): string[] {
  return components.flatMap((container) =>
    container.components.flatMap((one) => {
      if (one.type === 10) return [one.content];
      return one.type === 1 ? [one.components.map(({ label }) => `[ ${label} ]`).join(' ')] : [];
    }),
  );
}

function writeHead({ title, url }: DiscordCard): string {
  const line = title.toWellFormed().replace(/\s+/gu, ' ').trim();
  if (line === '') return '';
  // Shortened for its words alone: an address that is too long is left out when it is written.
  return `## ${renderDiscord(linkWhole(shortenTitle(line), url))}`;
}

/** A figure is shown where it stands in the text; those that stand nowhere come first. */
function shareFigures({ figures }: DiscordCard, parts: readonly CardPart[]): Figure[][] {
  const placed = new Set(parts.flatMap((part) => part.figures));
  const shared = parts.map((part) => part.figures.filter((figure) => figures.includes(figure)));
  const [first = [], ...others] = shared;
  return [[...figures.filter((figure) => !placed.has(figure)), ...first], ...others];
}

function makeText(content: string): ContainerChild[] {
  return content === '' ? [] : [{ type: 10, content }];
}

function makeGallery(figures: readonly Figure[], voice: Voice): ContainerChild[] {
  const shown = figures.slice(0, GALLERY_MOST);
  const spans = shown.map((figure): Span => ({ kind: 'figure', figure, start: 0, end: 0 }));
  const items = listImages({ text: '', spans }, voice, ALT).map(
    ({ url, alt }): GalleryItem => ({ media: { url }, description: alt.toWellFormed() }),
  );
  return items.length === 0 ? [] : [{ type: 12, items }];
}

function makeButtons({ buttons }: DiscordCard): ContainerChild[] {
  const components = buttons
    .filter(({ url }) => url.length <= BUTTON_URL_MOST)
    .map(({ label, url }) => ({ type: 2, style: 5, label: truncate(label, LABEL), url }) as const);
  return components.length === 0 ? [] : [{ type: 1, components }];
}

type Component = DiscordContainer | ContainerChild | LinkButton;

function open(component: DiscordContainer | ContainerChild): Component[] {
  return component.type === 1 ? [component, ...component.components] : [component];
}

function checkButton({ label, url }: LinkButton): string | undefined {
  if (url.length > BUTTON_URL_MOST) {
    return `the address of a button has ${url.length} characters, at most ${BUTTON_URL_MOST}`;
  }
  const over = findExceeded(label, within(LABEL.most));
  return over && `the name of a button has ${over.found} characters, at most ${LABEL.most}`;
}

function checkGallery(items: readonly GalleryItem[]): string | undefined {
  if (items.length === 0 || items.length > GALLERY_MOST) {
    return `a gallery in it has ${items.length} images, at least 1 and at most ${GALLERY_MOST}`;
  }
  for (const { media, description } of items) {
    if (media.url.length > URL_MOST) {
      return `the address of an image has ${media.url.length} characters, at most ${URL_MOST}`;
    }
    const over = findExceeded(description, within(ALT.most));
    if (over) return `the words of an image have ${over.found} characters, at most ${ALT.most}`;
  }
  return undefined;
}
