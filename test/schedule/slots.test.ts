import fc from 'fast-check';
import { createTask } from 'node-cron';
import { expect, test } from 'vitest';
import { findNextSlot, findPreviousSlot, type Schedule } from '../../src/schedule/slots.ts';
import { toInstants, toWallTime } from '../../src/schedule/wall-clock.ts';

const MINUTE_MS = 60_000;
const berlin = (cron: string): Schedule => ({ cron, timeZone: 'Europe/Berlin' });

/** The slots from an instant on, as instants in UTC to the minute. */
function listSlots(schedule: Schedule, from: string, count: number): string[] {
  const slots: string[] = [];
  let now = new Date(from);
  for (let i = 0; i < count; i += 1) {
    const next = findNextSlot(schedule, now);
    if (next === undefined) break;
    slots.push(next.toISOString().slice(0, 16));
    now = next;
  }
  return slots;
}

const cases: readonly [string, Schedule, string, readonly string[]][] = [
  ['daily', berlin('0 9 * * *'), '2026-07-01T07:00Z', ['2026-07-02T07:00', '2026-07-03T07:00']],
  ['weekly', berlin('0 9 * * mon'), '2026-11-23T08:00Z', ['2026-11-30T08:00', '2026-12-07T08:00']],
  [
    'several a day',
    berlin('15,45 9,18 * * *'),
    '2026-07-01T07:15Z',
    ['2026-07-01T07:45', '2026-07-01T16:15', '2026-07-01T16:45', '2026-07-02T07:15'],
  ],
  [
    'on the last day of the month',
    berlin('0 9 L * *'),
    '2028-01-31T08:00Z',
    ['2028-02-29T08:00', '2028-03-31T07:00', '2028-04-30T07:00'],
  ],
  [
    'on a leap day',
    berlin('0 9 29 2 *'),
    '2026-01-01T00:00Z',
    ['2028-02-29T08:00', '2032-02-29T08:00'],
  ],
  [
    'on a leap day that is a Monday',
    berlin('0 9 29 2 1'),
    '2026-01-01T00:00Z',
    ['2044-02-29T08:00'],
  ],
  [
    'over the start of summer time in Berlin',
    berlin('0 9 * * *'),
    '2026-03-28T00:00Z',
    ['2026-03-28T08:00', '2026-03-29T07:00'],
  ],
  [
    'over the end of summer time in New York',
    { cron: '0 9 * * *', timeZone: 'America/New_York' },
    '2026-10-31T00:00Z',
    ['2026-10-31T13:00', '2026-11-01T14:00'],
  ],
  [
    'over the half hour of Lord Howe',
    { cron: '0 9 * * *', timeZone: 'Australia/Lord_Howe' },
    '2026-10-02T23:00Z',
    ['2026-10-03T22:00', '2026-10-04T22:00'],
  ],
  [
    'at the moment at which the clock jumps over their time, in Berlin',
    berlin('30 2 * * *'),
    '2026-03-28T00:00Z',
    ['2026-03-28T01:30', '2026-03-29T01:00', '2026-03-30T00:30'],
  ],
  [
    'at the moment at which the clock jumps over their time, in New York',
    { cron: '30 2 * * *', timeZone: 'America/New_York' },
    '2026-03-07T00:00Z',
    ['2026-03-07T07:30', '2026-03-08T07:00', '2026-03-09T06:30'],
  ],
  [
    'at the moment at which the clock jumps over their time, on Lord Howe',
    { cron: '15 2 * * *', timeZone: 'Australia/Lord_Howe' },
    '2026-10-02T15:00Z',
    ['2026-10-02T15:45', '2026-10-03T15:30', '2026-10-04T15:15'],
  ],
  [
    'once where the clock shows its time twice, in Berlin',
    berlin('30 2 * * *'),
    '2026-10-24T00:00Z',
    ['2026-10-24T00:30', '2026-10-25T00:30', '2026-10-26T01:30'],
  ],
  [
    'once where the clock shows its time twice, in New York',
    { cron: '30 1 * * *', timeZone: 'America/New_York' },
    '2026-10-31T00:00Z',
    ['2026-10-31T05:30', '2026-11-01T05:30', '2026-11-02T06:30'],
  ],
  [
    'once where the clock shows its time twice, on Lord Howe',
    { cron: '45 1 * * *', timeZone: 'Australia/Lord_Howe' },
    '2026-04-03T14:00Z',
    ['2026-04-03T14:45', '2026-04-04T14:45', '2026-04-05T15:15'],
  ],
];
test.each(cases)('slots come %s', (_, schedule, from, expected) => {
  const slots = listSlots(schedule, from, expected.length);

  expect(slots).toEqual(expected);
});

test('the previous slot may be now itself, the next one may not', () => {
  const slot = new Date('2026-07-01T07:00:00.000Z');
  const before = new Date(slot.getTime() - 1);

  expect(findPreviousSlot(berlin('0 9 * * *'), slot)).toEqual(slot);
  expect(findNextSlot(berlin('0 9 * * *'), before)).toEqual(slot);
  expect(findPreviousSlot(berlin('0 9 * * *'), before)).toEqual(new Date('2026-06-30T07:00Z'));
  expect(findNextSlot(berlin('0 9 * * *'), slot)).toEqual(new Date('2026-07-02T07:00Z'));
});

