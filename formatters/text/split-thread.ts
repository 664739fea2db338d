import { findBreakPoints } from './break-points.ts';
import type { Limit } from './measure.ts';
import { type Prose, type Span, trimProse } from './prose.ts';
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
  const kept = pieces
    .map((piece) => ({ ...piece, prose: trimProse(piece.prose) }))
    .filter((piece) => piece.prose.text !== '');
  const { text, spans, ranges } = joinPieces(kept);
  const scale = makeScale(text, limits);
  const points: Point[] = [];
  kept.forEach((piece, index) => {
    const offset = ranges[index]?.start ?? 0;
    const inner = findBreakPoints(piece.prose, {
      isTooLong: ({ start, end }) => scale.isTooLong(start + offset, end + offset),
      isBoundary: (at) => scale.isBoundary(at + offset),
      fullness: ({ start, end }) => scale.fullness(start + offset, end + offset),
    });
    inner.forEach((point, k) => {
      const isEnd = k === inner.length - 1;
      const start = isEnd ? (ranges[index + 1]?.start ?? text.length) : point.start + offset;
      const isAlone = isEnd && piece.keepWithNext && index + 1 < kept.length;
      const cost = [isAlone ? 1 : 0, point.wound, 1, isEnd ? 0 : 1] as const;
      points.push({ end: point.end + offset, start, cost });
    });
  });
  const cuts = findBestCuts(points, scale);
  if (cuts === undefined) {
    throw new RangeError('A thread cannot be cut to a limit smaller than a single character.');
  }
  // Where a blank carries an accent, a stretch of an endless word can be blank.
  return clipAll(text, spans, cuts).filter((post) => post.text !== '');
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

function findBestCuts(points: readonly Point[], scale: Scale): Range[] | undefined {
  const last = points.length - 1;
  if (last < 0) return [];
  // The best cost of a thread that ends at a point: its levels, side by side.
  const best = new Float64Array(points.length * LEVELS);
  const previous = new Int32Array(points.length).fill(UNREACHED);
  const startAfter = (i: number): number => (i < 0 ? 0 : (points[i]?.start ?? 0));
  const before = (i: number, level: number): number =>
    i < 0 ? 0 : (best[i * LEVELS + level] ?? 0);
  points.forEach((point, j) => {
    let bestFill = 0;
    for (let i = j - 1; i >= -1; i -= 1) {
      if (scale.isTooLong(startAfter(i), point.end)) break;
      if (i >= 0 && previous[i] === UNREACHED) continue;
      const fill = scale.fill(startAfter(i), point.end) ** 2;
      const rival = previous[j] ?? UNREACHED;
      if (rival !== UNREACHED) {
        let difference = 0;
        for (let level = 0; level < LEVELS && Math.abs(difference) < 1e-9; level += 1) {
          difference = before(i, level) - before(rival, level);
          if (level === LEVELS - 1) difference += fill - bestFill;
        }
        if (difference > -1e-9) continue;
      }
      previous[j] = i;
      bestFill = fill;
    }
    if (previous[j] === UNREACHED) return;
    const own = j === last ? [0, 0, 1, 0] : point.cost;
    for (let level = 0; level < LEVELS; level += 1) {
      best[j * LEVELS + level] = before(previous[j] ?? START, level) + (own[level] ?? bestFill);
    }
  });
  if (previous[last] === UNREACHED) return undefined;
  const cuts: Range[] = [];
  for (let j = last; j >= 0; j = previous[j] ?? START) {
    cuts.push({ start: startAfter(previous[j] ?? START), end: points[j]?.end ?? 0 });
  }
  return cuts.reverse();
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
