import { expect, test } from 'vitest';
import { findDawn } from '../../src/schedule/find-dawn.ts';

test.each([
  ['the next midnight', [], 'Europe/Berlin', '2026-03-28T12:00Z', '2026-03-28T23:00:00.000Z'],
  [
    'after the last of the days, over a change of the clock',
    [{ from: '2026-03-28', to: '2026-03-30' }],
    'Europe/Berlin',
    '2026-03-28T12:00Z',
    '2026-03-30T22:00:00.000Z',
  ],
  [
    'where the clock jumps over midnight, after the jump',
    [],
    'Africa/Cairo',
    '2026-04-23T12:00Z',
    '2026-04-23T22:00:00.000Z',
  ],
])('a day begins at %s', (_, blackouts, timeZone, now, dawn) => {
  expect(findDawn({ blackouts, timeZone }, new Date(now))?.toISOString()).toBe(dawn);
});

test('where nothing is ever posted no day begins', () => {
  const blackouts = [0, 1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday }));

  expect(findDawn({ blackouts, timeZone: 'UTC' }, new Date('2026-03-28'))).toBeUndefined();
});
