import fc from 'fast-check';
import { expect, test } from 'vitest';
import { judgeSlots, ON_TIME_MS } from '../../src/schedule/judge-slots.ts';
import { listSlots } from '../../src/schedule/list-slots.ts';
import { LANES, type Programme, type Turn } from '../../src/schedule/programme.ts';
import { projectSlots } from '../../src/schedule/project-slots.ts';
import {
  begins,
  candidate,
  candidates,
  DAY_MS,
  MINUTE_MS,
  NOTHING_YET,
  nameOf,
  type Place,
  PROGRAMME,
  programmes,
  show,
  tick,
} from './places.ts';

const planned = (at: Date): Place['plannedTo'] => ({ digest: at, news: at, papers: at });
const place = (names: readonly string[], plannedTo: string): Place => ({
  state: NOTHING_YET,
  candidates: names.map((one) => candidate(one)),
  plannedTo: planned(new Date(plannedTo)),
});

test('a slot takes the next paper and is marked', () => {
  const known = place(['93 a', '93 b'], '2026-03-23T12:00Z');

  const judged = judgeSlots(PROGRAMME, known, new Date('2026-03-24T08:00:01Z'));

  expect(show(judged.turns)).toEqual(['03-24T08:00 papers: 93 a']);
  expect(judged.marks).toEqual([
    { lane: 'papers', slotAt: new Date('2026-03-24T08:00Z'), isOpen: false },
  ]);
});

test('between slots there is nothing to do', () => {
  const known = place(['93 a'], '2026-03-24T08:00Z');

  expect(judgeSlots(PROGRAMME, known, new Date('2026-03-24T09:00Z'))).toMatchObject({
    turns: [],
    marks: [],
  });
});

test('a lane that was not planned yet begins with its next slot', () => {
  const known = { ...place(['93 a', '93 digest'], '2026-03-20T12:00Z') };
  const now = new Date('2026-03-24T08:00Z');
  const unknown = { ...known, plannedTo: { digest: undefined } };

  const first = tick(PROGRAMME, unknown, now);
  const second = tick(PROGRAMME, first.place, new Date('2026-03-25T08:00Z'));

  expect(first.judged.turns).toEqual([]);
  expect(first.judged.marks).toEqual(LANES.map((lane) => ({ lane, slotAt: now, isOpen: false })));
  expect(show(second.judged.turns)).toEqual(['03-25T08:00 papers: 93 a']);
});

test('a changed lane begins anew but stays open, and the others go on', () => {
  const known = {
    state: { ...NOTHING_YET, open: ['digest'] as const },
    candidates: [candidate('93 a')],
    plannedTo: { news: new Date('2026-03-23T12:00Z'), papers: new Date('2026-03-23T12:00Z') },
  };
  const now = new Date('2026-03-24T08:05Z');

  const { turns, marks } = judgeSlots(PROGRAMME, known, now);

  expect(show(turns)).toEqual(['03-24T08:00 papers: 93 a']);
  expect(marks).toEqual([
    { lane: 'digest', slotAt: now, isOpen: true },
    { lane: 'papers', slotAt: new Date('2026-03-24T08:00Z'), isOpen: false },
  ]);
});

test('with the beginning of time as its mark, the last slot of a lane counts as missed', () => {
  const known = place(['93 a'], '1970-01-01T00:00Z');

  const { turns } = judgeSlots(PROGRAMME, known, new Date('2026-03-24T12:00Z'));

  expect(show(turns)).toEqual(['03-24T08:00 papers: 93 a']);
});

test('a digest that comes late goes at the next slot of papers', () => {
  const late = place(['93 a'], '2026-03-27T12:00Z');
  const friday = tick(PROGRAMME, late, new Date('2026-03-27T17:00Z'));
  const arrived = {
    ...friday.place,
    candidates: [...friday.place.candidates, candidate('93 digest')],
  };

  const evening = tick(PROGRAMME, arrived, new Date('2026-03-27T20:00Z'));
  const morning = tick(PROGRAMME, evening.place, new Date('2026-03-28T08:00Z'));
  const sunday = tick(PROGRAMME, morning.place, new Date('2026-03-29T07:00Z'));

  expect(friday.judged.marks).toEqual([
    { lane: 'digest', slotAt: new Date('2026-03-27T17:00Z'), isOpen: true },
  ]);
  expect(evening.judged).toMatchObject({ turns: [], marks: [] });
  expect(show(morning.judged.turns)).toEqual(['03-28T08:00 papers: 93 digest']);
  expect(morning.judged.marks).toContainEqual({
    lane: 'digest',
    slotAt: new Date('2026-03-27T17:00Z'),
    isOpen: false,
  });
  expect(show(sunday.judged.turns)).toEqual(['03-29T07:00 papers: 93 a']);
});

