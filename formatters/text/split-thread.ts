import { findBreakPoints, WOUND } from './break-points.ts';
import type { Limit } from './measure.ts';
import type { Prose, Span } from './prose.ts';
import { makeScale, type Scale } from './scale.ts';
import { type Range, trimRange } from './sentences.ts';

/** A paragraph, a heading, a line: what the cutter is given, in order. */
export type Piece = {
  readonly prose: Prose;
  /** What stands between the piece before and this one inside a post: "\n\n" or "\n". */
  readonly separator: string;
  /** A heading, a title, a byline: never the last thing in a post. */
  readonly keepWithNext: boolean;
};

const LEVELS = 5;
const START = -1;
const UNREACHED = -2;

type Point = Range & {
  /** What a cut here costs, most important first; see `splitThread`. */
  readonly cost: readonly [
    isHeadingAlone: number,
    wound: number,
    posts: number,
    isInParagraph: number,
  ];
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
 * Every word is kept, in order: only the blanks at the cuts go. Linear in the length of the text,
 * as a post reaches back no further than a limit. Throws a RangeError for a limit below 1.
 */
export function splitThread(pieces: readonly Piece[], limits: readonly Limit[]): Prose[] {
  if (limits.length === 0 || limits.some((limit) => limit.most < 1)) {
    throw new RangeError('A thread needs at least one limit, each of 1 or more.');
  }
  const { text, spans, ranges } = joinPieces(pieces);
  const scale = makeScale(text, limits);
  const points: Point[] = [];
  pieces.forEach((piece, index) => {
    const range = ranges[index];
    if (range === undefined) return;
    const inner = findBreakPoints(piece.prose, ({ start, end }) =>
      scale.isTooLong(start + range.start, end + range.start),
    );
    inner.forEach((point, k) => {
      const isEnd = k === inner.length - 1;
      const start = isEnd ? (ranges[index + 1]?.start ?? text.length) : point.start + range.start;
      const isAlone = isEnd && piece.keepWithNext && index + 1 < pieces.length;
      const cost = [isAlone ? 1 : 0, point.wound, 1, isEnd ? 0 : 1] as const;
      points.push({ end: point.end + range.start, start, cost });
    });
  });
  const whole = points.filter(
    (point) => scale.isBoundary(point.end) && scale.isBoundary(point.start),
  );
  const cuts =
    findBestCuts(whole, text, scale) ?? findBestCuts(everywhere(text, scale), text, scale);
  if (cuts === undefined) {
    throw new RangeError('A thread cannot be cut to a limit smaller than a single character.');
  }
  return cuts.map((range) => clip(text, spans, range)).filter((post) => post.text !== '');
}

/** The last resort for text that no rule foresees: a cut between any two clusters. */
function everywhere(text: string, scale: Scale): Point[] {
  const points: Point[] = [];
  for (let at = 1; at <= text.length; at += 1) {
    if (scale.isBoundary(at)) points.push({ end: at, start: at, cost: [0, WOUND.letter, 1, 1] });
  }
  return points;
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

function findBestCuts(points: readonly Point[], text: string, scale: Scale): Range[] | undefined {
  const last = points.length - 1;
  if (last < 0) return text.trim() === '' ? [] : undefined;
  const best = Array.from({ length: LEVELS }, () => new Float64Array(points.length));
  const previous = new Int32Array(points.length).fill(UNREACHED);
  const candidate = new Float64Array(LEVELS);
  const startAfter = (i: number): number => (i < 0 ? 0 : (points[i]?.start ?? 0));
  points.forEach((point, j) => {
    for (let i = j - 1; i >= -1; i -= 1) {
      if (scale.isTooLong(startAfter(i), point.end)) break;
      if (i >= 0 && previous[i] === UNREACHED) continue;
      const fill = scale.fill(startAfter(i), point.end);
      for (let level = 0; level < LEVELS; level += 1) {
        const before = i < 0 ? 0 : (best[level]?.[i] ?? 0);
        const isFree = j === last && level !== 2;
        const own = level === 4 ? fill * fill : isFree ? 0 : (point.cost[level] ?? 0);
        candidate[level] = before + own;
      }
      if (previous[j] !== UNREACHED && !isBetter(candidate, best, j)) continue;
      previous[j] = i;
      best.forEach((row, level) => {
        row[j] = candidate[level] ?? 0;
      });
    }
  });
  if (previous[last] === UNREACHED) return undefined;
  const cuts: Range[] = [];
  for (let j = last; j >= 0; j = previous[j] ?? START) {
    cuts.push({ start: startAfter(previous[j] ?? START), end: points[j]?.end ?? 0 });
  }
  return cuts.reverse();
}

function isBetter(candidate: Float64Array, best: readonly Float64Array[], j: number): boolean {
  for (let level = 0; level < LEVELS; level += 1) {
    const difference = (candidate[level] ?? 0) - (best[level]?.[j] ?? 0);
    if (Math.abs(difference) > 1e-9) return difference < 0;
  }
  return false;
}

/** The part of the text in `range`, with the spans that lie in it, cut to it. */
function clip(text: string, spans: readonly Span[], range: Range): Prose {
  const { start, end } = trimRange(text, range.start, range.end);
  const kept: Span[] = [];
  for (const span of spans) {
    if (span.start >= end) break;
    if (span.end <= start) continue;
    kept.push({
      ...span,
      start: Math.max(span.start, start) - start,
      end: Math.min(span.end, end) - start,
    });
  }
  return { text: text.slice(start, end), spans: kept };
}
