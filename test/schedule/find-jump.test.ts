import { expect, test } from 'vitest';
import { findJump } from '../../src/schedule/find-jump.ts';

const wall = (text: string): Parameters<typeof findJump>[0] => {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = text.split(/\D/).map(Number);
  return { year, month, day, hour, minute };
};

test.each([
  ['2026-03-29 02:00', 'Europe/Berlin', '2026-03-29T01:00Z'],
  ['2026-03-29 02:59', 'Europe/Berlin', '2026-03-29T01:00Z'],
  ['2026-03-08 02:30', 'America/New_York', '2026-03-08T07:00Z'],
  ['2026-10-04 02:15', 'Australia/Lord_Howe', '2026-10-03T15:30Z'],
  ['2026-03-08 00:30', 'America/Havana', '2026-03-08T05:00Z'],
  ['2026-09-06 00:00', 'America/Santiago', '2026-09-06T04:00Z'],
  ['2026-03-22 02:30', 'Africa/Casablanca', '2026-03-22T02:00Z'],
  ['2026-03-28 23:30', 'America/Nuuk', '2026-03-29T01:00Z'],
])('the clock jumps over %s in %s at %s', (shown, timeZone, at) => {
  expect(findJump(wall(shown), timeZone)).toEqual(new Date(at));
});

test.each([
  ['2026-03-29 01:59', 'Europe/Berlin'],
  ['2026-03-29 03:00', 'Europe/Berlin'],
  ['2026-10-25 02:30', 'Europe/Berlin'],
  ['2026-07-01 09:00', 'UTC'],
  // The zone went over the date line: this day was not lived there.
  ['2011-12-30 00:00', 'Pacific/Apia'],
  ['2011-12-30 23:59', 'Pacific/Apia'],
  ['2026-02-30 02:30', 'Europe/Berlin'],
  ['2026-03-28 26:30', 'Europe/Berlin'],
])('the clock does not jump over %s in %s', (shown, timeZone) => {
  expect(findJump(wall(shown), timeZone)).toBeUndefined();
});