test('what waits for an editor is passed over by the clock', () => {
  const known = {
    ...place([], '2026-03-23T12:00Z'),
    candidates: [candidate('93 a', { isReady: false }), candidate('93 b')],
  };

  const { turns } = judgeSlots(PROGRAMME, known, new Date('2026-03-24T08:00Z'));

  expect(show(turns)).toEqual(['03-24T08:00 papers: 93 b']);
});

test.each([
  ['the digest before all', ['93 a', '93 news', '93 digest'], '03-27T17:00 digest: 93 digest'],
  ['the news without a digest', ['93 a', '93 news'], '03-23T11:30 news: 93 news'],
  ['else a paper', ['93 a', '93 b'], '03-28T08:00 papers: 93 a'],
])('for all that was missed there is one post: %s', (_, names, expected) => {
  const known = place(names, '2026-03-20T20:00Z');

  const { turns, marks } = judgeSlots(PROGRAMME, known, new Date('2026-03-28T12:00Z'));

  const posted = (lane: string): boolean => turns.some((turn) => turn.candidate?.lane === lane);
  expect(show(turns)).toEqual([expected]);
  expect(marks).toEqual([
    { lane: 'digest', slotAt: new Date('2026-03-27T17:00Z'), isOpen: !posted('digest') },
    { lane: 'news', slotAt: new Date('2026-03-23T11:30Z'), isOpen: !posted('news') },
    { lane: 'papers', slotAt: new Date('2026-03-28T08:00Z'), isOpen: false },
  ]);
});

test('an open digest makes up for missed papers', () => {
  const known = place(['93 a', '93 digest'], '2026-03-27T20:00Z');
  const open = { ...known, state: { ...NOTHING_YET, open: ['digest'] as const } };

  const { turns } = judgeSlots(PROGRAMME, open, new Date('2026-03-28T12:00Z'));

  expect(show(turns)).toEqual(['03-28T08:00 papers: 93 digest']);
});

test('a programme that skips makes up for nothing, and a missed digest waits for the papers', () => {
  const skip: Programme = { ...PROGRAMME, missed: 'skip' };
  const known = place(['93 a', '93 digest'], '2026-03-27T08:00Z');

  const back = tick(skip, known, new Date('2026-03-28T12:00Z'));
  const next = tick(skip, back.place, new Date('2026-03-29T07:00Z'));

  expect(back.judged.turns).toEqual([]);
  expect(show(next.judged.turns)).toEqual(['03-29T07:00 papers: 93 digest']);
});

test('a slot is on time for a quarter of an hour, and missed a moment later', () => {
  const skip: Programme = { ...PROGRAMME, missed: 'skip' };
  const known = place(['93 a'], '2026-03-23T12:00Z');
  const quarter = new Date('2026-03-24T08:15Z');

  expect(judgeSlots(skip, known, quarter).turns).toHaveLength(1);
  expect(judgeSlots(skip, known, new Date(quarter.getTime() + 1)).turns).toHaveLength(0);
});

test('on a blackout day nothing is made up for: it waits for the day after', () => {
  const programme: Programme = { ...PROGRAMME, blackouts: [{ weekday: 0 }] };
  const known = place(['93 a'], '2026-03-27T20:00Z');

  const sunday = tick(programme, known, new Date('2026-03-29T12:00Z'));
  const monday = tick(programme, sunday.place, new Date('2026-03-29T22:00Z'));

  expect(sunday.judged).toMatchObject({ turns: [], marks: [], isPutOff: true });
  expect(show(monday.judged.turns)).toEqual(['03-28T08:00 papers: 93 a']);
});

