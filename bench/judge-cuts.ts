import { findProtected } from '../formatters/text/protected-spans.ts';
import { mergeRanges, type Range, splitSentences } from '../formatters/text/sentences.ts';
import type { Piece } from '../formatters/text/split-thread.ts';

/** Bluesky's: https://github.com/bluesky-social/atproto/blob/main/lexicons/app/bsky/feed/post.json */
export const MOST_GRAPHEMES = 300;
const MOST_BYTES = 3000;

/** How a text was cut. A thread's last post ends no cut. */
export type Judgement = {
  readonly posts: number;
  readonly cuts: number;
  readonly atSentenceEnd: number;
  /** These are sentence ends, too. */
  readonly atParagraphEnd: number;
  readonly insideWord: number;
  /** The sum over all posts of graphemes ÷ 300. */
  readonly fill: number;
  /** Over 300 graphemes or 3,000 bytes. */
  readonly postsOver: number;
  /** URLs, handles, hashtags, numbers with their units, code, formulas, links, and characters. */
  readonly spansCut: number;
  /** Titles and headings that end a post. */
  readonly headingsAlone: number;
  /** True where the posts have every letter of the text, in order. */
  readonly isWhole: boolean;
};

const clusters = new Intl.Segmenter('en', { granularity: 'grapheme' });
const words = new Intl.Segmenter('en', { granularity: 'word' });

/** Judges posts by the pieces that they were cut from, with Node's own segmenter. */
export function judgeCuts(pieces: readonly Piece[], posts: readonly string[]): Judgement {
  const { text, ranges } = joinPieces(pieces);
  const sentenceEnds = new Set<number>();
  const paragraphEnds = new Set(ranges.map(({ end }) => end));
  const headingEnds = new Set<number>();
  const kept: Range[] = [];
  pieces.forEach(({ prose, keepWithNext }, k) => {
    const { start = 0, end = 0 } = ranges[k] ?? {};
    if (keepWithNext) headingEnds.add(end);
    for (const sentence of splitSentences(prose.text)) sentenceEnds.add(start + sentence.end);
    for (const range of mergeRanges(findProtected(prose))) {
      kept.push({ start: start + range.start, end: start + range.end });
    }
  });
  const cuts = findCuts(text, posts);
  const segments = { cluster: clusters.segment(text), word: words.segment(text) };
  const isInside = (kind: keyof typeof segments, { end, start }: Cut): boolean =>
    end === start && segments[kind].containing(start)?.index !== start;
  const isThrough = (range: Range, { end, start }: Cut): boolean =>
    range.start < end && range.end > start;
  const sizes = posts.map((post) => [...clusters.segment(post)].length);
  const count = (holds: (cut: Cut) => boolean): number => cuts.filter(holds).length;
  return {
    posts: posts.length,
    cuts: cuts.length,
    atSentenceEnd: count(({ end }) => sentenceEnds.has(end)),
    atParagraphEnd: count(({ end }) => paragraphEnds.has(end)),
    insideWord: count((cut) => isInside('word', cut)),
    fill: sizes.reduce((sum, size) => sum + size / MOST_GRAPHEMES, 0),
    postsOver: posts.filter(
      (post, k) => (sizes[k] ?? 0) > MOST_GRAPHEMES || Buffer.byteLength(post) > MOST_BYTES,
    ).length,
    spansCut:
      kept.filter((range) => cuts.some((cut) => isThrough(range, cut))).length +
      count((cut) => isInside('cluster', cut)),
    headingsAlone: count(({ end }) => headingEnds.has(end)),
    isWhole: withoutBlanks(posts.join('')) === withoutBlanks(text),
  };
}

/** The text of pieces in one, and where each lies in it. */
export function joinPieces(pieces: readonly Piece[]): { text: string; ranges: Range[] } {
  let text = '';
  const ranges = pieces.map(({ prose, separator }) => {
    if (text !== '') text += separator;
    const start = text.length;
    text += prose.text;
    return { start, end: text.length };
  });
  return { text, ranges };
}

/** Where a post ends in the text and where the next begins, the blanks between in neither. */
type Cut = { readonly end: number; readonly start: number };

function findCuts(text: string, posts: readonly string[]): Cut[] {
  const letters = Array.from(text.matchAll(/\S/g), ({ index }) => index);
  let sum = 0;
  return posts.slice(0, -1).map((post) => {
    sum += withoutBlanks(post).length;
    return { end: (letters[sum - 1] ?? -1) + 1, start: letters[sum] ?? text.length };
  });
}

function withoutBlanks(text: string): string {
  return text.replace(/\s+/g, '');
}
