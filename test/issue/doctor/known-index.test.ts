import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { examineIssue } from '../../../src/issue/doctor/examine-issue.ts';
import { type KnownIssue, summarizeIssue } from '../../../src/issue/doctor/known.ts';
import { makeKnownIndex } from '../../../src/issue/doctor/known-index.ts';
import { makeIssue } from '../../support/make-issue.ts';

const NAMES = ['Stanford', 'STANFORD', 'Stanfrod', 'Stamford', 'Nvidia', 'Nvidea'];
const TITLES = ['Learning to listen', 'Learning to speak', 'Small steps to large models'];

const names = fc.array(fc.constantFrom(...NAMES), { maxLength: 4 });
const issues = fc.array(
  fc.record({
    number: fc.integer({ min: 1, max: 6 }),
    papers: fc.array(
      fc.record({ title: fc.constantFrom(...TITLES), organizations: names, topics: names }),
      { maxLength: 3 },
    ),
  }),
  { maxLength: 8 },
);

function make(number: number, name = 'Stanford', paper = TITLES[0] ?? ''): KnownIssue {
  const { papers, ...issue } = summarizeIssue(makeIssue({ number, papers: [paper] }));
  return { ...issue, papers: papers.map((one) => ({ ...one, organizations: [name] })) };
}

/** What the doctor says of an issue whose only organization is "Stanfrod". */
function examine(known: readonly KnownIssue[], number = 7): string[] {
  const issue = makeIssue({ number, papers: ['Learning to listen'] });
  const papers = issue.papers.map((one) => ({
    ...one,
    byline: { ...one.byline, organizations: ['Stanfrod'] },
  }));
  return examineIssue({ ...issue, papers }, makeKnownIndex(known))
    .filter(({ code }) => /duplicate|typo/.test(code))
    .map(({ message }) => message);
}

describe('makeKnownIndex', () => {
  it('holds the same however often its issues were revised, and in whatever order they came', () => {
    fc.assert(
      fc.property(issues, (drawn) => {
        const period = { start: '2026-11-16', end: '2026-11-23' };
        const all = drawn.map(({ number, papers }) => ({
          number,
          period,
          papers: papers.map((paper) => ({ ...paper, marks: [`title ${paper.title}`] })),
        }));
        const latest = new Map(all.map((issue) => [issue.number, issue]));

        const revised = makeKnownIndex(all);
        const fresh = makeKnownIndex([...latest.values()].reverse());

        expect(new Map(revised.byNumber)).toEqual(new Map(fresh.byNumber));
        for (const title of TITLES) {
          const numbers = new Set(revised.listMarked(`title ${title}`));
          const expected = all.filter((issue) => latest.get(issue.number) === issue);
          const isMarked = (issue: KnownIssue): boolean =>
            issue.papers.some((paper) => paper.title === title);
          expect(numbers).toEqual(new Set(expected.filter(isMarked).map(({ number }) => number)));
        }
        for (const kind of ['organizations', 'topics'] as const) {
          for (const name of NAMES.map((one) => one.toLowerCase())) {
            const nothing = { total: 0, byIssue: new Map() };
            expect(revised.names[kind].get(name) ?? nothing).toEqual(
              fresh.names[kind].get(name) ?? nothing,
            );
          }
        }
      }),
    );
  });
});

describe('examineIssue', () => {
  it('names the oldest issue that has a paper, and the newest spelling of a name', () => {
    const known = [make(4, 'STANFORD'), make(6, 'StanFord'), make(5), make(9, 'Stanford', 'Other')];

    expect(examine(known)).toEqual([
      expect.stringContaining('one letter off “Stanford”, which 4 papers'),
      expect.stringContaining('in issue #4 already'),
    ]);
    expect(examine(known.slice(0, 3))[0]).toContain('one letter off “StanFord”, which 3 papers');
  });

  it('does not count what an older revision of the same issue has', () => {
    expect(examine([make(7), make(6, 'Stanford', 'Another paper')])).toEqual([]);
  });
});
