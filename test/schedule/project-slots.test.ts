import fc from 'fast-check';
import { expect, test } from 'vitest';
import { listSlots } from '../../src/schedule/list-slots.ts';
import { projectSlots } from '../../src/schedule/project-slots.ts';
import {
  begins,
  candidate,
  candidates,
  DAY_MS,
  MINUTE_MS,
  NOTHING_YET,
  nameOf,
  PROGRAMME,
  programmes,
  show,
} from './places.ts';

// A Monday before the clocks go forward in Berlin.
const MONDAY = new Date('2026-03-23T00:00Z');
const inDays = (days: number, from = MONDAY): Date => new Date(from.getTime() + days * DAY_MS);

test('a week is drawn slot by slot, over the change of the clock', () => {
  const all = ['93 a', '93 b', '93 digest', '92 f', '93 news'].map((one) => candidate(one));

  const turns = projectSlots(PROGRAMME, NOTHING_YET, all, MONDAY, inDays(7));

  expect(show(turns)).toEqual([
    '03-23T08:00 papers: 92 f',
    '03-23T11:30 news: 93 news',
    '03-24T08:00 papers: 93 a',
    '03-25T08:00 papers: 93 b',
    '03-26T08:00 papers: -',
    '03-27T08:00 papers: -',
    '03-27T17:00 digest: 93 digest',
    '03-28T08:00 papers: -',
    '03-29T07:00 papers: -',
  ]);
});

test('what waits for an editor is drawn in its place', () => {
  const all = [candidate('93 a', { isReady: false }), candidate('93 b')];

  const turns = projectSlots(PROGRAMME, NOTHING_YET, all, MONDAY, inDays(2));

  const papers = turns.filter(({ slot }) => slot.lane === 'papers');
  expect(papers.map((turn) => turn.candidate?.isReady)).toEqual([false, true]);
});

test('an open digest and open news take the next slots of papers, the digest first', () => {
  const all = ['93 a', '93 news', '93 digest'].map((one) => candidate(one));
  const state = { ...NOTHING_YET, open: ['news', 'digest'] as const };

  const turns = projectSlots(PROGRAMME, state, all, inDays(1), inDays(4));

  expect(show(turns)).toEqual([
    '03-24T08:00 papers: 93 digest',
    '03-25T08:00 papers: 93 news',
    '03-26T08:00 papers: 93 a',
  ]);
});

test('an open lane that the programme leaves alone takes nothing', () => {
  const crons = { digest: [], news: [], papers: ['0 9 * * *'] };
  const state = { ...NOTHING_YET, open: ['digest'] as const };
  const all = [candidate('93 a'), candidate('93 digest')];

  const turns = projectSlots({ ...PROGRAMME, crons }, state, all, MONDAY, inDays(2));

  expect(show(turns)).toEqual(['03-23T08:00 papers: 93 a', '03-24T08:00 papers: -']);
});

test('a slot of papers near a post, a digest or the news is passed over, and nothing is lost', () => {
  const programme = {
    ...PROGRAMME,
    crons: { digest: ['0 12 * * *'], news: [], papers: ['0 9-15 * * *'] },
    gapMs: 120 * MINUTE_MS,
  };
  const all = ['93 a', '93 b', '93 c', '93 digest'].map((one) => candidate(one));
  const state = { ...NOTHING_YET, lastPostAt: new Date('2026-03-23T06:00Z') };

  const turns = projectSlots(programme, state, all, MONDAY, inDays(1));

  expect(show(turns)).toEqual([
    '03-23T08:00 papers: 93 a',
    '03-23T09:00 papers: ~',
    '03-23T10:00 papers: ~',
    '03-23T11:00 digest: 93 digest',
    '03-23T11:00 papers: ~',
    '03-23T12:00 papers: ~',
    '03-23T13:00 papers: 93 b',
    '03-23T14:00 papers: ~',
  ]);
});

test('a digest beyond the end of what is drawn keeps its distance, too', () => {
  const programme = {
    ...PROGRAMME,
    crons: { digest: ['30 9 * * *'], news: [], papers: ['0 9 * * *'] },
    gapMs: 60 * MINUTE_MS,
  };

  const turns = projectSlots(
    programme,
    NOTHING_YET,
    [candidate('93 a')],
    MONDAY,
    new Date('2026-03-23T08:00Z'),
  );

  expect(show(turns)).toEqual(['03-23T08:00 papers: ~']);
});

test('a slot near something that is queued is passed over, whichever comes first', () => {
  const programme = { ...PROGRAMME, crons: { digest: [], news: [], papers: ['0 9-13 * * *'] } };
  const state = { ...NOTHING_YET, coming: [new Date('2026-03-23T10:00Z')] };

  const turns = projectSlots(
    { ...programme, gapMs: 120 * MINUTE_MS },
    state,
    [candidate('93 a'), candidate('93 b')],
    MONDAY,
    inDays(1),
  );

  expect(show(turns)).toEqual([
    '03-23T08:00 papers: 93 a',
    '03-23T09:00 papers: ~',
    '03-23T10:00 papers: ~',
    '03-23T11:00 papers: ~',
    '03-23T12:00 papers: 93 b',
  ]);
});

