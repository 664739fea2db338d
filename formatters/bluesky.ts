import {
  type Facet,
  isTooLongUri,
  makeFacets,
  shortenUrls,
  tagHashtags,
} from './bluesky-facets.ts';
import type { ThreadTraits } from './cutter.ts';
import type { DraftFor, FormatOptions, Formatter } from './draft.ts';
import { type Image, listImages, shareImages, tellLeft } from './figures.ts';
import { type Item, nameItem } from './item.ts';
import { readTitle } from './parts.ts';
import { bytes, findExceeded, graphemes, type Limit, measure, truncate } from './text/measure.ts';
import type { Prose } from './text/prose.ts';
import { makeThread } from './thread.ts';
import { pickVoice } from './voice/index.ts';

/** A post's text: 300 grapheme clusters and 3,000 bytes, both. https://github.com/bluesky-social/atproto/blob/main/lexicons/app/bsky/feed/post.json */
export const BLUESKY_LIMITS: readonly Limit[] = [
  { measure: graphemes, most: 300 },
  { measure: bytes, most: 3000 },
];
const CARD_TITLE = { measure: graphemes, most: 150 };
const CARD_DESCRIPTION = { measure: graphemes, most: 250 };
/** https://github.com/bluesky-social/atproto/blob/main/lexicons/app/bsky/embed/images.json */
const IMAGES_MOST = 4;
/** The lexicon sets no limit; the app's own composer takes so much. https://github.com/bluesky-social/social-app/blob/main/src/lib/constants.ts */
const ALT = { measure: graphemes, most: 2000 };

/** An image of a post; the aspect ratio in pixels, where the issue states them. */
export type BlueskyImage = {
  readonly url: string;
  readonly alt: string;
  readonly aspectRatio?: { readonly width: number; readonly height: number };
};

/** An `app.bsky.feed.post` record, but for `createdAt` and `reply`, which the sending adds. */
export type BlueskyPost = {
  readonly $type: 'app.bsky.feed.post';
  readonly text: string;
  readonly facets?: readonly Facet[];
  readonly langs: readonly string[];
  readonly embed?: {
    readonly $type: 'app.bsky.embed.external';
    readonly external: {
      readonly uri: string;
      readonly title: string;
      readonly description: string;
    };
  };
  /**
   * No part of the record: the publisher uploads each image as a blob and puts an
   * `app.bsky.embed.images` in the place of this field. At most four, and never beside `embed`.
   */
  readonly images?: readonly BlueskyImage[];
  /**
   * No part of the record either: where the card's own image is. The publisher uploads it and names
   * the blob in the card. Only beside `embed`.
   */
  readonly thumb?: string;
};

/** How Bluesky's threads are cut: links lie on words. */
export function makeBlueskyTraits({ ownText = '' }: FormatOptions): ThreadTraits {
  return {
    limits: BLUESKY_LIMITS,
    paperLink: 'title',
    write: (prose) => {
      const shown = shortenUrls(prose, BLUESKY_LIMITS);
      return ownText.trim() === '' ? shown : tagHashtags(shown);
    },
  };
}

/** Writes an item as a Bluesky thread. */
export const blueskyFormatter: Formatter<'bluesky'> = {
  platform: 'bluesky',
  format(item, options): DraftFor<'bluesky'> {
    const thread = makeThread(item, options, makeBlueskyTraits(options));
    const { posts } = thread;
    const card = makeCard(item, options);
    const { images, left } = placeImages(posts, options, card.embed !== undefined);
    const told = [...thread.told, ...tellLeft(left)];
    const first = { ...card, ...makeThumb(item, card, images) };
    return {
      item: nameItem(item),
      platform: 'bluesky',
      posts: posts.map((prose, index): BlueskyPost => {
        const shown = images[index] ?? [];
        return {
          $type: 'app.bsky.feed.post',
          text: prose.text,
          ...makeFacets(prose),
          langs: options.languages.slice(0, 3),
          ...(shown.length > 0 ? { images: shown.map(toBlueskyImage) } : index === 0 ? first : {}),
        };
      }),
      ...(told.length === 0 ? {} : { told }),
    };
  },
};