test.each([
  ['a quarter of an hour before its next slot nothing is made up for', '2026-03-29T06:45Z', []],
  ['a minute earlier it is', '2026-03-29T06:44Z', ['03-28T08:00 papers: 93 a']],
])('%s', (_, now, made) => {
  const known = place(['93 a', '93 b'], '2026-03-27T20:00Z');

  const late = tick(PROGRAMME, known, new Date(now));
  const morning = tick(PROGRAMME, late.place, new Date('2026-03-29T07:00Z'));

  expect(show(late.judged.turns)).toEqual(made);
  expect(late.judged.marks).toEqual([
    { lane: 'papers', slotAt: new Date('2026-03-28T08:00Z'), isOpen: false },
  ]);
  const next = made.length === 0 ? '93 a' : '93 b';
  expect(show(morning.judged.turns)).toEqual([`03-29T07:00 papers: ${next}`]);
});

test.each([
  ['a paper on time makes up for papers', '2026-03-29T07:15Z', ['03-29T07:00 papers: 93 a']],
  [
    'a minute later both were missed, and one is made up for',
    '2026-03-29T07:16Z',
    ['03-29T07:00 papers: 93 a'],
  ],
])('%s', (_, now, made) => {
  const known = place(['93 a', '93 b'], '2026-03-27T20:00Z');

  const { turns } = judgeSlots(PROGRAMME, known, new Date(now));

  expect(show(turns)).toEqual(made);
});

test.each([
  ['the last of some slots that are noticed together is on time', 'catch-up', ['93 a']],
  ['without making up for the others', 'skip', ['93 a']],
] as const)('%s', (_, missed, expected) => {
  const programme = {
    ...PROGRAMME,
    missed,
    crons: { ...PROGRAMME.crons, papers: ['*/3 * * * *'] },
  };
  const known = place(['93 a', '93 b', '93 c', '93 d'], '2026-03-24T08:00Z');

  const back = tick(programme, known, new Date('2026-03-24T08:13Z'));
  const next = tick(programme, back.place, new Date('2026-03-24T08:15Z'));

  expect(show(back.judged.turns)).toEqual(expected.map((name) => `03-24T08:12 papers: ${name}`));
  expect(show(next.judged.turns)).toEqual(['03-24T08:15 papers: 93 b']);
});

test('a digest and the news of the minutes before a start go out, and a paper that keeps the gap waits', () => {
  const crons = { digest: ['0 9 * * *'], news: ['5 9 * * *'], papers: ['10 9,17 * * *'] };
  const judge = (gapMs: number): string[] => {
    const programme: Programme = { ...PROGRAMME, crons, gapMs, missed: 'skip' };
    const known = place(['93 digest', '93 news', '93 a'], '2026-03-24T07:00Z');
    return show(judgeSlots(programme, known, new Date('2026-03-24T08:12Z')).turns);
  };

  const fixed = ['03-24T08:00 digest: 93 digest', '03-24T08:05 news: 93 news'];
  expect(judge(0)).toEqual([...fixed, '03-24T08:10 papers: 93 a']);
  expect(judge(3 * MINUTE_MS)).toEqual([...fixed, '03-24T08:10 papers: ~']);
});

test('a paper just before a digest keeps the gap to it, also where both are noticed together', () => {
  const crons = { digest: ['5 9 * * *'], news: [], papers: ['0 9 * * *'] };
  const programme = { ...PROGRAMME, crons, gapMs: 30 * MINUTE_MS };
  const known = place(['93 digest', '93 a'], '2026-03-24T07:00Z');

  const { turns } = judgeSlots(programme, known, new Date('2026-03-24T08:07Z'));

  expect(show(turns)).toEqual(['03-24T08:00 papers: ~', '03-24T08:05 digest: 93 digest']);
});

test('a digest on time makes up for papers, and a paper slot on time takes the missed digest', () => {
  const papers = place(['93 a', '93 digest'], '2026-03-26T20:00Z');
  const digest = place(['93 a', '93 digest'], '2026-03-27T12:00Z');

  const evening = judgeSlots(PROGRAMME, papers, new Date('2026-03-27T17:10Z'));
  const morning = judgeSlots(PROGRAMME, digest, new Date('2026-03-28T08:10Z'));

  expect(show(evening.turns)).toEqual(['03-27T17:00 digest: 93 digest']);
  expect(show(morning.turns)).toEqual(['03-28T08:00 papers: 93 digest']);
});

test('the news on time make up for no digest', () => {
  const daily = { ...PROGRAMME, crons: { ...PROGRAMME.crons, news: ['0 20 * * *'], papers: [] } };
  const known = place(['93 news', '93 digest'], '2026-03-27T16:00Z');

  const { turns } = judgeSlots(daily, known, new Date('2026-03-27T19:10Z'));

  expect(show(turns)).toEqual(['03-27T17:00 digest: 93 digest', '03-27T19:00 news: 93 news']);
});

