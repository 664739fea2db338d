import fc from 'fast-check';
import { countPostAt } from '../../src/schedule/count-post-at.ts';
import { type Judged, judgeSlots, type PlannedTo } from '../../src/schedule/judge-slots.ts';
import type { Candidate, PlaceState, Programme, Turn } from '../../src/schedule/programme.ts';

export const MINUTE_MS = 60_000;
export const DAY_MS = 1440 * MINUTE_MS;

/** Papers at nine, the digest on Fridays at six, the news on Mondays at half past twelve. */
export const PROGRAMME: Programme = {
  crons: { digest: ['0 18 * * 5'], news: ['30 12 * * 1'], papers: ['0 9 * * *'] },
  timeZone: 'Europe/Berlin',
  order: 'issue',
  rest: 'queue',
  blackouts: [],
  gapMs: 0,
  missed: 'catch-up',
};

export const NOTHING_YET: PlaceState = {
  open: [],
  lastPostAt: undefined,
  lastIssue: {},
  lastPaperIssue: undefined,
};

/** "93 b" is the second paper of issue 93, "93 digest" its digest. */
export function candidate(name: string, more: Partial<Candidate> = {}): Candidate {
  const [issue = '', item = ''] = name.split(' ');
  const lane = item === 'digest' || item === 'news' ? item : 'papers';
  return {
    lane,
    issue: Number(issue),
    item: lane === 'papers' ? `paper/${item}` : item,
    position: lane === 'papers' ? item.charCodeAt(0) - 97 : 0,
    isArranged: false,
    likes: 0,
    isPick: false,
    isReady: true,
    ...more,
  };
}

export const nameOf = (one: Candidate): string => `${one.issue} ${one.item.replace('paper/', '')}`;

/** The slots of turns in UTC, and what they take; "-" for nothing, "~" for passed over. */
export const show = (turns: readonly Turn[]): string[] =>
  turns.map(({ slot, candidate: one, isPassedOver }) => {
    const taken = one === undefined ? (isPassedOver ? '~' : '-') : nameOf(one);
    return `${slot.at.toISOString().slice(5, 16)} ${slot.lane}: ${taken}`;
  });

/** What a ledger keeps of a destination. */
export type Place = {
  readonly state: PlaceState;
  readonly candidates: readonly Candidate[];
  readonly plannedTo: PlannedTo;
};

/** Judges the slots of a place at an instant and writes down what came of it, as the ledger does. */
export function tick(
  programme: Programme,
  place: Place,
  now: Date,
): { readonly judged: Judged<Candidate>; readonly place: Place } {
  const judged = judgeSlots(programme, place, now);
  const open = new Set(place.state.open);
  const plannedTo = { ...place.plannedTo };
  for (const { lane, slotAt, isOpen } of judged.marks) {
    plannedTo[lane] = slotAt;
    if (isOpen) open.add(lane);
    else open.delete(lane);
  }
  let { lastPostAt, lastIssue, lastPaperIssue } = place.state;
  let candidates = place.candidates;
  for (const { slot, candidate: taken } of judged.turns) {
    if (taken === undefined) continue;
    candidates = candidates.filter((one) => nameOf(one) !== nameOf(taken));
    const at = countPostAt({ dueAt: slot.at, sentAt: now }, now);
    lastPostAt = new Date(Math.max(at.getTime(), lastPostAt?.getTime() ?? 0));
    const newest = Math.max(taken.issue, lastIssue[taken.lane] ?? 0);
    lastIssue = { ...lastIssue, [taken.lane]: newest };
    if (taken.lane === 'papers') lastPaperIssue = taken.issue;
  }
  const state = { open: [...open], lastPostAt, lastIssue, lastPaperIssue };
  return { judged, place: { state, candidates, plannedTo } };
}

const crons = (...all: readonly string[]): fc.Arbitrary<string[]> =>
  fc.subarray([...all], { minLength: 1, maxLength: 2 });

export const programmes: fc.Arbitrary<Programme> = fc.record({
  crons: fc.record({
    digest: fc.oneof(fc.constant([]), crons('0 18 * * 5', '0 9 * * 1-5', '30 2 * * *')),
    news: fc.oneof(fc.constant([]), crons('30 12 * * 1', '0 9 * * *', '10 9 * * 0')),
    papers: crons('0 9 * * *', '30 */5 * * *', '*/20 8,9,18 * * *', '50 17 * * 5', '15 2 * * *'),
  }),
  timeZone: fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'UTC'),
  order: fc.constantFrom('issue', 'likes', 'pick-first'),
  rest: fc.constantFrom('queue', 'drop', 'interleave'),
  blackouts: fc.constantFrom([], [], [{ weekday: 0 }], [{ from: '2026-03-28', to: '2026-03-30' }]),
  gapMs: fc.constantFrom(0, 0, 15, 60, 300).map((minutes) => minutes * MINUTE_MS),
  missed: fc.constantFrom('catch-up', 'skip'),
});

export const candidates: fc.Arbitrary<readonly Candidate[]> = fc
  .uniqueArray(
    fc.record({
      issue: fc.integer({ min: 90, max: 93 }),
      item: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'digest', 'news'),
      likes: fc.nat(3),
      isPick: fc.boolean(),
    }),
    { selector: ({ issue, item }) => `${issue} ${item}`, maxLength: 24 },
  )
  .map((all) =>
    all.map(({ issue, item, ...more }) =>
      candidate(`${issue} ${item}`, { ...more, isArranged: issue === 91 }),
    ),
  );

/** An instant of the weeks in which the clocks of those zones change. */
export const begins: fc.Arbitrary<Date> = fc
  .tuple(
    fc.constantFrom('2026-03-08T00:00Z', '2026-03-27T00:00Z', '2026-10-02T00:00Z'),
    fc.integer({ min: -2 * 1440, max: 2 * 1440 }),
  )
  .map(([around, minutes]) => new Date(Date.parse(around) + minutes * MINUTE_MS));
