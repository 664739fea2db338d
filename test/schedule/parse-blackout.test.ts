import { expect, test } from 'vitest';
import { parseBlackout } from '../../src/schedule/parse-blackout.ts';

test.each([
  ['2026-12-24', { from: '2026-12-24', to: '2026-12-24' }],
  ['2028-02-29', { from: '2028-02-29', to: '2028-02-29' }],
  ['2026-12-31..2027-01-02', { from: '2026-12-31', to: '2027-01-02' }],
  ['2026-12-31..2026-12-31', { from: '2026-12-31', to: '2026-12-31' }],
  ['Sun', { weekday: 0 }],
  ['SUNDAY', { weekday: 0 }],
  ['wed', { weekday: 3 }],
  ['Saturday', { weekday: 6 }],
])('“%s” is a blackout', (text, blackout) => {
  expect(parseBlackout(text)).toEqual(blackout);
});

test.each([
  '',
  'Su',
  'Sund',
  'Sundays',
  'Sun..Mon',
  '2026-02-29',
  '2026-13-01',
  '2026-00-10',
  '2026-11-31..2026-12-02',
  '2027-01-02..2026-12-31',
  '2026-12-31..',
  '..2026-12-31',
  '2026-12-31 .. 2027-01-02',
  '2026-12-31...2027-01-02',
  '24.12.2026',
  '2026-12-24T00:00Z',
  '26-12-24',
])('“%s” is none', (text) => {
  expect(parseBlackout(text)).toBeUndefined();
});