test('a missed digest whose next slot is near waits for that', () => {
  const programme = { ...PROGRAMME, crons: { ...PROGRAMME.crons, digest: ['0 18 * * *'] } };
  const known = place(['93 digest', '93 a'], '2026-03-27T16:00Z');

  const late = tick(programme, known, new Date('2026-03-28T16:50Z'));
  const evening = tick(programme, late.place, new Date('2026-03-28T17:00Z'));

  expect(show(late.judged.turns)).toEqual([]);
  expect(show(evening.judged.turns)).toEqual(['03-28T17:00 digest: 93 digest']);
});

test('a paper keeps the gap to what is queued, before and after it', () => {
  const programme = { ...PROGRAMME, gapMs: 60 * MINUTE_MS };
  const judge = (queued: string): string[] => {
    const known = place(['93 a'], '2026-03-23T20:00Z');
    const state = { ...NOTHING_YET, coming: [new Date(queued)] };
    return show(judgeSlots(programme, { ...known, state }, new Date('2026-03-24T08:00Z')).turns);
  };

  expect(judge('2026-03-24T08:59Z')).toEqual(['03-24T08:00 papers: ~']);
  expect(judge('2026-03-24T09:00Z')).toEqual(['03-24T08:00 papers: 93 a']);
});

test('a paper that makes up for others keeps the gap at the time at which it is posted', () => {
  const programme = { ...PROGRAMME, gapMs: 60 * MINUTE_MS };
  const known = place(['93 a'], '2026-03-27T12:00Z');
  const before = { ...known, plannedTo: { ...known.plannedTo, papers: new Date('2026-03-26') } };
  const judge = (now: string, lastPostAt?: string): string[] => {
    const at = lastPostAt === undefined ? undefined : new Date(lastPostAt);
    const state = { ...NOTHING_YET, lastPostAt: at };
    return show(judgeSlots(programme, { ...before, state }, new Date(now)).turns);
  };

  expect(judge('2026-03-27T16:00Z')).toEqual(['03-27T08:00 papers: 93 a']);
  expect(judge('2026-03-27T16:01Z')).toEqual(['03-27T08:00 papers: ~']);
  expect(judge('2026-03-27T15:00Z', '2026-03-27T14:01Z')).toEqual(['03-27T08:00 papers: ~']);
});

test.each([
  ['that is over does not keep a paper from making up for another', '2026-03-27T17:05Z', '93 a'],
  ['that is near does', '2026-03-27T16:30Z', '~'],
])('a digest slot with nothing for it %s', (_, now, taken) => {
  const programme = { ...PROGRAMME, gapMs: 60 * MINUTE_MS };
  const known = place(['93 a'], '2026-03-26T20:00Z');

  const { turns } = judgeSlots(programme, known, new Date(now));

  expect(show(turns)[0]).toBe(`03-27T08:00 papers: ${taken}`);
});

const delay = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: ON_TIME_MS }));

test('slot by slot the clock posts what was drawn, also if it is some minutes late', () => {
  fc.assert(
    fc.property(
      programmes,
      candidates,
      begins,
      fc.infiniteStream(delay),
      (programme, all, begin, delays) => {
        const until = new Date(begin.getTime() + 3 * DAY_MS);
        const drawn = projectSlots(programme, NOTHING_YET, all, begin, until);

        const instants = [...new Set(listSlots(programme, begin, until).map(({ at }) => +at))];
        // A slot that is noticed with the next one was missed.
        const ticks = instants.map((at, index) =>
          Math.min(at + delays.next().value, (instants[index + 1] ?? Number.POSITIVE_INFINITY) - 1),
        );
        let known: Place = { state: NOTHING_YET, candidates: all, plannedTo: planned(begin) };
        const posted: string[] = [];
        for (const ms of ticks) {
          const { judged, place: next } = tick(programme, known, new Date(ms));
          posted.push(...show(judged.turns.filter(({ slot }) => slot.at <= until)));
          known = next;
        }

        expect(posted).toEqual(show(drawn));
      },
    ),
    { numRuns: 25 },
  );
}, 120_000);

/** It makes up for a slot: that was noticed late, or after the next one of its lane. */
function wasMissed({ slot }: Turn, turns: readonly Turn[], now: Date): boolean {
  const isLater = (other: Turn): boolean =>
    other.slot.lane === slot.lane && other.slot.at > slot.at;
  return now.getTime() - slot.at.getTime() > ON_TIME_MS || turns.some(isLater);
}

