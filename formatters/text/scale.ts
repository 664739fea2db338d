import { splitGraphemes } from 'unicode-segmenter/grapheme';
import type { Limit } from './measure.ts';
import { findWeighed, type Weighed } from './weighed-stretches.ts';

/** Weighs any stretch of one text against several limits, in constant time. */
export type Scale = {
  isTooLong(start: number, end: number): boolean;
  /** How full the fullest limit is: over 1 where it is too long. */
  fullness(start: number, end: number): number;
  /** How full the first limit is, 0 to 1. */
  fill(start: number, end: number): number;
  /**
   * True where a cut goes through no grapheme cluster, and through nothing that is weighed as a
   * whole (save what alone is over a limit).
   */
  isBoundary(at: number): boolean;
};

/** Weighs the text once: one prefix sum a limit, at every UTF-16 offset. */
export function makeScale(text: string, limits: readonly Limit[]): Scale {
  const weighed = findWeighed(text, limits);
  const sums = limits.map(() => new Float64Array(text.length + 1));
  const boundaries = new Uint8Array(text.length + 1);
  boundaries[0] = 1;
  const totals = limits.map(() => 0);
  let at = 0;
  for (const token of splitTokens(text, limits)) {
    const end = at + token.length;
    limits.forEach((limit, k) => {
      if (limit.measure.findWeighed !== undefined) return;
      const total = (totals[k] ?? 0) + limit.measure.weighCluster(token);
      totals[k] = total;
      sums[k]?.fill(total, at + 1, end + 1);
    });
    boundaries[end] = 1;
    at = end;
  }
  limits.forEach(({ measure }, k) => {
    const of = sums[k];
    if (measure.findWeighed && of !== undefined) sumStretches(text, limits, k, weighed, of);
  });
  for (const { start, end } of weighed.kept) boundaries.fill(0, start + 1, end);
  const weigh = (k: number, start: number, end: number): number =>
    (sums[k]?.[end] ?? 0) - (sums[k]?.[start] ?? 0);
  const most = limits.map((limit) => limit.most);
  return {
    isTooLong: (start, end) => {
      for (let k = 0; k < most.length; k += 1) {
        if (weigh(k, start, end) > (most[k] ?? 0)) return true;
      }
      return false;
    },
    fullness: (start, end) =>
      most.reduce((fullest, limit, k) => Math.max(fullest, weigh(k, start, end) / limit), 0),
    fill: (start, end) => weigh(0, start, end) / (most[0] ?? 1),
    isBoundary: (offset) => boundaries[offset] === 1,
  };
}

/** Grapheme clusters; one that alone is over a limit comes as its code points. */
function* splitTokens(text: string, limits: readonly Limit[]): Generator<string> {
  for (const cluster of splitGraphemes(text)) {
    const isTooHeavy =
      cluster.length > 1 && limits.some((l) => l.measure.weighCluster(cluster) > l.most);
    if (isTooHeavy) yield* cluster;
    else yield cluster;
  }
}

/** The prefix sums of a limit that weighs stretches as a whole. */
function sumStretches(
  text: string,
  limits: readonly Limit[],
  k: number,
  { stretches, parts }: Weighed,
  sums: Float64Array,
): void {
  let total = 0;
  let at = 0;
  const add = (length: number, weight: number): void => {
    total += weight;
    sums.fill(total, at + 1, at + length + 1);
    at += length;
  };
  const addClusters = (to: number): void => {
    for (const token of splitTokens(text.slice(at, to), limits)) {
      const weight = limits[k]?.measure.weighCluster(token) ?? 0;
      add(token.length, weight + (parts[k]?.get(at) ?? 0));
    }
  };
  for (const { start, end, weight } of stretches[k] ?? []) {
    addClusters(start);
    add(end - start, weight);
  }
  addClusters(text.length);
}
