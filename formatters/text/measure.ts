import { countGraphemes, splitGraphemes } from 'unicode-segmenter/grapheme';
import { eachGrapheme } from './clusters.ts';
import { findUrlWeights, type WeighedStretch } from './url-weights.ts';

/**
 * One way of measuring text. Every platform's unit is a sum over grapheme clusters, and over the
 * stretches that it weighs as a whole, which is what lets the cutter weigh a stretch of text by a
 * subtraction.
 */
export type Measure = {
  readonly unit: string;
  weighCluster(cluster: string): number;
  /** What every URL weighs, whatever its length; absent where its characters count. */
  readonly weighUrl?: number;
  /** URLs and handles that are weighed as a whole, in order and apart from one another. */
  findWeighed?(text: string): readonly WeighedStretch[];
};

/** A measure and the most of it that a post may hold. */
export type Limit = { readonly measure: Measure; readonly most: number };

/** Grapheme clusters of Unicode 17 (UAX 29), as Bluesky's servers and Mastodon count. */
export const graphemes: Measure = { unit: 'graphemes', weighCluster: () => 1 };

/** Bytes of the UTF-8 form. */
export const bytes: Measure = {
  unit: 'bytes',
  weighCluster: (cluster) =>
    cluster.length === 1 && cluster.charCodeAt(0) < 0x80 ? 1 : Buffer.byteLength(cluster),
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

/** https://docs.x.com/fundamentals/counting-characters: what weighs 1; all else weighs 2. */
const X_LIGHT = [
  [0x0000, 0x10ff],
  [0x2000, 0x200d],
  [0x2010, 0x201f],
  [0x2032, 0x2037],
] as const;
const X_URL = 23;
const EMOJI = /^\p{RGI_Emoji}$/v;

/**
 * X's weighted length: Latin and its neighbours weigh 1, Chinese and most symbols 2, an emoji 2 in
 * all, a URL 23. A dotted name that may be a domain to X weighs at least what X can make of it.
 */
export const xWeight: Measure = {
  unit: 'weighted characters',
  weighCluster: weighXCluster,
  weighUrl: X_URL,
  findWeighed: (text) =>
    findUrlWeights(text, { weight: X_URL, hasBareDomains: true, weighText: weighXText }),
};

function weighXCluster(cluster: string): number {
  if (cluster.length === 1 && cluster.charCodeAt(0) < 0x300) return 1;
  if (cluster.length > 1 && EMOJI.test(cluster)) return 2;
  let sum = 0;
  // X counts the composed form (NFC), whatever is sent.
  for (const character of cluster.normalize()) {
    const point = character.codePointAt(0) ?? 0;
    sum += X_LIGHT.some(([first, last]) => first <= point && point <= last) ? 1 : 2;
  }
  return sum;
}

function weighXText(text: string): number {
  let sum = 0;
  eachGrapheme(text, (cluster) => {
    sum += weighXCluster(cluster);
  });
  return sum;
}

/** "@user@host", which counts as "@user". */
const REMOTE_HANDLE =
  /(?<![=/\p{L}\p{N}_])(@[a-z0-9_]+(?:[.-]+[a-z0-9_]+)*)@(?:[a-z0-9-]+\.)+[a-z0-9-]*[a-z0-9]/giu;

/**
 * Mastodon's characters: grapheme clusters, but every http(s) URL weighs what the server says
 * (`configuration.statuses.characters_reserved_per_url`), and a handle counts without its host.
 */
export function makeMastodonMeasure(charactersPerUrl: number): Measure {
  const rules = {
    weight: charactersPerUrl,
    hasBareDomains: false,
    weighText: (text: string) => countGraphemes(text),
  };
  return {
    unit: 'characters',
    weighCluster: () => 1,
    weighUrl: charactersPerUrl,
    findWeighed: (text) => {
      const urls = findUrlWeights(text, rules);
      if (!text.includes('@')) return urls;
      let next = 0;
      const handles = [...text.matchAll(REMOTE_HANDLE)].flatMap((match): WeighedStretch[] => {
        const [start, end] = [match.index, match.index + match[0].length];
        while ((urls[next]?.end ?? Infinity) <= start) next += 1;
        if ((urls[next]?.start ?? Infinity) < end) return [];
        return [{ start, end, weight: match[1]?.length ?? 0 }];
      });
      return [...urls, ...handles].sort((a, b) => a.start - b.start);
    },
  };
}

/** What is weighed as one: a grapheme cluster, or a URL or handle as a whole. */
export type Token = { readonly text: string; readonly weight: number };

/** A text in the tokens of a measure, in order. */
export function* weighTokens(text: string, by: Measure): Generator<Token> {
  let from = 0;
  for (const { start, end, weight } of by.findWeighed?.(text) ?? []) {
    yield* weighClusters(text.slice(from, start), by);
    yield { text: text.slice(start, end), weight };
    from = end;
  }
  yield* weighClusters(from === 0 ? text : text.slice(from), by);
}

function* weighClusters(text: string, by: Measure): Generator<Token> {
  for (const cluster of splitGraphemes(text)) {
    yield { text: cluster, weight: by.weighCluster(cluster) };
  }
}

/** The whole weight of a text in a measure's unit. */
export function measure(text: string, by: Measure): number {
  if (by === graphemes) return countGraphemes(text);
  let sum = 0;
  for (const { weight } of weighTokens(text, by)) sum += weight;
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
  for (const token of weighTokens(text, limit.measure)) {
    sum += token.weight;
    if (sum > room) break;
    kept += token.text;
  }
  return `${kept.trimEnd()}…`;
}
