import { findBestCuts, type Point } from './best-cuts.ts';
import { findBreakPoints } from './break-points.ts';
import { type Limit, measure } from './measure.ts';
import { type Prose, type Span, trimProse } from './prose.ts';
import { makeScale } from './scale.ts';
import { type Range, trimRange } from './sentences.ts';

/** A paragraph, a heading, a line: what the cutter is given, in order. */
export type Piece = {
  readonly prose: Prose;
  /** What stands between the piece before and this one inside a post: "\n\n" or "\n". */
  readonly separator: string;
  /** A heading, a title, a byline: never the last thing in a post. */
  readonly keepWithNext: boolean;
};

/** How a thread is cut beyond its limits. */
export type SplitOptions = {
  /**
   * What is added to the end of post `index` (from 1) of `count`, with the blanks before it:
   * "\n\n3/8". A thread of one post gets none.
   */
  readonly counter?: (index: number, count: number) => string;
  /** Trades a cut at a clause's end for a post less. */
  readonly compact?: boolean;
  /** Told the beginning of each word, URL or cluster that no post holds and that was cut. */
  readonly onHardCut?: (words: string) => void;
};

/**
 * Cuts pieces into posts, none over any of the limits, by dynamic programming over all places
 * where a post may end. The cost of a cut is compared level by level, so that a later level never
 * outweighs an earlier one:
 *
 * 1. headings left alone at the end of a post,
 * 2. wounds: cuts inside a sentence, offered only where the sentence alone is over a limit
 *    (see `WOUND`),
 * 3. the number of posts,
 * 4. cuts at a sentence's end that is no paragraph's end,
 * 5. unevenness: the sum of the squared fill of the posts, which is least when they are alike and
 *    the last one is no stub.
 *
 * With `compact`, the clauses of every sentence are offered too, not as wounds but at level 3,
 * where each counts as much as a post: a cut there has to save one. Of threads that cost the same
 * so, the one with fewer posts is taken.
 *
 * With `counter`, every post leaves room for the widest counter of its thread, in the unit of each
 * limit. The room grows, from that of the thread without any, until the counters of the thread it
 * makes fit into it; for that room the thread is the best one.
 *
 * Every word is kept, in order: only the blanks at the cuts go. Linear in the length of the text,
 * as a post reaches back no further than a limit. Throws a RangeError for a limit below 1, and for
 * one that a single character, or a counter and a character, does not fit.
 */
export function splitThread(
  pieces: readonly Piece[],
  limits: readonly Limit[],
  { counter, compact = false, onHardCut }: SplitOptions = {},
): Prose[] {
  let thread = cutOnce(pieces, limits, compact);
  if (counter !== undefined && thread.posts.length > 1) {
    thread = cutWithCounters(pieces, limits, compact, counter, thread);
  }
  if (onHardCut !== undefined) for (const words of thread.cutWords) onHardCut(words);
  return thread.posts;
}

type Thread = { readonly posts: Prose[]; readonly cutWords: readonly string[] };

function cutWithCounters(
  pieces: readonly Piece[],
  limits: readonly Limit[],
  compact: boolean,
  counter: (index: number, count: number) => string,
  uncounted: Thread,
): Thread {
  let thread = uncounted;
  let room = limits.map(() => 0);
  // The room only grows, and no further than the limits: the loop ends.
  for (;;) {
    const count = thread.posts.length;
    const suffixes = thread.posts.map((_, k) => counter(k + 1, count));
    const needed = limits.map(({ measure: by }, k) =>
      suffixes.reduce((most, suffix) => Math.max(most, measure(suffix, by)), room[k] ?? 0),
    );
    if (needed.every((weight, k) => weight <= (room[k] ?? 0))) {
      const posts = thread.posts.map(({ text, spans }, k) => ({
        text: text + (suffixes[k] ?? ''),
        spans,
      }));
      return { posts, cutWords: thread.cutWords };
    }
    room = needed;
    const left = limits.map((limit, k) => ({ ...limit, most: limit.most - (room[k] ?? 0) }));
    thread = cutOnce(pieces, left, compact);
  }
}