test('with “drop” the older issue goes on while nothing of the newer is approved', () => {
  const drop = { ...PROGRAMME, rest: 'drop' } as const;
  const newer = ['93 a', '93 b'].map((one) => candidate(one, { isReady: false }));
  const all = [candidate('92 a'), candidate('92 b', { isReady: false }), ...newer];
  const state = { ...NOTHING_YET, lastIssue: { papers: 92 } };
  const draw = (of: typeof all, known = state): string[] =>
    show(projectSlots(drop, known, of, inDays(1), new Date('2026-03-27T12:00Z')));

  expect(draw(all)).toEqual([
    '03-24T08:00 papers: 92 a',
    '03-25T08:00 papers: 93 a',
    '03-26T08:00 papers: 93 b',
    '03-27T08:00 papers: -',
  ]);
  expect(draw(all, { ...state, lastIssue: { papers: 93 } })[0]).toBe('03-24T08:00 papers: 93 a');
});

const scene = fc.record({
  programme: programmes,
  all: candidates,
  begin: begins,
  lastPostAt: fc.option(fc.integer({ min: 1, max: 600 }), { nil: undefined }),
});

test('each slot has its turn, and nothing is taken twice', () => {
  fc.assert(
    fc.property(scene, ({ programme, all, begin }) => {
      const turns = projectSlots(programme, NOTHING_YET, all, begin, inDays(5, begin));

      expect(turns.map(({ slot }) => slot)).toEqual(listSlots(programme, begin, inDays(5, begin)));
      const taken = turns.flatMap((turn) => (turn.candidate === undefined ? [] : turn.candidate));
      expect(new Set(taken.map(nameOf)).size).toBe(taken.length);
      for (const one of taken) expect(all).toContain(one);
    }),
    { numRuns: 60 },
  );
}, 120_000);

test('between two posts, one of which a slot of papers took, there is the gap', () => {
  fc.assert(
    fc.property(scene, ({ programme, all, begin, lastPostAt }) => {
      const last = lastPostAt === undefined ? [] : [begin.getTime() - lastPostAt * MINUTE_MS];
      const state = {
        ...NOTHING_YET,
        lastPostAt: last[0] === undefined ? undefined : new Date(last[0]),
      };

      const turns = projectSlots(programme, state, all, begin, inDays(5, begin));

      const posted = turns.filter((turn) => turn.candidate !== undefined);
      const times = [...last, ...posted.map(({ slot }) => slot.at.getTime())];
      for (const [i, { slot }] of posted.entries()) {
        if (slot.lane !== 'papers') continue;
        times.forEach((time, j) => {
          if (j === i + last.length) return;
          expect(Math.abs(time - slot.at.getTime())).toBeGreaterThanOrEqual(programme.gapMs);
        });
      }
    }),
    { numRuns: 60 },
  );
}, 120_000);

test('a slot of papers is passed over for a reason: another post or slot is near', () => {
  fc.assert(
    fc.property(scene, ({ programme, all, begin }) => {
      const turns = projectSlots(programme, NOTHING_YET, all, begin, inDays(5, begin));
      const fixed = listSlots(programme, begin, inDays(6, begin), ['digest', 'news']);

      for (const [i, { slot, isPassedOver }] of turns.entries()) {
        if (!isPassedOver) continue;
        const before = turns.slice(0, i).findLast((turn) => turn.candidate !== undefined)?.slot.at;
        const after = fixed.find(({ at }) => at > slot.at)?.at;
        const sinceMs = slot.at.getTime() - (before?.getTime() ?? Number.NEGATIVE_INFINITY);
        const untilMs = (after?.getTime() ?? Number.POSITIVE_INFINITY) - slot.at.getTime();
        expect(Math.min(sinceMs, untilMs)).toBeLessThan(programme.gapMs);
      }
    }),
    { numRuns: 60 },
  );
}, 120_000);

test('if nothing is dropped or passed over, everything is posted as soon as there are slots for it', () => {
  fc.assert(
    fc.property(scene, ({ programme, all, begin }) => {
      fc.pre(programme.rest !== 'drop' && programme.gapMs === 0);

      const turns = projectSlots(programme, NOTHING_YET, all, begin, inDays(28, begin));

      for (const lane of ['digest', 'news', 'papers'] as const) {
        const own = all.filter((one) => one.lane === lane).length;
        const taken = turns.filter((turn) => turn.candidate?.lane === lane).length;
        const slots = turns.filter(({ slot }) => slot.lane === lane).length;
        expect(taken).toBe(Math.min(own, slots));
      }
    }),
    { numRuns: 60 },
  );
}, 120_000);

test('with “drop” no older issue follows while a newer one is there or was posted', () => {
  fc.assert(
    fc.property(scene, ({ programme, all, begin }) => {
      const drop = { ...programme, rest: 'drop' } as const;

      const turns = projectSlots(drop, NOTHING_YET, all, begin, inDays(10, begin));

      for (const { candidate: one } of turns) {
        if (one === undefined) continue;
        const newest = Math.max(
          ...all.filter(({ lane }) => lane === one.lane).map(({ issue }) => issue),
        );
        expect(one.issue).toBe(newest);
      }
    }),
    { numRuns: 60 },
  );
}, 120_000);
