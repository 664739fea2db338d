import { splitGraphemes } from 'unicode-segmenter/grapheme';
import { findEnclosed } from './enclosed.ts';
import type { Prose } from './prose.ts';
import { findProtected } from './protected-spans.ts';
import {
  firstEndingAfter,
  mergeRanges,
  type Range,
  splitSentences,
  trimRange,
} from './sentences.ts';

/** A place where a post may end: it ends at `end`, the next one begins at `start`. */
export type BreakPoint = {
  readonly end: number;
  readonly start: number;
  /** What a cut here costs for breaking a sentence; 0 at a sentence's end. */
  readonly wound: number;
  /** True for a clause's end inside a sentence that fits a post: a cut to be had for a post less. */
  readonly isTrade?: boolean;
  /** For a cut inside a word, a link, a cluster: what is cut. */
  readonly word?: Range;
};

/**
 * What it costs to cut inside a sentence that is too long for a post, from the best place to the
 * worst. Each is dearer than any sensible number of the one before it.
 */
export const WOUND = {
  sentenceEnd: 0,
  innerSentenceEnd: 1, // the end of a sentence inside a quotation or brackets
  clause: 8, // after ; : or a dash
  comma: 64,
  word: 512,
  enclosed: 2, // factor inside brackets or quotes
  letter: 2 ** 20, // inside a word that is longer than a post
  protected: 2 ** 26, // inside a URL, a number, a link: only if it alone is longer than a post
  cluster: 2 ** 34, // inside a grapheme cluster that alone is over a limit in bytes
} as const;

/** What a text weighs, as the cutter sees it. */
type Weighing = {
  readonly isTooLong: (range: Range) => boolean;
  /** True where a cut goes through no grapheme cluster. */
  readonly isBoundary: (at: number) => boolean;
  /** How full a post the stretch would make. */
  readonly fullness: (range: Range) => number;
};

export type BreakOptions = {
  /** Offers the clauses of sentences that fit a post as well. */
  readonly hasTrades?: boolean;
};

/** Inside an endless word a break is offered this often in a post: closer ones only cost time. */
const LETTER_STEP = 1 / 64;

/**
 * The break points inside and after each sentence of a paragraph, in order. Places inside a
 * sentence are offered only where `isTooLong` says that the stretch cannot be one post.
 */
export function findBreakPoints(
  prose: Prose,
  weighing: Weighing,
  { hasTrades = false }: BreakOptions = {},
): BreakPoint[] {
  const { text } = prose;
  const { isTooLong } = weighing;
  const protectedRanges = mergeRanges(
    findProtected(prose).filter(
      (range) => !isTooLong(range) || !/\s/u.test(text.slice(range.start, range.end)),
    ),
  );
  const sentences = joinProtected(splitSentences(text), protectedRanges, weighing);
  const isEnclosed = hasTrades || sentences.some(isTooLong) ? findEnclosed(text) : undefined;
  const points: BreakPoint[] = [];
  sentences.forEach((sentence, index) => {
    const isWhole = !isTooLong(sentence);
    if (isEnclosed !== undefined && (hasTrades || !isWhole)) {
      for (const point of breakSentence(text, sentence, protectedRanges, isEnclosed, weighing)) {
        if (!isWhole) points.push(point);
        else if (point.wound === WOUND.clause) points.push({ ...point, isTrade: true });
      }
    }
    const next = sentences[index + 1]?.start ?? sentence.end;
    points.push({ end: sentence.end, start: next, wound: WOUND.sentenceEnd });
  });
  return points;
}

/** The words of a link, a formula or code may hold the end of a sentence: no cut goes there. */
function joinProtected(
  sentences: readonly Range[],
  protectedRanges: readonly Range[],
  { isBoundary }: Weighing,
): Range[] {
  const joined: { start: number; end: number }[] = [];
  let cursor = 0;
  for (const sentence of sentences) {
    const last = joined.at(-1);
    while ((protectedRanges[cursor]?.end ?? Infinity) <= sentence.start) cursor += 1;
    const isInside =
      (protectedRanges[cursor]?.start ?? Infinity) < (last?.end ?? 0) ||
      !isBoundary(sentence.start);
    if (last !== undefined && isInside) last.end = sentence.end;
    else joined.push({ ...sentence });
  }
  return joined;
}

function breakSentence(
  text: string,
  sentence: Range,
  protectedRanges: readonly Range[],
  isEnclosed: Uint8Array,
  weighing: Weighing,
): BreakPoint[] {
  const points: BreakPoint[] = [];
  const chunks = splitChunks(text, sentence, protectedRanges, weighing);
  chunks.forEach((chunk, index) => {
    if (weighing.isTooLong(chunk)) breakChunk(text, chunk, protectedRanges, weighing, points);
    const next = chunks[index + 1];
    if (next === undefined) return;
    const factor = isEnclosed[next.start] === 1 ? WOUND.enclosed : 1;
    const left = text.slice(Math.max(chunk.start, chunk.end - 40), chunk.end);
    const wound = woundAt(left, text.charAt(next.start)) * factor;
    points.push({ end: chunk.end, start: next.start, wound });
  });
  return points;
}

