import { splitGraphemes } from 'unicode-segmenter/grapheme';
import type { Limit, Measure } from './measure.ts';
import { mergeRanges, type Range } from './sentences.ts';
import { findPartWeights, type WeighedStretch } from './url-weights.ts';

export type Weighed = {
  /** What each limit weighs as a whole. */
  readonly stretches: readonly (readonly WeighedStretch[])[];
  /** What of it no cut may go through: all of it. */
  readonly kept: readonly Range[];
  /** For each limit, the offsets of what is weighed in parts that weigh more than their clusters. */
  readonly parts: readonly ReadonlyMap<number, number>[];
};

/** What the limits weigh as a whole, without what is over any of them and must come in parts. */
export function findWeighed(text: string, limits: readonly Limit[]): Weighed {
  const all = limits.map(({ measure }) => measure.findWeighed?.(text) ?? []);
  const groups = mergeRanges(all.flat());
  const kept: Range[] = [];
  const inParts: Range[] = [];
  const next = limits.map(() => 0);
  for (const group of groups) {
    let isTooLong = false;
    limits.forEach(({ measure, most }, k) => {
      const stretches = all[k] ?? [];
      let sum = 0;
      let from = group.start;
      let i = next[k] ?? 0;
      for (let one = stretches[i]; one !== undefined && one.end <= group.end; one = stretches[i]) {
        sum += weighClusters(text.slice(from, one.start), measure) + one.weight;
        from = one.end;
        i += 1;
      }
      next[k] = i;
      if (sum + weighClusters(text.slice(from, group.end), measure) > most) isTooLong = true;
    });
    (isTooLong ? inParts : kept).push(group);
  }
  if (inParts.length === 0) return { stretches: all, kept, parts: [] };
  const starts = new Set<number>();
  let cursor = 0;
  for (const { start, end } of [...all.flat()].sort((a, b) => a.start - b.start)) {
    while ((inParts[cursor]?.end ?? Infinity) <= start) cursor += 1;
    if ((inParts[cursor]?.start ?? Infinity) < end) starts.add(start);
  }
  return {
    stretches: all.map((stretches) => stretches.filter(({ start }) => !starts.has(start))),
    kept,
    parts: limits.map(({ measure: { weighUrl } }) => {
      if (weighUrl === undefined) return new Map();
      return new Map(inParts.flatMap((range) => [...findPartWeights(text, range, weighUrl)]));
    }),
  };
}

function weighClusters(text: string, measure: Measure): number {
  let sum = 0;
  for (const cluster of splitGraphemes(text)) sum += measure.weighCluster(cluster);
  return sum;
}
