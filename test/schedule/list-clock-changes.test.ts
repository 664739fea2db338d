import { expect, test } from 'vitest';
import { listClockChanges } from '../../src/schedule/list-clock-changes.ts';

const list = (zone: string, after: string, until: string): string[] =>
  listClockChanges(zone, new Date(after), new Date(until)).map(
    ({ at, minutes }) => `${at.toISOString()} ${minutes}`,
  );

test('a year has two changes where there is summer time, and none where there is not', () => {
  const [from, to] = ['2026-01-01T00:00Z', '2027-01-01T00:00Z'];

  expect(list('Europe/Berlin', from, to)).toEqual([
    '2026-03-29T01:00:00.000Z 60',
    '2026-10-25T01:00:00.000Z -60',
  ]);
  expect(list('Australia/Lord_Howe', from, to)).toEqual([
    '2026-04-04T15:00:00.000Z -30',
    '2026-10-03T15:30:00.000Z 30',
  ]);
  expect(list('Asia/Tokyo', from, to)).toEqual([]);
  expect(list('UTC', from, to)).toEqual([]);
});

test('a change at the end belongs to the time, and one at the beginning does not', () => {
  const change = '2026-10-25T01:00:00.000Z';

  expect(list('Europe/Berlin', '2026-10-24T12:00Z', change)).toEqual([`${change} -60`]);
  expect(list('Europe/Berlin', change, '2026-11-25T00:00Z')).toEqual([]);
});
