import { expect, test } from 'vitest';
import { makeLocks } from '../../src/database/locks.ts';
import { makeTempDatabase } from '../support/temp-database.ts';

const NOW = new Date('2026-11-23T09:00:00.000Z');
const later = (minutes: number): Date => new Date(NOW.getTime() + minutes * 60_000);
const MINUTE = 60_000;
const isNobodyDead = (): boolean => false;

test('one of many takes a lock, keeps it and gives it on', async () => {
  const temp = makeTempDatabase();
  const [one, other] = [temp, temp.connect()].map(({ database }) =>
    makeLocks(database, isNobodyDead),
  );

  const first = await one?.take('planner', 'a', NOW, MINUTE);
  const second = await other?.take('planner', 'b', NOW, MINUTE);
  const kept = await one?.take('planner', 'a', later(0.9), MINUTE);
  const still = await other?.take('planner', 'b', later(1.5), MINUTE);
  await one?.release('planner', 'a');
  const given = await other?.take('planner', 'b', later(1.5), MINUTE);

  expect([first, second, kept, still, given]).toEqual([true, false, true, false, true]);
});

test('a holder that says nothing more loses it with time, and cannot give back what is another’s', async () => {
  const { database } = makeTempDatabase();
  const locks = makeLocks(database, isNobodyDead);
  await locks.take('planner', 'a', NOW, MINUTE);

  const after = await locks.take('planner', 'b', later(1), MINUTE);
  await locks.release('planner', 'a');

  expect(after).toBe(true);
  expect(await locks.take('planner', 'a', later(1), MINUTE)).toBe(false);
});

test('a holder that is known to be dead loses it at once', async () => {
  const { database } = makeTempDatabase();
  await makeLocks(database, isNobodyDead).take('planner', 'host/1', NOW, MINUTE);

  const taken = await makeLocks(database, (owner) => owner === 'host/1').take(
    ...(['planner', 'host/2', NOW, MINUTE] as const),
  );

  expect(taken).toBe(true);
});

test('of ten that ask at the same moment one gets it', async () => {
  const { database } = makeTempDatabase();
  const locks = makeLocks(database, isNobodyDead);

  const taken = await Promise.all(
    Array.from({ length: 10 }, (_, index) => locks.take('planner', `w${index}`, NOW, MINUTE)),
  );

  expect(taken.filter(Boolean)).toHaveLength(1);
});
