import { type Edit, editProse } from './text/edit-prose.ts';
import { findExceeded, graphemes, type Limit, truncate } from './text/measure.ts';
import type { Prose, Span } from './text/prose.ts';

/** The most that the `uri` format takes. https://atproto.com/specs/lexicon#uri */
const URI_BYTES = 8192;
const SHORT_URL = { measure: graphemes, most: 60 };
/** At most 64 graphemes. https://github.com/bluesky-social/atproto/blob/main/lexicons/app/bsky/richtext/facet.json */
const HASHTAG = /(?<![^\s(])#(\p{L}[\p{L}\p{M}\p{N}_]{0,62})(?![\p{L}\p{M}\p{N}_])/gu;

/** A rich-text facet; offsets are bytes of the UTF-8 text, `byteEnd` exclusive. */
export type Facet = {
  readonly index: { readonly byteStart: number; readonly byteEnd: number };
  readonly features: readonly (
    | { readonly $type: 'app.bsky.richtext.facet#link'; readonly uri: string }
    | { readonly $type: 'app.bsky.richtext.facet#tag'; readonly tag: string }
  )[];
};

/** The facets of a text: its links and hashtags. Absent where it has none, as in the record. */
export function makeFacets({ text, spans }: Prose): { facets?: readonly Facet[] } {
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

/** True for an address that no record could hold. */
export function isTooLongUri(uri: string): boolean {
  return Buffer.byteLength(uri) > URI_BYTES;
}

/** A URL that no post can hold is shown by its beginning; the link under it stays whole. */
export function shortenUrls(prose: Prose, limits: readonly Limit[]): Prose {
  const { text, spans } = prose;
  const edits = spans
    .filter((span) => span.kind === 'link' && text.slice(span.start, span.end) === span.url)
    .sort((a, b) => a.start - b.start)
    .flatMap(({ start, end }): Edit[] => {
      const url = text.slice(start, end);
      if (findExceeded(url, limits) === undefined) return [];
      const shown = truncate(url.replace(/^https?:\/\/(?:www\.)?/i, ''), SHORT_URL);
      return [{ start, end, text: shown }];
    });
  return editProse(prose, edits);
}

/** An editor who writes a hashtag means one; in the text of an issue a "#" is only that. */
export function tagHashtags({ text, spans }: Prose): Prose {
  const taken = spans.filter(({ kind }) => kind === 'link' || kind === 'code');
  const tags = [...text.matchAll(HASHTAG)].flatMap((match): Span[] => {
    const [whole, tag = ''] = match;
    const start = match.index;
    const end = start + whole.length;
    if (taken.some((span) => span.start < end && start < span.end)) return [];
    return [{ kind: 'tag', tag, start, end }];
  });
  return { text, spans: [...spans, ...tags] };
}