/** Says why Bluesky would not show a post as it is; undefined when it fits. */
export function checkBlueskyPost(post: BlueskyPost): string | undefined {
  const over = findExceeded(post.text, BLUESKY_LIMITS);
  if (over !== undefined) {
    return `its text has ${over.found} ${over.limit.measure.unit}, at most ${over.limit.most}`;
  }
  const length = measure(post.text, bytes);
  for (const { index } of post.facets ?? []) {
    if (index.byteStart < 0 || index.byteStart >= index.byteEnd || index.byteEnd > length) {
      return `a link lies outside its text (bytes ${index.byteStart} to ${index.byteEnd} of ${length})`;
    }
  }
  if (post.langs.length > 3) return `it names ${post.langs.length} languages, at most 3`;
  return checkImages(post);
}

function checkImages({ images = [], embed, thumb }: BlueskyPost): string | undefined {
  if (images.length > IMAGES_MOST) return `it has ${images.length} images, at most ${IMAGES_MOST}`;
  if (images.length > 0 && embed !== undefined)
    return 'it has images and a card, which is one too many';
  if (thumb !== undefined) {
    if (embed === undefined) return 'it has an image for a card, and no card';
    if (!isLoadable(thumb)) return `no image can be loaded from ${thumb}`;
  }
  for (const { url, alt } of images) {
    if (!isLoadable(url)) return `no image can be loaded from ${url}`;
    if (alt.trim() === '') return `the image ${url} has no words for those who cannot see it`;
    const over = findExceeded(alt, [ALT]);
    if (over !== undefined) {
      return `the words of an image have ${over.found} ${ALT.measure.unit}, at most ${ALT.most}`;
    }
  }
  return undefined;
}

function isLoadable(url: string): boolean {
  return /^https?:\/\//i.test(url) && URL.canParse(url);
}

/** The link card on the first post leads to the paper, or to the issue. */
function makeCard(item: Item, options: FormatOptions): Pick<BlueskyPost, 'embed'> {
  const { issue } = item;
  const uri = item.kind === 'paper' ? (item.paper.url ?? issue.url) : issue.url;
  if (uri === undefined || isTooLongUri(uri)) return {};
  const [title, description] =
    item.kind === 'paper'
      ? [item.paper.title, item.paper.byline.text]
      : [issue.title, pickVoice(options.languages[0]).formatPeriod(issue.period)];
  const external = {
    uri,
    title: truncate(readTitle(title).text, CARD_TITLE),
    description: truncate(description.toWellFormed(), CARD_DESCRIPTION),
  };
  return { embed: { $type: 'app.bsky.embed.external', external } };
}

/** The card of a paper shows its first figure, unless a post of the thread does. */
function makeThumb(
  item: Item,
  { embed }: Pick<BlueskyPost, 'embed'>,
  images: ReturnType<typeof placeImages>['images'],
): Pick<BlueskyPost, 'thumb'> {
  if (item.kind !== 'paper' || embed === undefined) return {};
  const shown = new Set(images.flat().map(({ url }) => url));
  const [first] = item.paper.body.flatMap((block) =>
    block.kind === 'figure' && block.imageUrl !== undefined ? [block.imageUrl] : [],
  );
  return first === undefined || shown.has(first) ? {} : { thumb: first };
}

/**
 * A post has a card or images. On the first post the card wins, and its images move to the second
 * one; where there is none, they take the place of the card. But in an editor's own words the card
 * may be all that leads to the paper: it stays, and shows the first of them itself.
 */
function placeImages(
  posts: readonly Prose[],
  options: FormatOptions,
  hasCard: boolean,
): ReturnType<typeof shareImages> {
  const voice = pickVoice(options.languages[0]);
  const [first = [], second, ...others] = posts.map((prose) => listImages(prose, voice, ALT));
  const isOwn = (options.ownText ?? '').trim() !== '';
  if (hasCard && second === undefined && isOwn) {
    return { images: [], left: Math.max(0, first.length - 1) };
  }
  if (!hasCard || second === undefined) {
    return shareImages([first, ...(second === undefined ? [] : [second]), ...others], IMAGES_MOST);
  }
  return shareImages([[], [...first, ...second], ...others], IMAGES_MOST);
}

function toBlueskyImage({ url, alt, size }: Image): BlueskyImage {
  return { url, alt, ...(size === undefined ? {} : { aspectRatio: size }) };
}
