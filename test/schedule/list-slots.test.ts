import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findLastSlot, listSlots, type Timetable } from '../../src/schedule/list-slots.ts';
import type { Blackout } from '../../src/schedule/programme.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 1440 * MINUTE_MS;

/** Zones, and a night on which the clock of each does something. */
const NIGHTS = [
  ['Europe/Berlin', '2026-03-29T01:00Z'],
  ['Europe/Berlin', '2026-10-25T01:00Z'],
  ['America/New_York', '2026-03-08T07:00Z'],
  ['America/New_York', '2026-11-01T06:00Z'],
  ['Australia/Lord_Howe', '2026-10-03T15:30Z'],
  ['Australia/Lord_Howe', '2026-04-04T15:00Z'],
  ['Africa/Casablanca', '2026-02-15T02:00Z'],
  ['Africa/Casablanca', '2026-03-22T02:00Z'],
  // They jump at midnight, and Nuuk over it.
  ['America/Santiago', '2026-09-06T04:00Z'],
  ['America/Santiago', '2026-04-05T03:00Z'],
  ['America/Havana', '2026-03-08T05:00Z'],
  ['America/Havana', '2026-11-01T05:00Z'],
  ['America/Nuuk', '2026-03-29T01:00Z'],
  // One minute after midnight, back to the day before.
  ['America/St_Johns', '2010-11-07T02:31Z'],
  ['Pacific/Apia', '2011-12-30T10:00Z'],
  ['Asia/Kathmandu', '2026-06-30T18:15Z'],
  ['UTC', '2028-02-29T12:00Z'],
] as const;

/** A cron expression that also an oracle can read. */
type Cron = {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly weekdays: readonly number[];
};
const writeCron = ({ minutes, hours, weekdays }: Cron): string =>
  `${minutes.join()} ${hours.join()} * * ${weekdays.join()}`;

const numbers = (max: number, maxLength: number): fc.Arbitrary<number[]> =>
  fc.uniqueArray(fc.nat(max), { minLength: 1, maxLength });
const cron: fc.Arbitrary<Cron> = fc.record({
  minutes: fc.oneof(fc.constantFrom([0], [30], [0, 1, 15, 30, 59]), numbers(59, 4)),
  hours: fc.oneof(fc.constantFrom([0, 1, 2, 3], [23]), numbers(23, 4)),
  weekdays: fc.oneof(fc.constant([0, 1, 2, 3, 4, 5, 6]), numbers(6, 6)),
});
const blackouts: fc.Arbitrary<readonly Blackout[]> = fc.constantFrom<readonly Blackout[]>(
  [],
  [],
  [{ weekday: 0 }],
  [{ weekday: 6 }, { from: '2026-03-08', to: '2026-03-08' }],
  [{ from: '2026-10-24', to: '2026-10-25' }],
);
/** An instant of the days around a night. */
const around = (night: string): fc.Arbitrary<Date> =>
  fc
    .integer({ min: -2 * DAY_MS, max: 2 * DAY_MS })
    .chain((ms) => fc.constantFrom(ms, Math.floor(ms / MINUTE_MS) * MINUTE_MS))
    .map((ms) => new Date(Date.parse(night) + ms));
const scene = fc
  .constantFrom(...NIGHTS)
  .chain(([timeZone, night]) =>
    fc.tuple(
      fc.constant({ timeZone, night }),
      fc.tuple(around(night), around(night), around(night)),
      fc.array(cron, { minLength: 1, maxLength: 3 }),
      blackouts,
    ),
  )
  .map(([place, instants, crons, days]) => ({
    ...place,
    crons,
    blackouts: days,
    instants: instants.toSorted((a, b) => a.getTime() - b.getTime()) as [Date, Date, Date],
  }));

const timetable = (
  timeZone: string,
  papers: readonly string[],
  days: readonly Blackout[] = [],
): Timetable => ({ crons: { digest: [], news: [], papers }, timeZone, blackouts: days });

type Minute = { readonly at: number; readonly shown: number };
const nights = new Map<string, readonly Minute[]>();

/** What the clock of a zone shows at each minute of the days around a night. */
function watch(timeZone: string, night: string): readonly Minute[] {
  const known = nights.get(timeZone + night);
  if (known !== undefined) return known;
  const clock = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
  });
  const minutes: Minute[] = [];
  for (let i = -4 * 1440; i <= 4 * 1440; i += 1) {
    const at = Date.parse(night) + i * MINUTE_MS;
    minutes.push({ at, shown: Date.parse(`${clock.format(at).replace(' ', 'T')}Z`) });
  }
  nights.set(timeZone + night, minutes);
  return minutes;
}

/**
 * The slots as the wall clock goes, minute by minute: a time is reached when the clock shows it or
 * a later one for the first time.
 */
function walk(
  minutes: readonly Minute[],
  crons: readonly Cron[],
  days: readonly Blackout[],
  after: Date,
  until: Date,
): number[] {
  const toDay = (shown: number): string => new Date(shown).toISOString().slice(0, 10);
  const isBlack = (day: string): boolean =>
    days.some((one) =>
      'weekday' in one
        ? new Date(day).getUTCDay() === one.weekday
        : one.from <= day && day <= one.to,
    );
  const isNamed = (shown: Date): boolean =>
    crons.some(
      (one) =>
        one.minutes.includes(shown.getUTCMinutes()) &&
        one.hours.includes(shown.getUTCHours()) &&
        one.weekdays.includes(shown.getUTCDay()),
    );
  const lived = new Set(minutes.map(({ shown }) => toDay(shown)));
  const slots = new Set<number>();
  let reached = minutes[0]?.shown ?? 0;
  for (const { at, shown } of minutes) {
    for (let wall = reached + MINUTE_MS; wall <= shown; wall += MINUTE_MS) {
      if (at <= after.getTime() || at > until.getTime() || !isNamed(new Date(wall))) continue;
      const day = toDay(wall);
      if (lived.has(day) && !isBlack(day) && !isBlack(toDay(shown))) slots.add(at);
    }
    reached = Math.max(reached, shown);
  }
  return [...slots];
}

