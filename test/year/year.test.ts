import { expect, test } from 'vitest';
import { makeTempFolder } from '../support/temp-folder.ts';
import { type Fault, judgeYear } from './judge-year.ts';
import type { Post } from './record.ts';
import { reportYear } from './report-year.ts';
import { runYear, type Year } from './run-year.ts';

/** One year of a seed that never changes; more of them with YEARS=20, another with YEAR_SEED=7. */
const FIRST_SEED = Number(process.env.YEAR_SEED ?? 1);
const YEARS = Number(process.env.YEARS ?? 1);
const TIMEOUT_MS = 600_000;

let lived: Year | undefined;

test.each(Array.from({ length: YEARS }, (_, index) => FIRST_SEED + index))(
  'in a year (seed %i) every item is posted once, in order, at its slot',
  async (seed) => {
    const year = await runYear(seed, makeTempFolder());
    lived ??= year;

    const verdict = judgeYear(year);

    const report = reportYear(year, verdict);
    process.stdout.write(`\n${report}\n`);
    expect(report.split('\n').filter((line) => line.length > 100)).toEqual([]);
    expect(verdict.faults).toEqual([]);
    expect(year.pending).toEqual([]);
    expect(year.errors).toEqual([]);
    expect(year.placed).toBe(year.posts.length);
    // A year in which nothing happened would prove nothing.
    expect(year.counts.deaths).toBeGreaterThan(30);
    for (const { place, wanted, slots } of verdict.places) {
      expect(wanted.length, place.destination.name).toBeGreaterThan(100);
      expect(slots.some(({ fate }) => fate === 'missed')).toBe(true);
    }
    for (const how of ['catch-up', 'by hand'] as const) {
      expect(verdict.places.some(({ wanted }) => wanted.some((one) => one.how === how))).toBe(true);
    }
  },
  TIMEOUT_MS,
);

const HOUR_MS = 60 * 60 * 1000;
const isFirst = ({ index }: Post): boolean => index === 0;
const move = (post: Post, byMs: number): Post => ({
  ...post,
  at: new Date(post.at.getTime() + byMs),
});
/** The threads of a place, from the middle of the year on. */
const listThreads = (posts: readonly Post[], place: string): Post[] =>
  posts.filter((post) => post.place === place && isFirst(post)).slice(60);
const isOf =
  ({ place, issue, item }: Post) =>
  (other: Post): boolean =>
    other.place === place && other.issue === issue && other.item === item;
const need = <T>(one: T | undefined): T => {
  if (one === undefined) throw new Error('the year has no such post');
  return one;
};

/** A record that is not what happened, and what the judge has to say about it. */
const forgeries: readonly (readonly [Fault['kind'], (posts: readonly Post[]) => Post[]])[] = [
  [
    'double',
    (posts) => {
      const [first] = listThreads(posts, 'berlin');
      const again = posts.filter(isOf(need(first))).map((post) => move(post, 24 * HOUR_MS));
      return [...posts, ...again];
    },
  ],
  [
    'lost',
    (posts) => {
      const lost = isOf(need(listThreads(posts, 'newyork')[0]));
      return posts.filter((post) => !lost(post));
    },
  ],
  [
    'out of order',
    (posts) => {
      const threads = listThreads(posts, 'berlin').filter(({ item }) => item.startsWith('paper/'));
      const index = threads.findIndex((one, i) => one.issue === threads[i + 1]?.issue);
      const [one, other] = [need(threads[index]), need(threads[index + 1])];
      return posts.map((post) => {
        if (isOf(one)(post)) return { ...post, item: other.item, text: other.text };
        return isOf(other)(post) ? { ...post, item: one.item, text: one.text } : post;
      });
    },
  ],
  [
    'off its slot',
    (posts) => {
      const late = isOf(need(listThreads(posts, 'night')[0]));
      return posts.map((post) => (late(post) ? move(post, 7 * HOUR_MS) : post));
    },
  ],
  [
    'blackout',
    (posts) => {
      const isFriday = ({ at }: Post): boolean => at.getUTCDay() === 5;
      const moved = isOf(need(listThreads(posts, 'drop').find(isFriday)));
      return posts.map((post) => (moved(post) ? move(post, 24 * HOUR_MS) : post));
    },
  ],
  [
    'unasked',
    (posts) => {
      const [first] = listThreads(posts, 'skip');
      return posts.map((post) => (isOf(need(first))(post) ? { ...post, issue: 61 } : post));
    },
  ],
  [
    'gap',
    (posts) => {
      const papers = listThreads(posts, 'newyork').filter(({ item }) => item.startsWith('paper/'));
      const index = papers.findIndex(
        ({ at }, i) => (papers[i + 1]?.at.getTime() ?? 0) - at.getTime() < 8 * HOUR_MS,
      );
      const near = isOf(need(papers[index + 1]));
      const atMs = need(papers[index]).at.getTime() + HOUR_MS;
      return posts.map((post) => (near(post) ? { ...post, at: new Date(atMs) } : post));
    },
  ],
  [
    'torn thread',
    (posts) => {
      const torn = need(posts.findLast(({ index }) => index > 0));
      return posts.filter((post) => post !== torn);
    },
  ],
  [
    'other words',
    (posts) => {
      const other = isOf(need(listThreads(posts, 'night')[0]));
      return posts.map((post) => (other(post) ? { ...post, text: '"Something else."' } : post));
    },
  ],
];

test.each(forgeries)(
  'a judge who is shown a forged record finds: %s',
  (kind, forge) => {
    const year = need(lived);
    const posts = forge(year.posts).sort((a, b) => a.at.getTime() - b.at.getTime());

    const { faults } = judgeYear({ ...year, posts });

    expect(faults.map((fault) => fault.kind)).toContain(kind);
  },
  180_000,
);
