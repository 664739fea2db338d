import type { Issue, Paper } from '../src/issue/schema.ts';
import type { DraftFor, Formatter } from './draft.ts';
import { nameItem, type PaperItem } from './item.ts';
import { makeBodyPieces, makePiece } from './text/body-pieces.ts';
import { formatPeriod, listLabels, makeHashtag } from './text/labels.ts';
import { bytes, findExceeded, graphemes, type Limit, measure, truncate } from './text/measure.ts';
import { type Prose, plainProse, type Span } from './text/prose.ts';
import { type Piece, splitThread } from './text/split-thread.ts';

/** A post's text: 300 grapheme clusters and 3,000 bytes, both. https://github.com/bluesky-social/atproto/blob/main/lexicons/app/bsky/feed/post.json */
export const BLUESKY_LIMITS: readonly Limit[] = [
  { measure: graphemes, most: 300 },
  { measure: bytes, most: 3000 },
];
const CARD_TITLE = { measure: graphemes, most: 150 };
const CARD_DESCRIPTION = { measure: graphemes, most: 250 };
/** The most that the `uri` format takes. https://atproto.com/specs/lexicon#uri */
const URI_BYTES = 8192;
const SHORT_URL = { measure: graphemes, most: 60 };

/** A rich-text facet; offsets are bytes of the UTF-8 text, `byteEnd` exclusive. */
export type Facet = {
  readonly index: { readonly byteStart: number; readonly byteEnd: number };
  readonly features: readonly (
    | { readonly $type: 'app.bsky.richtext.facet#link'; readonly uri: string }
    | { readonly $type: 'app.bsky.richtext.facet#tag'; readonly tag: string }
  )[];
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
};

/** Writes an item as a Bluesky thread. */
export const blueskyFormatter: Formatter<'bluesky'> = {
  platform: 'bluesky',
  format(item, options): DraftFor<'bluesky'> {
    if (item.kind === 'digest') return { item: nameItem(item), platform: 'bluesky', posts: [] };
    const posts = cutThread(item).map(
      (prose, index): BlueskyPost => ({
        $type: 'app.bsky.feed.post',
        text: prose.text,
        ...makeFacets(prose),
        langs: options.languages.slice(0, 3),
        ...(index === 0 ? makeCard(item) : {}),
      }),
    );
    return { item: nameItem(item), platform: 'bluesky', posts };
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
  return post.langs.length > 3 ? `it names ${post.langs.length} languages, at most 3` : undefined;
}

/**
 * A first post should be worth stopping for: it begins the text. Where a long byline leaves no room
 * for that, the first of these headers that does is taken, and what it lacks stands at the end.
 */
function cutThread({ issue, paper }: PaperItem): Prose[] {
  const title = linkWhole(paper.title, paper.url);
  const byline = plainProse(paper.byline.text);
  const names = plainProse(paper.byline.text.replace(/\s*\[[^\]]*\]$/, ''));
  const labels = makeLabels(paper);
  const closing = makeClosing(issue);
  const body = makeBodyPieces(paper.body);
  const layouts = [
    { header: [title, byline, labels], ending: [closing] },
    { header: [title, names, labels], ending: [byline, closing] },
    { header: [title, names], ending: [byline, labels, closing] },
    { header: [title], ending: [byline, labels, closing] },
  ];
  const cut = (pieces: readonly Piece[]): Prose[] =>
    splitThread(pieces.map(shortenUrls), BLUESKY_LIMITS);
  let first: Prose[] | undefined;
  for (const { header, ending } of layouts) {
    const top = stack(header, true);
    const thread = cut([...top, ...body, ...stack(ending, false)]);
    const headerText = top.map(({ prose, separator }) => separator + prose.text).join('');
    if (!headerText.trimStart().startsWith(thread[0]?.text ?? '')) return thread;
    first ??= thread;
  }
  return first ?? [];
}