/** Splits a sentence at its blanks, and between words where a script writes none; never inside a protected range. */
function splitChunks(
  text: string,
  sentence: Range,
  protectedRanges: readonly Range[],
  { isBoundary }: Weighing,
): Range[] {
  const chunks: Range[] = [];
  let start = sentence.start;
  let cursor = firstEndingAfter(protectedRanges, start);
  for (const place of wordPlaces(text, sentence)) {
    while ((protectedRanges[cursor]?.end ?? Infinity) <= place) cursor += 1;
    if ((protectedRanges[cursor]?.start ?? Infinity) < place || !isBoundary(place)) continue;
    const chunk = trimRange(text, start, place);
    if (chunk.end > chunk.start) chunks.push(chunk);
    start = place;
  }
  chunks.push(trimRange(text, start, sentence.end));
  return chunks;
}

/** Made by the first sentence that needs it: few do, and it costs a noticeable part of a cold start. */
let words: Intl.Segmenter | undefined;
const UNSPACED =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;

/** Offsets where a new word begins. */
function* wordPlaces(text: string, sentence: Range): Generator<number> {
  const content = text.slice(sentence.start, sentence.end);
  if (!UNSPACED.test(content)) {
    for (const match of content.matchAll(/\s+(?=\S)|(?<!\d(?=[–—]\d))[–—](?=[^\s–—])/gu)) {
      yield sentence.start + match.index + match[0].length;
    }
    return;
  }
  words ??= new Intl.Segmenter('en', { granularity: 'word' });
  let previous = ' ';
  for (const { index, segment } of words.segment(content)) {
    const isAfterBlank = /\s$/u.test(previous) && !/^\s/u.test(segment);
    const isBetweenWords =
      /[\p{L}\p{N}\p{M}，、；：。！？）」』】》]$/u.test(previous) &&
      (UNSPACED.test(previous) || UNSPACED.test(segment) || /^[（「『【《]/u.test(segment)) &&
      /^[\p{L}\p{N}（「『【《]/u.test(segment);
    if (index > 0 && (isAfterBlank || isBetweenWords)) yield sentence.start + index;
    previous = segment;
  }
}

function woundAt(left: string, nextCharacter: string): number {
  if (/[.!?…。！？]["”’'»)\]]*$/u.test(left) && /[\p{Lu}"“‘(\p{Lo}]/u.test(nextCharacter)) {
    return WOUND.innerSentenceEnd;
  }
  if (/[;:–—；：]["”’')\]]*$|^[–—-]$/u.test(left) || /^[–—]/u.test(nextCharacter))
    return WOUND.clause;
  if (/[,，、]["”’')\]]*$/u.test(left) || /^[([]/u.test(nextCharacter)) return WOUND.comma;
  return WOUND.word;
}

/** Break points inside a word or a protected range that alone is longer than a post. */
function breakChunk(
  text: string,
  chunk: Range,
  protectedRanges: readonly Range[],
  { isTooLong, isBoundary, fullness }: Weighing,
  into: BreakPoint[],
): void {
  let at = chunk.start;
  let offered = at;
  let cursor = firstEndingAfter(protectedRanges, at);
  const breakAt = (place: number, wound: number, word: Range = chunk): void => {
    into.push({ end: place, start: place, wound, word });
    offered = place;
  };
  for (const cluster of splitGraphemes(text.slice(chunk.start, chunk.end))) {
    if (at > chunk.start) {
      while ((protectedRanges[cursor]?.end ?? Infinity) <= at) cursor += 1;
      const range = protectedRanges[cursor];
      const isInside = range !== undefined && range.start < at;
      const isEdge = range?.start === at || protectedRanges[cursor - 1]?.end === at;
      const isDue = isEdge || fullness({ start: offered, end: at + cluster.length }) > LETTER_STEP;
      // Most protected ranges fit into a post: those stay whole even inside a huge chunk.
      if (isDue && isBoundary(at)) {
        if (!isInside) breakAt(at, WOUND.letter);
        else if (isTooLong(range)) breakAt(at, WOUND.protected, range);
      }
    }
    if (isTooLong({ start: at, end: at + cluster.length })) {
      let inner = at;
      for (const codePoint of cluster) {
        if (inner > at) breakAt(inner, WOUND.cluster);
        inner += codePoint.length;
      }
    }
    at += cluster.length;
  }
}
