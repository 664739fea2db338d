import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SpendingLimit } from '../../src/outbox/spending.ts';
import { makeSpending } from '../../src/outbox/spending.ts';
import { runTogether } from '../support/run-together.ts';
import { makeTempDatabase } from '../support/temp-database.ts';

const START_MS = Date.parse('2026-11-23T09:00:00.000Z');
const at = (ms: number): Date => new Date(START_MS + ms);

const limits = fc.array(
  fc.record({ most: fc.integer({ min: 6, max: 20 }), windowMs: fc.integer({ min: 1, max: 60 }) }),
  { minLength: 1, maxLength: 3 },
);
const takes = fc.array(
  fc.record({
    points: fc.integer({ min: 1, max: 6 }),
    afterMs: fc.nat(20),
    who: fc.nat(1),
    /** Whoever was turned away comes again at the instant that it was given. */
    comesAgain: fc.boolean(),
  }),
  { maxLength: 40, size: 'max' },
);

type Spent = { readonly ms: number; readonly points: number };

/** Whether the points fit at an instant: no stretch of any limit's length has more. */
function fits(spent: readonly Spent[], points: number, ms: number, all: readonly SpendingLimit[]) {
  return all.every(({ most, windowMs }) => {
    const counted = spent.filter((one) => one.ms > ms - windowMs);
    return counted.reduce((sum, one) => sum + one.points, points) <= most;
  });
}

test('two processes never spend more than a limit in any stretch, and wait no longer than they must', async () => {
  const { database, connect } = makeTempDatabase();
  const other = connect().database;
  let run = 0;
  let refusals = 0;

  await fc.assert(
    fc.asyncProperty(limits, takes, async (all, wanted) => {
      run += 1;
      const who = [database, other].map((one) => makeSpending(one, `account-${run}`));
      const spent: Spent[] = [];
      let ms = 0;
      for (const take of wanted) {
        ms += take.afterMs;
        const roomAt = await who[take.who]?.take(take.points, all, at(ms));

        expect(roomAt === undefined).toBe(fits(spent, take.points, ms, all));
        if (roomAt === undefined) spent.push({ ms, points: take.points });
        else {
          refusals += 1;
          const roomMs = roomAt.getTime() - START_MS;
          expect(fits(spent, take.points, roomMs, all)).toBe(true);
          expect(fits(spent, take.points, roomMs - 1, all)).toBe(false);
          if (!take.comesAgain) continue;
          ms = roomMs;
          expect(await who[1 - take.who]?.take(take.points, all, at(ms))).toBeUndefined();
          spent.push({ ms, points: take.points });
        }
      }
      for (const { most, windowMs } of all) {
        for (const { ms: from } of spent) {
          const within = spent.filter((one) => one.ms >= from && one.ms < from + windowMs);
          expect(within.reduce((sum, { points }) => sum + points, 0)).toBeLessThanOrEqual(most);
        }
      }
    }),
    { numRuns: 40 },
  );

  expect(refusals).toBeGreaterThan(50);
}, 180_000);

test('of many that ask at once so many are let through as fit', async () => {
  const spending = makeSpending(makeTempDatabase().database, 'news');
  const limit = [{ most: 10, windowMs: 1000 }];

  const answers = await Promise.all(
    Array.from({ length: 20 }, () => spending.take(3, limit, at(0))),
  );

  expect(answers.filter((answer) => answer === undefined)).toHaveLength(3);
  expect(answers.filter((answer) => answer?.getTime() === at(1000).getTime())).toHaveLength(17);
});

test('three processes share one budget', async () => {
  const { file } = makeTempDatabase();
  const [most, windowMs] = [7, 100];

  const ended = await runTogether(
    'spend.ts',
    Array.from({ length: 3 }, () => [file, String(most), String(windowMs)]),
  );

  const lines = ended.map(({ stdout }) => stdout.split('\n').filter((line) => line !== ''));
  const times = lines
    .flat()
    .map(Number)
    .sort((a, b) => a - b);
  expect(ended.map(({ code, stderr }) => [code, stderr])).toEqual(Array(3).fill([0, '']));
  expect(lines.filter((one) => one.length > 0).length).toBeGreaterThan(1);
  expect(times.length).toBeGreaterThan(most);
  for (const from of times) {
    const within = times.filter((ms) => ms >= from && ms < from + windowMs);
    expect(within.length).toBeLessThanOrEqual(most);
  }
}, 180_000);

test('accounts do not spend for each other', async () => {
  const { database } = makeTempDatabase();
  const limit = [{ most: 1, windowMs: 1000 }];

  const first = await makeSpending(database, 'a').take(1, limit, at(0));
  const other = await makeSpending(database, 'b').take(1, limit, at(0));
  const again = await makeSpending(database, 'a').take(1, limit, at(999));

  expect([first, other]).toEqual([undefined, undefined]);
  expect(again).toEqual(at(1000));
});

test('what alone is over a limit is let through once nothing else counts', async () => {
  const spending = makeSpending(makeTempDatabase().database, 'a');
  const limit = [{ most: 5, windowMs: 1000 }];

  const first = await spending.take(9, limit, at(0));
  const next = await spending.take(9, limit, at(1));
  const last = await spending.take(9, limit, at(1000));

  expect([first, next, last]).toEqual([undefined, at(1000), undefined]);
});