/** Lines that stay together: a blank line under a title and above an ending, else none. */
function stack(lines: readonly Prose[], isHeader: boolean): Piece[] {
  const filled = lines.filter(({ text }) => text !== '');
  return filled.map((prose, index) => {
    const isApart = index === 0 || (isHeader && index === 1);
    return makePiece(prose, isApart ? '\n\n' : '\n', isHeader || index < filled.length - 1);
  });
}

function makeLabels(paper: Paper): Prose {
  const tags = [...new Set(paper.topics.flatMap((topic) => makeHashtag(topic) ?? []))];
  const hashtags = tags.map((tag) => `#${tag}`);
  const text = listLabels(paper, hashtags).join(' · ');
  let from = 0;
  const spans = tags.map((tag): Span => {
    const start = text.indexOf(`#${tag}`, from);
    from = start + tag.length + 1;
    return { kind: 'tag', tag, start, end: from };
  });
  return { text, spans };
}

function makeClosing(issue: Issue): Prose {
  const before = `From issue #${issue.number}, ${formatPeriod(issue.period)}: `;
  const title = linkWhole(issue.title, issue.url);
  const spans = title.spans.map((span) => ({
    ...span,
    start: span.start + before.length,
    end: span.end + before.length,
  }));
  return { text: before + title.text, spans };
}

function linkWhole(text: string, url: string | undefined): Prose {
  return {
    text: text.toWellFormed(),
    spans: url === undefined ? [] : [{ kind: 'link', url, start: 0, end: text.length }],
  };
}

function makeCard({ issue, paper }: PaperItem): Pick<BlueskyPost, 'embed'> {
  const uri = paper.url ?? issue.url;
  if (uri === undefined || isTooLongUri(uri)) return {};
  const external = {
    uri,
    title: truncate(paper.title.toWellFormed(), CARD_TITLE),
    description: truncate(paper.byline.text.toWellFormed(), CARD_DESCRIPTION),
  };
  return { embed: { $type: 'app.bsky.embed.external', external } };
}

function makeFacets({ text, spans }: Prose): Pick<BlueskyPost, 'facets'> {
  const facets = spans.flatMap((span): Facet[] => {
    if (span.kind !== 'link' && span.kind !== 'tag') return [];
    if (span.kind === 'link' && isTooLongUri(span.url)) return [];
    const byteStart = Buffer.byteLength(text.slice(0, span.start));
    const byteEnd = byteStart + Buffer.byteLength(text.slice(span.start, span.end));
    const feature =
      span.kind === 'link'
        ? ({ $type: 'app.bsky.richtext.facet#link', uri: span.url } as const)
        : ({ $type: 'app.bsky.richtext.facet#tag', tag: span.tag } as const);
    return [{ index: { byteStart, byteEnd }, features: [feature] }];
  });
  return facets.length === 0 ? {} : { facets };
}

function isTooLongUri(uri: string): boolean {
  return Buffer.byteLength(uri) > URI_BYTES;
}

/** A URL that no post can hold is shown by its beginning; the link under it stays whole. */
function shortenUrls(piece: Piece): Piece {
  const { text, spans } = piece.prose;
  const long = spans.filter(
    (span) => span.kind === 'link' && text.slice(span.start, span.end) === span.url,
  );
  const moves: { readonly at: number; readonly by: number }[] = [{ at: 0, by: 0 }];
  let shown = '';
  let from = 0;
  for (const { start, end } of long.sort((a, b) => a.start - b.start)) {
    const url = text.slice(start, end);
    if (findExceeded(url, BLUESKY_LIMITS) === undefined) continue;
    shown += text.slice(from, start);
    shown += truncate(url.replace(/^https?:\/\/(?:www\.)?/i, ''), SHORT_URL);
    from = end;
    moves.push({ at: end, by: shown.length - end });
  }
  if (moves.length === 1) return piece;
  const move = (offset: number): number =>
    offset + (moves[moves.findLastIndex(({ at }) => at <= offset)]?.by ?? 0);
  const moved = spans.map((span) => ({ ...span, start: move(span.start), end: move(span.end) }));
  return { ...piece, prose: { text: shown + text.slice(from), spans: moved } };
}
