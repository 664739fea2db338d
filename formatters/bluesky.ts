import type { Issue, Paper } from '../src/issue/schema.ts';
import type { Draft, Formatter } from './draft.ts';
import { type Item, nameItem } from './item.ts';
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
  format(item, options): Extract<Draft, { platform: 'bluesky' }> {
    const { issue, paper } = item;
    const pieces = [...makeHeader(paper), ...makeBodyPieces(paper.body), makeClosing(issue)];
    const posts = splitThread(pieces.map(shortenUrls), BLUESKY_LIMITS).map(
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

function makeHeader(paper: Paper): Piece[] {
  const title = linkWhole(paper.title, paper.url);
  const pieces = [makePiece(title, '\n\n', true)];
  if (paper.byline.text !== '') pieces.push(makePiece(plainProse(paper.byline.text), '\n\n', true));
  const tags = paper.topics.flatMap((topic) => makeHashtag(topic) ?? []);
  const labels = listLabels(
    paper,
    tags.map((tag) => `#${tag}`),
  );
  if (labels.length === 0) return pieces;
  const text = labels.join(' · ');
  const spans = tags.map((tag): Span => {
    const start = text.indexOf(`#${tag}`);
    return { kind: 'tag', tag, start, end: start + tag.length + 1 };
  });
  pieces.push(makePiece({ text, spans }, pieces.length > 1 ? '\n' : '\n\n', true));
  return pieces;
}

function makeClosing(issue: Issue): Piece {
  const before = `From issue #${issue.number}, ${formatPeriod(issue.period)}: `;
  const title = linkWhole(issue.title, issue.url);
  const spans = title.spans.map((span) => ({
    ...span,
    start: span.start + before.length,
    end: span.end + before.length,
  }));
  return makePiece({ text: before + issue.title, spans }, '\n\n', false);
}

function linkWhole(text: string, url: string | undefined): Prose {
  return {
    text,
    spans: url === undefined ? [] : [{ kind: 'link', url, start: 0, end: text.length }],
  };
}

function makeCard({ issue, paper }: Item): Pick<BlueskyPost, 'embed'> {
  const uri = paper.url ?? issue.url;
  if (uri === undefined) return {};
  const external = {
    uri,
    title: truncate(paper.title, CARD_TITLE),
    description: truncate(paper.byline.text, CARD_DESCRIPTION),
  };
  return { embed: { $type: 'app.bsky.embed.external', external } };
}

function makeFacets({ text, spans }: Prose): Pick<BlueskyPost, 'facets'> {
  const facets = spans.flatMap((span): Facet[] => {
    if (span.kind !== 'link' && span.kind !== 'tag') return [];
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

/** A URL that no post can hold is shown by its beginning; the link under it stays whole. */
function shortenUrls(piece: Piece): Piece {
  let text = '';
  let from = 0;
  const { prose } = piece;
  const moves: { readonly at: number; readonly by: number }[] = [];
  for (const span of prose.spans) {
    if (span.kind !== 'link' || findExceeded(span.url, BLUESKY_LIMITS) === undefined) continue;
    if (prose.text.slice(span.start, span.end) !== span.url) continue;
    const shown = truncate(span.url.replace(/^https?:\/\/(?:www\.)?/, ''), SHORT_URL);
    text += prose.text.slice(from, span.start) + shown;
    from = span.end;
    moves.push({ at: span.end, by: shown.length - (span.end - span.start) });
  }
  if (moves.length === 0) return piece;
  const move = (offset: number): number =>
    offset + moves.reduce((sum, { at, by }) => (at <= offset ? sum + by : sum), 0);
  const spans = prose.spans.map((span) => ({
    ...span,
    start: move(span.start),
    end: move(span.end),
  }));
  return { ...piece, prose: { text: text + prose.text.slice(from), spans } };
}
