import type { Scale } from './scale.ts';
import type { Range } from './sentences.ts';

/** Five that are counted, and unevenness. */
const LEVELS = 6;
/** The end of the text: no cut. */
const LAST_COST = [0, 0, 1, 1, 0] as const;
const START = -1;
const UNREACHED = -2;

/** A place where a post may end: it ends at `end`, the next one begins at `start`. */
export type Point = Range & {
  /** What a cut here costs, most important first; see `splitThread`. */
  readonly cost: readonly [
    isHeadingAlone: number,
    wound: number,
    postsAndTrades: number,
    posts: number,
    isInParagraph: number,
  ];
  /** What a cut here goes through: a word, a URL, a cluster. */
  readonly word?: Range;
};

/**
 * The indices of the points where the posts of the best thread end, by dynamic programming: for
 * each point the best thread that ends there. Undefined where no thread fits.
 */
export function findBestCuts(points: readonly Point[], scale: Scale): number[] | undefined {
  const last = points.length - 1;
  if (last < 0) return [];
  // What the best thread costs that ends before a point, and where the post after it begins: side
  // by side, with the beginning of the text first.
  const best = new Float64Array((points.length + 1) * LEVELS);
  const starts = Float64Array.from([0, ...points.map(({ start }) => start)]);
  const previous = new Int32Array(points.length + 1).fill(UNREACHED);
  previous[0] = START;
  points.forEach((point, j) => {
    let chosen = UNREACHED;
    let chosenFill = 0;
    for (let i = j; i >= 0; i -= 1) {
      const start = starts[i] ?? 0;
      if (scale.isTooLong(start, point.end)) break;
      if (previous[i] === UNREACHED) continue;
      const fill = scale.fill(start, point.end) ** 2;
      if (chosen !== UNREACHED && !isBetter(best, i, fill, chosen, chosenFill)) continue;
      chosen = i;
      chosenFill = fill;
    }
    previous[j + 1] = chosen;
    if (chosen === UNREACHED) return;
    const own = j === last ? LAST_COST : point.cost;
    for (let level = 0; level < LEVELS; level += 1) {
      const before = best[chosen * LEVELS + level] ?? 0;
      best[(j + 1) * LEVELS + level] = before + (own[level] ?? chosenFill);
    }
  });
  if (previous[last + 1] === UNREACHED) return undefined;
  const chosen: number[] = [];
  for (let k = last + 1; k > 0; k = previous[k] ?? START) chosen.push(k - 1);
  return chosen.reverse();
}

/** True if a thread by way of `i` costs less than one by way of `rival`. */
function isBetter(
  best: Float64Array,
  i: number,
  fill: number,
  rival: number,
  rivalFill: number,
): boolean {
  for (let level = 0; level < LEVELS - 1; level += 1) {
    const difference = (best[i * LEVELS + level] ?? 0) - (best[rival * LEVELS + level] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  const unevenness = (best[i * LEVELS + LEVELS - 1] ?? 0) + fill;
  const rivalUnevenness = (best[rival * LEVELS + LEVELS - 1] ?? 0) + rivalFill;
  return unevenness - rivalUnevenness < -1e-9;
}