test('the slots are those that a walk through all minutes meets, each once and in order', () => {
  fc.assert(
    fc.property(
      scene,
      ({ timeZone, night, crons, blackouts: days, instants: [after, , until] }) => {
        const slots = listSlots(timetable(timeZone, crons.map(writeCron), days), after, until);

        const expected = walk(watch(timeZone, night), crons, days, after, until);
        expect(slots.map(({ at }) => at.getTime())).toEqual(expected);
      },
    ),
    { numRuns: 100 },
  );
}, 180_000);

test('the slots of two intervals that meet are the slots of both together', () => {
  fc.assert(
    fc.property(scene, ({ timeZone, crons, blackouts: days, instants: [a, b, c] }) => {
      const table = timetable(timeZone, crons.map(writeCron), days);

      const parts = [...listSlots(table, a, b), ...listSlots(table, b, c)];

      expect(parts).toEqual(listSlots(table, a, c));
    }),
    { numRuns: 100 },
  );
});

test('the last slot of an interval is the last that is listed', () => {
  fc.assert(
    fc.property(scene, ({ timeZone, crons, blackouts: days, instants: [after, , until] }) => {
      const table = timetable(timeZone, crons.map(writeCron), days);

      const last = findLastSlot(table, 'papers', after, until);

      expect(last).toEqual(listSlots(table, after, until).at(-1)?.at);
    }),
    { numRuns: 100 },
  );
});

test('a daily time comes once on each day of a year that is lived, in every zone', () => {
  const zones = [...new Set(NIGHTS.map(([timeZone]) => timeZone))];
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.constantFrom(2011, 2026, 2027),
      fc.nat(23),
      fc.nat(59),
      (timeZone, year, hour, minute) => {
        // Nuuk jumps from one day to the next.
        fc.pre(timeZone !== 'America/Nuuk' || hour !== 23);
        const table = timetable(timeZone, [`${minute} ${hour} * * *`]);
        const days: string[] = [];
        for (let ms = Date.UTC(year, 0, 10); ms < Date.UTC(year, 11, 31); ms += DAY_MS) {
          days.push(new Date(ms).toISOString().slice(0, 10));
        }
        const lived = days.filter((day) => timeZone !== 'Pacific/Apia' || day !== '2011-12-30');

        const slots = listSlots(
          table,
          new Date(Date.UTC(year, 0, 8)),
          new Date(Date.UTC(year + 1, 0, 3)),
        );

        const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
        const shown = slots.map(({ at }) => format.format(at));
        expect(shown.filter((day) => days.includes(day))).toEqual(lived);
      },
    ),
    { numRuns: 30 },
  );
});

test('at one instant the digest comes before the news, and the papers come last', () => {
  const crons = {
    digest: ['0 9 * * *'],
    news: ['0 9 * * *'],
    papers: ['0 9 * * *', '0 8-9 * * *'],
  };
  const table = { crons, timeZone: 'UTC', blackouts: [] };

  const slots = listSlots(table, new Date('2026-07-01T00:00Z'), new Date('2026-07-01T09:00Z'));

  expect(slots.map(({ lane, at }) => `${lane} ${at.getUTCHours()}`)).toEqual([
    'papers 8',
    'digest 9',
    'news 9',
    'papers 9',
  ]);
});

test('a slot that is moved over midnight is on neither of the two days if one is a blackout', () => {
  const saturday = (days: readonly Blackout[]): number =>
    listSlots(
      timetable('America/Nuuk', ['30 23 * * 6'], days),
      new Date('2026-03-28T00:00Z'),
      new Date('2026-03-30T00:00Z'),
    ).length;

  expect(saturday([])).toBe(1);
  expect(saturday([{ weekday: 6 }])).toBe(0);
  expect(saturday([{ weekday: 0 }])).toBe(0);
});

test('an expression that never comes has no slots, and four weeks of each minute are all there', () => {
  const from = new Date('2026-03-10T00:00Z');
  const until = new Date(from.getTime() + 28 * DAY_MS);

  const never = listSlots(
    timetable('Europe/Berlin', ['* * 30W 2 *']),
    from,
    new Date('2126-01-01T00:00Z'),
  );
  const always = listSlots(timetable('Europe/Berlin', ['* * * * *']), from, until);

  expect(never).toEqual([]);
  expect(
    findLastSlot(timetable('UTC', ['* * 30W 2 *']), 'papers', new Date(0), until),
  ).toBeUndefined();
  expect(always).toHaveLength(28 * 1440);
});

test('an interval that ends before it begins has no slots', () => {
  const table = timetable('UTC', ['* * * * *']);

  expect(listSlots(table, new Date(DAY_MS), new Date(0))).toEqual([]);
  expect(findLastSlot(table, 'papers', new Date(DAY_MS), new Date(0))).toBeUndefined();
});

test('a last slot is looked for a year back, and no further', () => {
  const yearly = timetable('UTC', ['0 9 1 3 *']);
  const find = (until: string): Date | undefined =>
    findLastSlot(yearly, 'papers', new Date(0), new Date(until));

  expect(find('2026-03-01T09:00Z')).toEqual(new Date('2026-03-01T09:00Z'));
  expect(find('2027-03-01T08:59Z')).toEqual(new Date('2026-03-01T09:00Z'));
  expect(
    findLastSlot(timetable('UTC', ['0 9 29 2 *']), 'papers', new Date(0), new Date('2026-06-01')),
  ).toBeUndefined();
});
