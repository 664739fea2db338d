import { expect, test } from 'vitest';
import { makeFollows } from '../../src/archive/follows.ts';
import { makePlanner } from '../../src/cli/make-planner.ts';
import { makeLocks } from '../../src/database/locks.ts';
import { makeAsking, readersSee } from '../desk/approval/asking-desk.ts';
import { makeRecordLog } from '../support/record-log.ts';
import { makeTempDatabase } from '../support/temp-database.ts';

/** A planner with a Discord that does as it is told. */
async function makeStage(announce: () => Promise<void>) {
  const temp = makeTempDatabase();
  const desk = await makeAsking({}, temp);
  const log = makeRecordLog();
  const follows = makeFollows(temp.database);
  const followDesk = { ...desk, follows, openChannel: () => {}, tellOwner: async () => {} };
  const locks = makeLocks(temp.database, () => false);
  const bot = { followDesk, announce };
  const planner = makePlanner({ desk, log, locks, worker: 'one', bot });
  return { desk, log, planner };
}

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 50));

test('a Discord that hangs keeps no slot and no end waiting, and is asked once', async () => {
  let asked = 0;
  const { desk, planner } = await makeStage(() => {
    asked += 1;
    return new Promise(() => {});
  });

  await planner.plan();
  await turn();
  desk.clock.advance(60_000);
  await planner.plan();
  await turn();
  await planner.stop();

  expect(asked).toBe(1);
});

test('a failure to ask is logged, and editors are asked again at the next turn', async () => {
  let asked = 0;
  const { log, planner } = await makeStage(async () => {
    asked += 1;
    throw new Error('offline');
  });

  await planner.plan();
  await turn();
  await planner.plan();
  await turn();

  expect(asked).toBe(2);
  const failed = log.lines.filter(({ event }) => event === 'proposal.failed');
  expect(failed).toMatchObject([
    { fields: { reason: 'offline' } },
    { fields: { reason: 'offline' } },
  ]);
});

test('an issue is opened to readers at the next turn once nobody is asked any more', async () => {
  const { desk, log, planner } = await makeStage(async () => {});
  await planner.plan();
  const before = await readersSee(desk);
  Object.assign(desk, { approval: { kind: 'never' } });

  await planner.plan();

  expect(before).toBeUndefined();
  expect(await readersSee(desk)).toBe(1);
  expect(log.lines).toContainEqual({ level: 'info', event: 'issue.opened', fields: { issue: 7 } });
});

test('a place that fails is named, and planning goes on; it fails where nothing can be looked at', async () => {
  const { desk, log, planner } = await makeStage(async () => {});
  const { outbox } = desk;
  const failing = { takeSlots: () => Promise.reject(new Error('no room')) };
  Object.assign(desk, { outbox: { ...outbox, ...failing } });

  const isTurning = await planner.plan();
  const blind = { readLanes: () => Promise.reject(new Error('no ledger')) };
  Object.assign(desk, { outbox: { ...outbox, ...blind } });
  const isBlind = !(await planner.plan());

  const failed = log.lines.filter(({ event }) => event === 'slot.failed');
  expect(isTurning).toBe(true);
  expect(isBlind).toBe(true);
  expect(failed.map(({ fields }) => fields)).toEqual([
    { destination: desk.scheduled[0]?.name, reason: 'no room' },
    { reason: 'no ledger' },
  ]);
});

test('a process watches while it plans alone: not beside another that plans in its place, and again after it', async () => {
  const temp = makeTempDatabase();
  const desk = await makeAsking({}, temp);
  const log = makeRecordLog();
  const end = new AbortController();
  const watching: string[] = [];
  const start = (worker: string) => {
    const locks = makeLocks(temp.connect().database, () => false);
    const planner = makePlanner({ desk, log, locks, worker, bot: undefined });
    const watched = planner.whileActive(end.signal, async (signal) => {
      watching.push(worker);
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
      watching.splice(watching.indexOf(worker), 1);
    });
    return { planner, watched };
  };
  const [one, two] = [start('one'), start('two')];
  const seen: string[][] = [];
  const look = async (...planning: readonly (typeof one)[]): Promise<void> => {
    for (const { planner } of planning) await planner.plan();
    await turn();
    seen.push([...watching]);
  };

  await look(one, two);
  // The first one was held up for longer than its word holds.
  desk.clock.advance(3 * 60_000);
  await look(two, one);
  await two.planner.stop();
  await look(one);
  desk.clock.advance(3 * 60_000);
  await look(one);
  end.abort();
  await Promise.all([one.watched, two.watched]);

  expect(seen).toEqual([['one'], ['two'], ['one'], ['one']]);
  expect(watching).toEqual([]);
});

test('work that ends by itself is not begun again while this process plans', async () => {
  const { planner } = await makeStage(async () => {});
  let begun = 0;
  await planner.plan();

  await planner.whileActive(new AbortController().signal, async () => {
    begun += 1;
  });

  expect(begun).toBe(1);
});
