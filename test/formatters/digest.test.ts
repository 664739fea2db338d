import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  listTopics,
  makeIssueDigest,
  makeMonthDigest,
  makeNewsDigest,
  makeTopicDigest,
} from '../../formatters/digest.ts';
import type { DigestItem } from '../../formatters/item.ts';
import type { Issue, Paper } from '../../src/issue/schema.ts';
import { makeItem } from './make-item.ts';

const { paper: blank } = makeItem();

function makeIssue(number: number, end: string, papers: readonly Partial<Paper>[]): Issue {
  const whole = papers.map((paper, i): Paper => ({ ...blank, slug: `paper-${i + 1}`, ...paper }));
  const start = new Date(Date.parse(end) - 6 * 86_400_000).toISOString().slice(0, 10);
  return { ...makeItem().issue, number, period: { start, end }, papers: whole };
}

const january = makeIssue(1, '2026-01-30', [
  { title: 'A', likes: 5, topics: ['MoE', 'Scaling Law'] },
  { title: 'B', topics: ['moe'] },
]);
const february = makeIssue(2, '2026-02-02', [
  { title: 'C', topics: ['Mo-E'] },
  { title: 'D', likes: 9, topics: ['MoE'] },
  { title: 'E', likes: 5, topics: ['scaling-law'] },
]);
const later = makeIssue(3, '2026-02-20', [
  { title: 'F', likes: 5, topics: [] },
  { title: 'G', likes: 70, topics: ['RL'] },
]);
const issues = [february, later, january];

const titles = (digest: DigestItem | undefined): string[] =>
  (digest?.entries ?? []).map(({ paper }) => paper.title);

describe('makeIssueDigest', () => {
  it('has the papers in their order, and the news', () => {
    const news = [{ text: 'It is out.', figures: [] }];

    const digest = makeIssueDigest({ ...february, news });

    expect(titles(digest)).toEqual(['C', 'D', 'E']);
    expect(digest).toMatchObject({ scope: 'issue', key: 'digest', news, period: february.period });
  });
});

describe('makeNewsDigest', () => {
  it('has the news alone, and is none where there is none', () => {
    const news = [{ text: 'It is out.', figures: [] }];

    expect(makeNewsDigest({ ...february, news })).toMatchObject({ key: 'news', entries: [], news });
    expect(makeNewsDigest(february)).toBeUndefined();
  });
});

describe('makeTopicDigest', () => {
  it('matches a topic however it is written, newest first, then most liked', () => {
    for (const topic of ['MoE', 'moe', 'Mo E', 'MO-E']) {
      const digest = makeTopicDigest(issues, topic, '2026-01-01');

      expect(titles(digest)).toEqual(['D', 'C', 'A', 'B']);
      expect(digest).toMatchObject({ key: 'topic/moe/2026-01-01', topic: 'MoE', issue: february });
      expect(digest?.period).toEqual({ start: '2026-01-01', end: '2026-02-02' });
    }
  });

  it('begins with the issues that end on the day or later', () => {
    expect(titles(makeTopicDigest(issues, 'MoE', '2026-02-02'))).toEqual(['D', 'C']);
    expect(makeTopicDigest(issues, 'MoE', '2026-02-03')).toBeUndefined();
    expect(makeTopicDigest(issues, 'Mo', '2026-01-01')).toBeUndefined();
    expect(makeTopicDigest([], 'MoE', '2026-01-01')).toBeUndefined();
  });

  it('has a key in ASCII, another for each topic, in any script', () => {
    const topics = ['量化', '量化 LLM', 'LLM', 'Résumé', 'Resume', '2.5', '25'];
    const issue = makeIssue(4, '2026-03-01', [{ topics }]);

    const keys = topics.map((topic) => makeTopicDigest([issue], topic, '2026-01-01')?.key);

    expect(new Set(keys).size).toBe(topics.length);
    for (const key of keys) expect(key).toMatch(/^topic\/[a-z0-9]+(?:-[a-z0-9]+)*\/2026-01-01$/);
  });
});

describe('makeMonthDigest', () => {
  it('has the papers of the issues that end in the month, most liked first', () => {
    const digest = makeMonthDigest(issues, '2026-02');

    expect(titles(digest)).toEqual(['G', 'D', 'E', 'F', 'C']);
    expect(digest).toMatchObject({ scope: 'month', key: 'month/2026-02', issue: later });
    expect(digest?.period).toEqual({ start: '2026-01-27', end: '2026-02-20' });
    expect(makeMonthDigest(issues, '2026-03')).toBeUndefined();
  });
});

describe('listTopics', () => {
  it('counts the papers of each topic, under the spelling that most have', () => {
    expect(listTopics(issues)).toEqual([
      { topic: 'MoE', count: 4 },
      { topic: 'scaling-law', count: 2 },
      { topic: 'RL', count: 1 },
    ]);
  });
});

const anyTopic = fc.oneof(
  fc.constantFrom('MoE', 'moe', 'Mo E', 'RL', 'R-L', 'Scaling Law', '量化', '2026', '--'),
  fc.string({ minLength: 1, maxLength: 6 }),
);
const anyPaper = fc.record({
  likes: fc.option(fc.nat(20), { nil: undefined }),
  topics: fc.array(anyTopic, { maxLength: 3 }),
});
const anyIssues = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 85 }), fc.array(anyPaper, { maxLength: 4 })), {
    maxLength: 6,
  })
  .map((list) =>
    list.map(([day, papers], i) => {
      const end = new Date(Date.UTC(2026, 0, day)).toISOString().slice(0, 10);
      const known = papers.map(({ likes, topics }) => ({
        ...(likes === undefined ? {} : { likes }),
        topics,
      }));
      return makeIssue(i + 1, end, known);
    }),
  );

describe('digests of several issues', () => {
  it('have every paper of a topic once, whatever the order of the issues', () => {
    fc.assert(
      fc.property(anyIssues, anyTopic, (some, topic) => {
        const counted = listTopics(some);
        const digests = counted.map((one) => makeTopicDigest(some, one.topic, '2026-01-01'));

        expect(digests.map((digest) => digest?.entries.length)).toEqual(
          counted.map(({ count }) => count),
        );
        expect(makeTopicDigest([...some].reverse(), topic, '2026-02-01')?.entries).toEqual(
          makeTopicDigest(some, topic, '2026-02-01')?.entries,
        );
      }),
      { numRuns: 200 },
    );
  });

  it('share the papers out over the months, most liked first', () => {
    fc.assert(
      fc.property(anyIssues, (some) => {
        const months = ['2026-01', '2026-02', '2026-03'].map((one) => makeMonthDigest(some, one));

        const entries = months.flatMap((digest) => digest?.entries ?? []);
        expect(new Set(entries.map(({ paper }) => paper))).toEqual(
          new Set(some.flatMap(({ papers }) => papers)),
        );
        for (const digest of months) {
          const likes = (digest?.entries ?? []).map(({ paper }) => paper.likes ?? -1);
          expect(likes).toEqual([...likes].sort((a, b) => b - a));
          for (const { issue } of digest?.entries ?? []) {
            expect((digest?.period.start ?? '') <= issue.period.start).toBe(true);
            expect((digest?.period.end ?? '') >= issue.period.end).toBe(true);
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});