test('after the second showing of a time the previous slot is still the first', () => {
  const afterSecond = new Date('2026-10-25T01:31Z');

  const slot = findPreviousSlot(berlin('30 2 * * *'), afterSecond);

  expect(slot).toEqual(new Date('2026-10-25T00:30Z'));
});

test('an expression that never comes has no slots', () => {
  const never = berlin('* * 30W 2 *');
  const found = [findNextSlot(never, new Date()), findPreviousSlot(never, new Date())];

  expect(found).toEqual([undefined, undefined]);
});

test.each(['* * 29 2 *', '* * 1 1 *'])(
  '“%s”, which is rare but then each minute, is found',
  (cron) => {
    const next = findNextSlot(berlin(cron), new Date('2026-03-01T12:00Z'));

    expect(next).toBeDefined();
  },
);

const zone = fc.constantFrom(
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'America/Havana',
  'UTC',
);
/** Nights on which the clocks of these zones change, and days on which nothing happens. */
const instant = fc
  .tuple(
    fc.constantFrom(
      '2026-03-29T01:00Z',
      '2026-10-25T01:00Z',
      '2026-03-08T07:00Z',
      '2026-11-01T06:00Z',
      '2026-04-04T15:00Z',
      '2026-10-03T15:30Z',
      '2026-06-30T23:59Z',
      '2028-02-29T12:00Z',
    ),
    fc.integer({ min: -20 * 60, max: 20 * 60 }),
    fc.nat(59_999),
  )
  .map(([around, minutes, ms]) => new Date(Date.parse(around) + minutes * MINUTE_MS + ms));
const field = (min: number, max: number): fc.Arbitrary<string> =>
  fc.oneof(
    fc.integer({ min, max }).map(String),
    fc.constantFrom('*', '*/7', `${min}-${min + 2}`),
    fc.uniqueArray(fc.integer({ min, max }), { minLength: 2, maxLength: 3 }).map((l) => l.join()),
  );
const cron = fc
  .tuple(
    field(0, 59),
    field(0, 23),
    fc.constantFrom('*', '*', '1', '28,29,30', 'L', '*/2'),
    fc.constantFrom('*', '*', '3,4,10,11', 'jan-jun'),
    fc.constantFrom('*', '*', 'mon-fri', '0', '7', 'sun'),
  )
  .map((fields) => fields.join(' '));

test('next is after now, previous of next is next, and both meet', () => {
  fc.assert(
    fc.property(cron, zone, instant, (expression, timeZone, now) => {
      const schedule = { cron: expression, timeZone };

      const next = findNextSlot(schedule, now);
      const previous = findPreviousSlot(schedule, now);

      if (next === undefined || previous === undefined) throw new Error('it never comes');
      expect(next.getTime()).toBeGreaterThan(now.getTime());
      expect(previous.getTime()).toBeLessThanOrEqual(now.getTime());
      expect(findPreviousSlot(schedule, next)).toEqual(next);
      expect(findNextSlot(schedule, previous)).toEqual(next);
      expect(findPreviousSlot(schedule, new Date(next.getTime() - 1))).toEqual(previous);
    }),
    { numRuns: 60 },
  );
});

test('but for second showings and jumps, node-cron matches no minute between two slots', () => {
  fc.assert(
    fc.property(cron, zone, instant, (expression, timeZone, now) => {
      const schedule = { cron: expression, timeZone };
      const task = createTask(expression, () => {}, { timezone: timeZone });
      const isFirstShowing = (at: Date): boolean =>
        toInstants(toWallTime(at, timeZone), timeZone)[0]?.getTime() === at.getTime();
      // What falls there is seen minute by minute in list-slots.test.ts.
      const show = (ms: number): number => {
        const { year, month, day, hour, minute } = toWallTime(new Date(ms), timeZone);
        return Date.UTC(year, month - 1, day, hour, minute);
      };
      const isAfterJump = (ms: number): boolean => show(ms) - show(ms - MINUTE_MS) !== MINUTE_MS;

      const next = findNextSlot(schedule, now);
      const previous = findPreviousSlot(schedule, now);

      // Two days to each side at most: the scan takes a while.
      const startMs = Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS;
      const firstMs = Math.max(previous?.getTime() ?? 0, startMs - 2880 * MINUTE_MS);
      const lastMs = Math.min(next?.getTime() ?? Infinity, startMs + 2880 * MINUTE_MS);
      const matched: number[] = [];
      for (let ms = firstMs; ms <= lastMs; ms += MINUTE_MS) {
        if (!task.match(new Date(ms)) || !isFirstShowing(new Date(ms))) continue;
        if (!isAfterJump(ms)) matched.push(ms);
      }
      void task.destroy();
      const expected = [previous, next]
        .map((slot) => slot?.getTime() ?? Infinity)
        .filter((ms) => ms >= firstMs && ms <= lastMs && !isAfterJump(ms));
      expect(matched).toEqual([...new Set(expected)]);
    }),
    { numRuns: 25 },
  );
}, 180_000);
