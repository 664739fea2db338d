import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toInstants, toWallTime } from '../../src/schedule/wall-clock.ts';

const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'America/Havana',
  'America/St_Johns',
  'Africa/Casablanca',
  'Antarctica/Troll',
  'UTC',
] as const;
const MINUTE_MS = 60_000;
const wall = (text: string): Parameters<typeof toInstants>[0] => {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = text.split(/\D/).map(Number);
  return { year, month, day, hour, minute };
};

test.each([
  ['2026-07-01T07:00Z', 'Europe/Berlin', '2026-07-01 09:00'],
  ['2026-12-31T23:30Z', 'Europe/Berlin', '2027-01-01 00:30'],
  ['2026-01-01T04:59Z', 'America/New_York', '2025-12-31 23:59'],
  ['2026-01-01T00:00Z', 'Asia/Kathmandu', '2026-01-01 05:45'],
  ['2026-01-01T00:00Z', 'Australia/Lord_Howe', '2026-01-01 11:00'],
])('at %s the wall clock in %s shows %s', (instant, timeZone, shown) => {
  expect(toWallTime(new Date(instant), timeZone)).toEqual(wall(shown));
});

test.each([
  ['2026-03-29 02:30', 'Europe/Berlin', []],
  ['2026-10-25 02:30', 'Europe/Berlin', ['2026-10-25T00:30Z', '2026-10-25T01:30Z']],
  ['2026-11-01 01:00', 'America/New_York', ['2026-11-01T05:00Z', '2026-11-01T06:00Z']],
  ['2026-10-04 02:15', 'Australia/Lord_Howe', []],
  ['2026-04-05 01:45', 'Australia/Lord_Howe', ['2026-04-04T14:45Z', '2026-04-04T15:15Z']],
  ['2011-12-30 12:00', 'Pacific/Apia', []],
  ['2026-02-30 09:00', 'UTC', []],
  ['2026-13-05 09:00', 'UTC', []],
  ['2026-00-05 09:00', 'UTC', []],
  ['2026-07-01 24:00', 'UTC', []],
  ['2026-07-01 09:60', 'UTC', []],
])('%s in %s is at %j', (shown, timeZone, instants) => {
  expect(toInstants(wall(shown), timeZone)).toEqual(instants.map((text) => new Date(text)));
});

test('every minute is among the instants of the time that it shows, and all of them show it', () => {
  const minute = fc
    .integer({ min: Date.UTC(1980, 0, 1) / MINUTE_MS, max: Date.UTC(2060, 0, 1) / MINUTE_MS })
    .map((count) => new Date(count * MINUTE_MS));

  fc.assert(
    fc.property(minute, fc.constantFrom(...ZONES), (at, timeZone) => {
      const shown = toWallTime(at, timeZone);

      const instants = toInstants(shown, timeZone);

      expect(instants.map((one) => one.getTime())).toContain(at.getTime());
      expect(instants.length).toBeLessThanOrEqual(2);
      expect([...instants].sort((a, b) => a.getTime() - b.getTime())).toEqual(instants);
      for (const one of instants) expect(toWallTime(one, timeZone)).toEqual(shown);
    }),
    { numRuns: 1000 },
  );
});
