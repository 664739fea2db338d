import { countGraphemes, splitGraphemes } from 'unicode-segmenter/grapheme';

/**
 * One way of measuring text. Every platform's unit is a sum over grapheme clusters, which is what
 * lets the cutter weigh a stretch of text by a subtraction.
 */
export type Measure = {
  readonly unit: string;
  weighCluster(cluster: string): number;
};

/** A measure and the most of it that a post may hold. */
export type Limit = { readonly measure: Measure; readonly most: number };

/** Grapheme clusters of Unicode 17 (UAX 29), as Bluesky's servers and Mastodon count. */
export const graphemes: Measure = { unit: 'graphemes', weighCluster: () => 1 };

/** Bytes of the UTF-8 form. */
export const bytes: Measure = {
  unit: 'bytes',
  weighCluster: (cluster) => Buffer.byteLength(cluster),
};

/** Unicode code points, as Discord counts. */
export const codePoints: Measure = {
  unit: 'code points',
  weighCluster: (cluster) => [...cluster].length,
};

/** UTF-16 code units: the length of a JavaScript string, as discord.js counts. */
export const utf16Units: Measure = {
  unit: 'UTF-16 units',
  weighCluster: (cluster) => cluster.length,
};

/** The whole weight of a text in a measure's unit. */
export function measure(text: string, by: Measure): number {
  if (by === graphemes) return countGraphemes(text);
  let sum = 0;
  for (const cluster of splitGraphemes(text)) sum += by.weighCluster(cluster);
  return sum;
}

/** The first limit that a text is over, with the weight that was found; undefined when it fits. */
export function findExceeded(
  text: string,
  limits: readonly Limit[],
): { readonly limit: Limit; readonly found: number } | undefined {
  for (const limit of limits) {
    const found = measure(text, limit.measure);
    if (found > limit.most) return { limit, found };
  }
  return undefined;
}

/** The beginning of a text that fits a limit, ended with "…" where something was taken off. */
export function truncate(text: string, limit: Limit): string {
  if (measure(text, limit.measure) <= limit.most) return text;
  const room = limit.most - limit.measure.weighCluster('…');
  let kept = '';
  let sum = 0;
  for (const cluster of splitGraphemes(text)) {
    sum += limit.measure.weighCluster(cluster);
    if (sum > room) break;
    kept += cluster;
  }
  return `${kept.trimEnd()}…`;
}
