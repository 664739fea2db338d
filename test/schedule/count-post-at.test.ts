import { expect, test } from 'vitest';
import { countPostAt } from '../../src/schedule/count-post-at.ts';

const DUE = new Date('2026-03-24T08:00Z');
const NOW = new Date('2026-03-24T12:00Z');

test.each([
  ['at its time although it went out some seconds after', '2026-03-24T08:00:03Z', DUE],
  ['at its time up to a quarter of an hour', '2026-03-24T08:15Z', DUE],
  ['from when it went out if that was late', '2026-03-24T08:16Z', new Date('2026-03-24T08:16Z')],
])('a post counts %s', (_, sentAt, expected) => {
  expect(countPostAt({ dueAt: DUE, sentAt: new Date(sentAt) }, NOW)).toEqual(expected);
});

test('what has not gone out counts as if it went out now', () => {
  expect(countPostAt({ dueAt: DUE, sentAt: undefined }, NOW)).toEqual(NOW);
  expect(countPostAt({ dueAt: DUE, sentAt: undefined }, DUE)).toEqual(DUE);
});
