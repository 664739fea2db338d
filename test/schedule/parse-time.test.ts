import { expect, test } from 'vitest';
import { formatTime, parseTime } from '../../src/schedule/parse-time.ts';

const NOW = new Date('2026-11-23T08:00:00.000Z'); // 09:00 on a Monday in Berlin

test.each([
  ['2026-11-23T09:00Z', '2026-11-23T09:00:00.000Z'],
  ['2026-11-23t09:00z', '2026-11-23T09:00:00.000Z'],
  ['2026-11-23 09:00:30Z', '2026-11-23T09:00:30.000Z'],
  ['2026-11-23T09:00:30.250Z', '2026-11-23T09:00:30.250Z'],
  ['2026-11-23T09:00+05:30', '2026-11-23T03:30:00.000Z'],
  ['2026-11-23T09:00-0800', '2026-11-23T17:00:00.000Z'],
  ['2020-01-01 09:00', '2020-01-01T08:00:00.000Z'],
  ['2026-07-01 9:05', '2026-07-01T07:05:00.000Z'],
  ['2026-07-01T09:05', '2026-07-01T07:05:00.000Z'],
  ['  09:01 ', '2026-11-23T08:01:00.000Z'],
  ['9:01', '2026-11-23T08:01:00.000Z'],
  ['09:00', '2026-11-24T08:00:00.000Z'],
  ['08:59', '2026-11-24T07:59:00.000Z'],
  ['00:00', '2026-11-23T23:00:00.000Z'],
])('“%s” is %s', (text, expected) => {
  expect(parseTime(text, NOW, 'Europe/Berlin')?.toISOString()).toBe(expected);
});

test.each([
  '',
  'tomorrow',
  '9',
  '9am',
  '24:00',
  '09:60',
  '-1:00',
  '2026-02-30 09:00',
  '2026-13-05 09:00',
  '2026-00-05 09:00',
  '2026-02-30T09:00Z',
  '2026-11-31T09:00+01:00',
  '2026-13-01T09:00Z',
  '2026-11-23T25:00Z',
  '2026-11-23T09:00+99:00',
  '2026-11-23',
  '23.11.2026 09:00',
  '2026-03-29 02:30',
])('“%s” is no time in Berlin', (text) => {
  expect(parseTime(text, NOW, 'Europe/Berlin')).toBeUndefined();
});

test('a clock time that is jumped over tomorrow comes the day after', () => {
  const now = new Date('2026-03-28T12:00Z');

  expect(parseTime('02:30', now, 'Europe/Berlin')).toEqual(new Date('2026-03-30T00:30Z'));
});

test('between the two showings of a clock time the second one is next', () => {
  const between = new Date('2026-10-25T00:45Z');

  expect(parseTime('02:30', between, 'Europe/Berlin')).toEqual(new Date('2026-10-25T01:30Z'));
});

test('a time is shown on the wall clock of the zone', () => {
  expect(formatTime(NOW, 'Europe/Berlin', NOW)).toBe('Mon, Nov 23, 09:00');
  expect(formatTime(new Date('2026-11-23T23:05Z'), 'Europe/Berlin', NOW)).toBe(
    'Tue, Nov 24, 00:05',
  );
  expect(formatTime(new Date('2030-01-01T08:00Z'), 'Europe/Berlin', NOW)).toBe(
    'Tue, Jan 1, 2030, 09:00',
  );
});