/** Looks some minutes, hours or days apart: what is in between was missed. */
const looks = fc.array(
  fc.oneof(
    fc.integer({ min: 0, max: 20 }),
    fc.integer({ min: 0, max: 10 * 60 }),
    fc.integer({ min: 1440, max: 9 * 1440 }),
  ),
  { minLength: 1, maxLength: 25 },
);

test('whenever the clock looks, nothing is posted twice and at most one post makes up for what was missed', () => {
  fc.assert(
    fc.property(programmes, candidates, begins, looks, (programme, all, begin, minutes) => {
      let now = begin;
      let known: Place = { state: NOTHING_YET, candidates: all, plannedTo: planned(begin) };
      const posted: string[] = [];
      const slots: string[] = [];
      for (const more of minutes) {
        now = new Date(now.getTime() + more * MINUTE_MS);
        const { judged, place: next } = tick(programme, known, now);
        const isLate = judged.turns.map((turn) => wasMissed(turn, judged.turns, now));
        // It is the first, if there is one.
        expect(isLate.lastIndexOf(true)).toBeLessThanOrEqual(programme.missed === 'skip' ? -1 : 0);
        for (const { slot, candidate: one } of judged.turns) {
          slots.push(`${slot.lane} ${slot.at.toISOString()}`);
          if (one !== undefined) posted.push(nameOf(one));
        }
        // What a slot on time takes needs no making up for: two posts at once are of two lanes.
        const taken = judged.turns.flatMap(({ candidate: one }) => (one ? [one.lane] : []));
        if (isLate[0] && taken.length > 1) expect(taken.slice(1)).not.toContain(taken[0]);
        // Whoever asks again at once has nothing to do.
        expect(judgeSlots(programme, next, now).turns).toEqual([]);
        known = next;
      }

      expect(new Set(posted).size).toBe(posted.length);
      expect(new Set(slots).size).toBe(slots.length);
    }),
    { numRuns: 50 },
  );
}, 120_000);

test('a paper keeps its distance from the post before it, whenever the clock looks', () => {
  fc.assert(
    fc.property(programmes, candidates, begins, looks, (programme, all, begin, minutes) => {
      let now = begin;
      let known: Place = { state: NOTHING_YET, candidates: all, plannedTo: planned(begin) };
      let last = Number.NEGATIVE_INFINITY;
      for (const more of minutes) {
        now = new Date(now.getTime() + more * MINUTE_MS);
        const { judged, place: next } = tick(programme, known, now);
        for (const { slot, candidate: one } of judged.turns) {
          if (one === undefined) continue;
          const onTime = judged.turns.filter((turn) => !wasMissed(turn, judged.turns, now));
          const isTogether = new Set(onTime.map((turn) => turn.slot.at.getTime())).size > 1;
          const isLate = !onTime.some((turn) => turn.slot === slot);
          const at = isLate || isTogether ? now.getTime() : slot.at.getTime();
          // Without a gap, what makes up for missed slots may come just after one that is on time.
          const isKept = slot.lane === 'papers' && programme.gapMs > 0;
          if (isKept) expect(at - last).toBeGreaterThanOrEqual(programme.gapMs);
          last = Math.max(last, at);
        }
        known = next;
      }
    }),
    { numRuns: 50 },
  );
}, 120_000);

test('the papers of an issue keep their order, whenever the clock looks', () => {
  fc.assert(
    fc.property(programmes, candidates, begins, looks, (programme, all, begin, minutes) => {
      const printed = { ...programme, order: 'issue' } as const;
      let now = begin;
      let known: Place = { state: NOTHING_YET, candidates: all, plannedTo: planned(begin) };
      const posted = new Map<number, number[]>();
      for (const more of minutes) {
        now = new Date(now.getTime() + more * MINUTE_MS);
        const { judged, place: next } = tick(printed, known, now);
        for (const { candidate: one } of judged.turns) {
          if (one?.lane !== 'papers') continue;
          posted.set(one.issue, [...(posted.get(one.issue) ?? []), one.position]);
        }
        known = next;
      }

      for (const positions of posted.values()) {
        expect(positions).toEqual(positions.toSorted((a, b) => a - b));
      }
    }),
    { numRuns: 50 },
  );
}, 120_000);
