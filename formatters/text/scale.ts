import { eachGrapheme } from './clusters.ts';
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
  const plain = limits.flatMap(({ measure }, k) => {
    const into = sums[k];
    return measure.findWeighed !== undefined || into === undefined
      ? []
      : [{ measure, into, total: 0 }];
  });
  let at = 0;
  eachToken(text, limits, (token) => {
    const end = at + token.length;
    for (const one of plain) {
      one.total += one.measure.weighCluster(token);
      for (let i = at + 1; i <= end; i += 1) one.into[i] = one.total;
    }
    boundaries[end] = 1;
    at = end;
  });
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
function eachToken(text: string, limits: readonly Limit[], visit: (token: string) => void): void {
  eachGrapheme(text, (cluster) => {
    const isTooHeavy =
      cluster.length > 1 && limits.some((l) => l.measure.weighCluster(cluster) > l.most);
    if (isTooHeavy) for (const codePoint of cluster) visit(codePoint);
    else visit(cluster);
  });
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
    for (const end = at + length; at < end; at += 1) sums[at + 1] = total;
  };
  const addClusters = (to: number): void => {
    eachToken(text.slice(at, to), limits, (token) => {
      const weight = limits[k]?.measure.weighCluster(token) ?? 0;
      add(token.length, weight + (parts[k]?.get(at) ?? 0));
    });
  };
  for (const { start, end, weight } of stretches[k] ?? []) {
    addClusters(start);
    add(end - start, weight);
  }
  addClusters(text.length);
}