function cutOnce(pieces: readonly Piece[], limits: readonly Limit[], compact: boolean): Thread {
  if (limits.length === 0 || limits.some((limit) => limit.most < 1)) {
    throw new RangeError('A thread needs at least one limit, each of 1 or more.');
  }
  const kept = pieces
    .map((piece) => ({ ...piece, prose: trimProse(piece.prose) }))
    .filter((piece) => piece.prose.text !== '');
  const { text, spans, ranges } = joinPieces(kept);
  const scale = makeScale(text, limits);
  const points: Point[] = [];
  kept.forEach((piece, index) => {
    const offset = ranges[index]?.start ?? 0;
    const weighing = {
      isTooLong: ({ start, end }: Range) => scale.isTooLong(start + offset, end + offset),
      isBoundary: (at: number) => scale.isBoundary(at + offset),
      fullness: ({ start, end }: Range) => scale.fullness(start + offset, end + offset),
    };
    const hasTrades = compact && !piece.keepWithNext;
    const inner = findBreakPoints(piece.prose, weighing, { hasTrades });
    inner.forEach((point, k) => {
      const isEnd = k === inner.length - 1;
      const start = isEnd ? (ranges[index + 1]?.start ?? text.length) : point.start + offset;
      const isAlone = isEnd && piece.keepWithNext && index + 1 < kept.length;
      const trade = point.isTrade === true ? 1 : 0;
      const wound = point.isTrade === true ? 0 : point.wound;
      const cost = [isAlone ? 1 : 0, wound, 1 + trade, 1, isEnd ? 0 : 1] as const;
      const { word } = point;
      const moved = word && { word: { start: word.start + offset, end: word.end + offset } };
      points.push({ end: point.end + offset, start, cost, ...moved });
    });
  });
  const chosen = findBestCuts(points, scale);
  if (chosen === undefined) {
    throw new RangeError('A thread cannot be cut to a limit smaller than a single character.');
  }
  const cuts = chosen.map((k, index) => {
    const before = chosen[index - 1];
    const start = before === undefined ? 0 : (points[before]?.start ?? 0);
    return { start, end: points[k]?.end ?? 0 };
  });
  // Where a blank carries an accent, a stretch of an endless word can be blank.
  const posts = clipAll(text, spans, cuts).filter((post) => post.text !== '');
  return { posts, cutWords: listCutWords(text, points, chosen) };
}

const TOLD_CODE_POINTS = 60;

/** The beginning of each word that is cut, once. */
function listCutWords(text: string, points: readonly Point[], chosen: readonly number[]): string[] {
  const words = new Map<number, Range>();
  for (const k of chosen) {
    const word = points[k]?.word;
    if (word !== undefined) words.set(word.start, word);
  }
  return Array.from(words.values(), ({ start, end }) => {
    const beginning = [...text.slice(start, Math.min(end, start + 2 * TOLD_CODE_POINTS))];
    return beginning.slice(0, TOLD_CODE_POINTS).join('').toWellFormed();
  });
}

function joinPieces(pieces: readonly Piece[]): { text: string; spans: Span[]; ranges: Range[] } {
  let text = '';
  const spans: Span[] = [];
  const ranges: Range[] = [];
  for (const { prose, separator } of pieces) {
    if (text !== '') text += separator;
    const start = text.length;
    text += prose.text;
    ranges.push({ start, end: text.length });
    for (const span of prose.spans) {
      spans.push({ ...span, start: span.start + start, end: span.end + start });
    }
  }
  return { text, spans: spans.sort((a, b) => a.start - b.start || b.end - a.end), ranges };
}

/** The parts of the text in `ranges`, each with the spans that lie in it, cut to it: one sweep. */
function clipAll(text: string, spans: readonly Span[], ranges: readonly Range[]): Prose[] {
  let next = 0;
  let open: Span[] = [];
  return ranges.map((range) => {
    const { start, end } = trimRange(text, range.start, range.end);
    for (let span = spans[next]; span !== undefined && span.start < end; span = spans[next]) {
      open.push(span);
      next += 1;
    }
    const kept = open.filter((span) => span.end > start);
    open = kept.filter((span) => span.end > end);
    return {
      text: text.slice(start, end),
      spans: kept.map((span) => ({
        ...span,
        start: Math.max(span.start, start) - start,
        end: Math.min(span.end, end) - start,
      })),
    };
  });
}
