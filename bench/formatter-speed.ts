import { BLUESKY_LIMITS } from '../formatters/bluesky.ts';
import type { FormatOptions, Length, Platform } from '../formatters/draft.ts';
import { formatItem, platforms } from '../formatters/index.ts';
import type { PaperItem } from '../formatters/item.ts';
import { makeBodyPieces } from '../formatters/text/body-pieces.ts';
import { type Limit, xWeight } from '../formatters/text/measure.ts';
import { splitThread } from '../formatters/text/split-thread.ts';
import type { Block } from '../src/issue/schema.ts';
import type { IssuePapers } from './papers.ts';
import { fitExponent, timeRuns, timeWarm, warmUp } from './timing.ts';

const FIVE: readonly Platform[] = ['bluesky', 'discord', 'mastodon', 'x', 'linkedin'];
const TARGET_MS = 20;
const ISSUE_WARM_MS = 3_000;
const ISSUE_RUNS = 41;
const X_LIMITS: readonly Limit[] = [{ measure: xWeight, most: 280 }];

const optionsOf = (length: Length): FormatOptions => ({ languages: ['en'], length });

/** How many whole threads a second a platform's formatter writes. */
export function measurePlatforms(
  items: readonly PaperItem[],
): { platform: Platform; papersPerSecond: number }[] {
  return platforms.map((platform) => {
    const options = optionsOf('thread');
    const ms = timeWarm(() => items.map((item) => formatItem(item, platform, options)));
    return { platform, papersPerSecond: (items.length / ms) * 1000 };
  });
}

/** One issue on several platforms, in milliseconds once warm. */
export type IssueTime = {
  readonly what: string;
  /** The issue that takes longest. */
  readonly issue: string;
  /** The median. */
  readonly ms: number;
  readonly least: number;
  readonly most: number;
  readonly targetMs?: number;
};

/** Every paper of one issue, on all platforms one after the other. */
export function measureOneIssue(issues: readonly IssuePapers[]): IssueTime[] {
  const measure = (what: string, on: readonly Platform[], length: Length): IssueTime => {
    const options = optionsOf(length);
    const runs = issues.map(({ name, items }) => ({
      name,
      run: () => on.map((p) => items.map((item) => formatItem(item, p, options))),
    }));
    warmUp(() => runs.map(({ run }) => run()), ISSUE_WARM_MS);
    const times = runs.map(({ name, run }): IssueTime => {
      const sorted = timeRuns(run, ISSUE_RUNS);
      const ms = sorted[Math.floor(ISSUE_RUNS / 2)] ?? 0;
      return { what, issue: name, ms, least: sorted[0] ?? 0, most: sorted.at(-1) ?? 0 };
    });
    return times.reduce((slowest, time) => (time.ms > slowest.ms ? time : slowest));
  };
  return [
    { ...measure('five platforms, thread', FIVE, 'thread'), targetMs: TARGET_MS },
    measure('all seven, thread', platforms, 'thread'),
    measure('five platforms, brief', FIVE, 'brief'),
    measure('five platforms, maxPosts 3', FIVE, { maxPosts: 3 }),
  ];
}

/** How time grows with the length of a text, in characters. */
export type Growth = {
  readonly what: string;
  readonly points: readonly { readonly size: number; readonly ms: number }[];
  readonly exponent: number;
};

const SIZES = [1_000, 10_000, 100_000, 1_000_000];

/** Papers that grow, their words those of `items`, repeated: the cutter alone, and formatters. */
export function measureGrowth(items: readonly PaperItem[], note: (text: string) => void): Growth[] {
  const cut = (limits: readonly Limit[]) => (item: PaperItem) => {
    const pieces = makeBodyPieces(item.paper.body);
    return () => splitThread(pieces, limits);
  };
  const format = (length: Length) => (item: PaperItem) => () =>
    formatItem(item, 'bluesky', optionsOf(length));
  const shortSizes = SIZES.filter((size) => size <= 100_000);
  return [
    growBy('splitThread, Bluesky’s limits', SIZES, cut(BLUESKY_LIMITS)),
    growBy('splitThread, X’s weighted', SIZES, cut(X_LIMITS)),
    growBy('Bluesky, thread', SIZES, format('thread')),
    growBy('Bluesky, maxPosts 3', shortSizes, format({ maxPosts: 3 })),
  ];

  function growBy(
    what: string,
    sizes: readonly number[],
    prepare: (item: PaperItem) => () => unknown,
  ): Growth {
    note(`growth: ${what} …`);
    const runs = sizes.map((size) => ({ size, run: prepare(lengthen(items, size)) }));
    for (const { size, run } of runs) if (size <= 10_000) warmUp(run);
    const points = runs.map(({ size, run }) => ({
      size,
      ms: timeRuns(run, size <= 10_000 ? 51 : 5)[size <= 10_000 ? 25 : 2] ?? 0,
    }));
    return { what, points, exponent: fitExponent(points) };
  }
}

/** A paper of about so many characters. */
function lengthen(items: readonly PaperItem[], size: number): PaperItem {
  const [item] = items;
  if (item === undefined) throw new Error('no paper to lengthen');
  const words = items.flatMap(({ paper }) => paper.body.filter(isParagraph));
  const body: Block[] = [];
  for (let length = 0, k = 0; length < size; k += 1) {
    const paragraph = words[k % words.length];
    if (paragraph === undefined) throw new Error('no words to lengthen with');
    const text = paragraph.text.slice(0, size - length);
    body.push({ kind: 'paragraph', text });
    length += text.length;
  }
  return { ...item, paper: { ...item.paper, body } };
}

function isParagraph(block: Block): block is Block & { readonly kind: 'paragraph' } {
  return block.kind === 'paragraph';
}
