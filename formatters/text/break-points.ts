import { splitGraphemes } from 'unicode-segmenter/grapheme';
import type { Prose } from './prose.ts';
import { findProtected } from './protected-spans.ts';
import { findEnclosed, type Range, splitSentences, trimRange } from './sentences.ts';

/** A place where a post may end: it ends at `end`, the next one begins at `start`. */
export type BreakPoint = {
  readonly end: number;
  readonly start: number;
  /** What a cut here costs for breaking a sentence; 0 at a sentence's end. */
  readonly wound: number;
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

/**
 * The break points inside and after each sentence of a paragraph, in order. Places inside a
 * sentence are offered only where `isTooLong` says that the stretch cannot be one post.
 */
export function findBreakPoints(prose: Prose, isTooLong: (range: Range) => boolean): BreakPoint[] {
  const { text } = prose;
  const sentences = splitSentences(text);
  const points: BreakPoint[] = [];
  const hasLong = sentences.some(isTooLong);
  const protectedRanges = hasLong ? mergeRanges(findProtected(prose)) : [];
  const isEnclosed = hasLong ? findEnclosed(text) : undefined;
  sentences.forEach((sentence, index) => {
    if (isEnclosed !== undefined && isTooLong(sentence)) {
      points.push(...breakSentence(text, sentence, protectedRanges, isEnclosed, isTooLong));
    }
    const next = sentences[index + 1]?.start ?? sentence.end;
    points.push({ end: sentence.end, start: next, wound: WOUND.sentenceEnd });
  });
  return points;
}

function breakSentence(
  text: string,
  sentence: Range,
  protectedRanges: readonly Range[],
  isEnclosed: Uint8Array,
  isTooLong: (range: Range) => boolean,
): BreakPoint[] {
  const points: BreakPoint[] = [];
  const chunks = splitChunks(text, sentence, protectedRanges);
  chunks.forEach((chunk, index) => {
    if (isTooLong(chunk)) points.push(...breakChunk(text, chunk, protectedRanges, isTooLong));
    const next = chunks[index + 1];
    if (next === undefined) return;
    const factor = isEnclosed[next.start] === 1 ? WOUND.enclosed : 1;
    points.push({
      end: chunk.end,
      start: next.start,
      wound: woundAt(text.slice(chunk.start, chunk.end), text.charAt(next.start)) * factor,
    });
  });
  return points;
}

/** Splits a sentence at its blanks, and between words where a script writes none; never inside a protected range. */
function splitChunks(text: string, sentence: Range, protectedRanges: readonly Range[]): Range[] {
  const chunks: Range[] = [];
  let start = sentence.start;
  let cursor = 0;
  for (const place of wordPlaces(text, sentence)) {
    while ((protectedRanges[cursor]?.end ?? Infinity) <= place) cursor += 1;
    if ((protectedRanges[cursor]?.start ?? Infinity) < place) continue;
    const chunk = trimRange(text, start, place);
    if (chunk.end > chunk.start) chunks.push(chunk);
    start = place;
  }
  chunks.push(trimRange(text, start, sentence.end));
  return chunks;
}

const words = new Intl.Segmenter('en', { granularity: 'word' });
const UNSPACED =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;

/** Offsets where a new word begins. */
function* wordPlaces(text: string, sentence: Range): Generator<number> {
  const content = text.slice(sentence.start, sentence.end);
  if (!UNSPACED.test(content)) {
    for (const match of content.matchAll(/\s+(?=\S)|[–—](?=[^\s–—])/gu)) {
      yield sentence.start + match.index + match[0].length;
    }
    return;
  }
  let previous = ' ';
  for (const { index, segment } of words.segment(content)) {
    const isPlace =
      /\s$/u.test(previous) ||
      (UNSPACED.test(segment) && UNSPACED.test(previous)) ||
      /[，、；：。！？]$/u.test(previous);
    if (index > 0 && isPlace && !/^[\s\p{P}]/u.test(segment)) yield sentence.start + index;
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
  isTooLong: (range: Range) => boolean,
): BreakPoint[] {
  const points: BreakPoint[] = [];
  let at = chunk.start;
  let cursor = 0;
  const breakAt = (place: number, wound: number): void => {
    points.push({ end: place, start: place, wound });
  };
  for (const cluster of splitGraphemes(text.slice(chunk.start, chunk.end))) {
    if (at > chunk.start) {
      while ((protectedRanges[cursor]?.end ?? Infinity) <= at) cursor += 1;
      const range = protectedRanges[cursor];
      const isInside = range !== undefined && range.start < at;
      // Most protected ranges fit into a post: those stay whole even inside a huge chunk.
      if (!isInside) breakAt(at, WOUND.letter);
      else if (isTooLong(range)) breakAt(at, WOUND.protected);
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
  return points;
}

/** Sorts ranges and joins those that overlap. */
function mergeRanges(ranges: readonly Range[]): Range[] {
  const merged: { start: number; end: number }[] = [];
  for (const range of [...ranges].sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last !== undefined && range.start < last.end) last.end = Math.max(last.end, range.end);
    else merged.push({ ...range });
  }
  return merged;
}
