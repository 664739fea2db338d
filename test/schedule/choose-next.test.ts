import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chooseNext } from '../../src/schedule/choose-next.ts';
import { lineUp } from '../../src/schedule/line-up.ts';
import type { Candidate, PlaceState, Programme } from '../../src/schedule/programme.ts';
import { candidate, candidates, NOTHING_YET, nameOf, PROGRAMME, programmes } from './places.ts';

const line = (
  programme: Partial<Programme>,
  all: readonly Candidate[],
  state: Partial<PlaceState> = {},
): string[] =>
  lineUp({ ...PROGRAMME, ...programme }, { ...NOTHING_YET, ...state }, 'papers', all).map(nameOf);

const ONE_ISSUE = [
  candidate('93 c', { likes: 7 }),
  candidate('93 a', { likes: 3 }),
  candidate('93 d', { likes: 3, isPick: true }),
  candidate('93 b', { likes: 9 }),
];
const THREE_ISSUES = ['91 a', '93 a', '92 b', '91 b', '92 a', '91 c'].map((one) => candidate(one));

test.each([
  ['issue', ['93 a', '93 b', '93 c', '93 d']],
  ['likes', ['93 b', '93 c', '93 a', '93 d']],
  ['pick-first', ['93 d', '93 a', '93 b', '93 c']],
] as const)('in the order “%s” the papers of an issue are %j', (order, expected) => {
  expect(line({ order }, ONE_ISSUE)).toEqual(expected);
});

test.each(['issue', 'likes', 'pick-first'] as const)(
  'what editors arranged wins over “%s”',
  (order) => {
    const arranged = ONE_ISSUE.map((one, position) => ({ ...one, position, isArranged: true }));

    expect(line({ order }, arranged)).toEqual(['93 c', '93 a', '93 d', '93 b']);
  },
);

test.each([
  ['queue', ['91 a', '91 b', '91 c', '92 a', '92 b', '93 a']],
  ['drop', ['93 a']],
  ['interleave', ['93 a', '92 a', '91 a', '92 b', '91 b', '91 c']],
] as const)('with “%s” the issues follow each other as %j', (rest, expected) => {
  expect(line({ rest }, THREE_ISSUES)).toEqual(expected);
});

test('taking turns goes on after the issue that was posted last, whatever came since', () => {
  expect(line({ rest: 'interleave' }, THREE_ISSUES, { lastPaperIssue: 92 })).toEqual([
    '91 a',
    '93 a',
    '92 a',
    '91 b',
    '92 b',
    '91 c',
  ]);
  expect(line({ rest: 'interleave' }, THREE_ISSUES, { lastPaperIssue: 90 })[0]).toBe('93 a');
  expect(line({ rest: 'interleave' }, THREE_ISSUES, { lastPaperIssue: 94 })[0]).toBe('93 a');
});

test('an older issue stays dropped after the newer one is posted whole', () => {
  const older = [candidate('92 a')];

  expect(line({ rest: 'drop' }, older, { lastIssue: { papers: 93 } })).toEqual([]);
  expect(line({ rest: 'drop' }, older, { lastIssue: { papers: 92 } })).toEqual(['92 a']);
  expect(line({ rest: 'drop' }, older, { lastIssue: { digest: 93 } })).toEqual(['92 a']);
});

test('digests do not take turns: the older one goes first', () => {
  const digests = [candidate('93 digest'), candidate('92 digest')];
  const posted = { ...NOTHING_YET, lastPaperIssue: 93 };

  const next = chooseNext({ ...PROGRAMME, rest: 'interleave' }, posted, 'digest', digests);

  expect(next?.issue).toBe(92);
});

test('the choice does not hang on the order in which candidates come', () => {
  fc.assert(
    fc.property(programmes, candidates, fc.infiniteStream(fc.nat()), (programme, all, chance) => {
      const weights = new Map(all.map((one) => [one, chance.next().value]));
      const shuffled = all.toSorted((a, b) => (weights.get(a) ?? 0) - (weights.get(b) ?? 0));

      const lines = [all, shuffled].map((one) => lineUp(programme, NOTHING_YET, 'papers', one));

      expect(lines[1]).toEqual(lines[0]);
    }),
  );
});

test('taking turns means that no issue is posted twice in a row while another one waits', () => {
  fc.assert(
    fc.property(programmes, candidates, (programme, all) => {
      const turns = lineUp({ ...programme, rest: 'interleave' }, NOTHING_YET, 'papers', all);

      for (const [i, one] of turns.entries()) {
        const isSame = turns[i - 1]?.issue === one.issue;
        const others = turns.slice(i).filter(({ issue }) => issue !== one.issue);
        if (isSame) expect(others).toEqual([]);
      }
    }),
  );
});

test('nothing is left out of the line, but what is dropped', () => {
  fc.assert(
    fc.property(programmes, candidates, (programme, all) => {
      const papers = all.filter(({ lane }) => lane === 'papers');
      const newest = Math.max(...papers.map(({ issue }) => issue));
      const kept = papers.filter(({ issue }) => programme.rest !== 'drop' || issue === newest);

      const names = lineUp(programme, NOTHING_YET, 'papers', all).map(nameOf);

      expect(names.toSorted()).toEqual(kept.map(nameOf).toSorted());
    }),
  );
});
