import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { type Database, openDatabase } from '../../src/database/open-database.ts';
import { openSqlite, type SqliteConnection } from '../../src/database/open-sqlite.ts';
import { makeCourier } from '../../src/delivery/courier.ts';
import { doubtAll } from '../../src/outbox/doubt-all.ts';
import { makeOutbox, type Outbox } from '../../src/outbox/outbox.ts';
import { makeFakeClock } from '../support/fake-clock.ts';
import { makeFakePlatform, type PublishFate, WORKS } from '../support/fake-platform.ts';
import { makeNewDelivery } from '../support/make-new-delivery.ts';
import {
  BY,
  LEASE_MS,
  later,
  NOW,
  REFUSED,
  SENT,
  UNSENT,
  unavailable,
  unknown,
} from '../support/make-outbox-tools.ts';
import { makeRecordLog } from '../support/record-log.ts';
import { makeTempDatabase } from '../support/temp-database.ts';

const PLACE = 'discord/1';
const RESTORED = { from: NOW, now: later(60_000) };

type Rig = { readonly outbox: Outbox; readonly sqlite: SqliteConnection };

function makeRig(): Rig {
  const { database, file } = makeTempDatabase();
  const sqlite = openSqlite(file);
  onTestFinished(() => {
    sqlite.close();
  });
  return { outbox: makeOutbox(database), sqlite };
}

const claim = (outbox: Outbox, now: Date, to = PLACE) =>
  outbox.claim({ owner: 'a', now, leaseMs: LEASE_MS, destinations: [to] });

const before: readonly [string, (rig: Rig) => Promise<unknown>, string][] = [
  ['planned', async () => {}, 'unknown'],
  ['sending', async ({ outbox }: Rig) => claim(outbox, NOW), 'unknown'],
  ['waiting for another attempt', (rig: Rig) => settle(rig, unavailable(0)), 'unknown'],
  ['unknown', (rig: Rig) => settle(rig, unknown(0)), 'unknown'],
  ['refused whole', (rig: Rig) => settle(rig, UNSENT), 'refused'],
  ['refused in part', (rig: Rig) => settle(rig, REFUSED), 'refused'],
  ['held', async ({ outbox }: Rig) => outbox.hold(await idOf(outbox), BY), 'held'],
  ['cancelled', async ({ outbox }: Rig) => outbox.cancel(await idOf(outbox), BY), 'cancelled'],
];

test.each(before)('what was %s is looked for before it is sent', async (_, prepare, state) => {
  const rig = makeRig();
  const { outbox, sqlite } = rig;
  await outbox.queue(makeNewDelivery({ destination: PLACE }), NOW);
  await prepare(rig);

  const { deliveries } = doubtAll(sqlite, RESTORED);

  const [found] = await outbox.list();
  const id = await idOf(outbox);
  await outbox.release(id, BY);
  await outbox.retry(id, BY);
  await outbox.resume(PLACE);
  const claimed = await claim(outbox, later(120_000));
  expect(deliveries).toBe(1);
  expect(found?.state).toBe(state);
  expect(claimed).toMatchObject({ isFirst: false, doubtfulSince: RESTORED.now });
});

test('what is sent, taken back or for a folder stays as it is', async () => {
  const { outbox, sqlite } = makeRig();
  for (const destination of [PLACE, 'bluesky/x', 'folder', 'folder/lab']) {
    await outbox.queue(makeNewDelivery({ destination }), NOW);
  }
  await settle({ outbox, sqlite }, SENT);
  const other = await claim(outbox, NOW, 'bluesky/x');
  if (other !== undefined) await outbox.settle(other, SENT, NOW);
  await outbox.retract(other?.delivery.id ?? '', BY);
  const before = await outbox.list();

  const { deliveries } = doubtAll(sqlite, RESTORED);

  expect(deliveries).toBe(0);
  expect(await outbox.list()).toEqual(before);
  expect((await claim(outbox, later(120_000), 'folder'))?.isFirst).toBe(true);
  expect((await claim(outbox, later(120_000), 'folder/lab'))?.isFirst).toBe(true);
});

test('every live destination that either ledger names is paused, and says from when it is', async () => {
  const { outbox, sqlite } = makeRig();
  await outbox.queue(makeNewDelivery({ destination: PLACE }), NOW);
  await outbox.queue(makeNewDelivery({ destination: 'folder' }), NOW);
  await outbox.queue(makeNewDelivery({ destination: 'folder/lab' }), NOW);
  sqlite.exec("insert into accounts values ('did:plc:x', 'bluesky/x')");
  sqlite.exec("insert into pauses values ('discord/1', 'then', 'no rights', 'Give them.')");

  const { paused } = doubtAll(sqlite, RESTORED, ['mastodon/y']);

  const pauses = await outbox.listPauses();
  expect(paused).toEqual(['bluesky/x', PLACE, 'mastodon/y']);
  expect(pauses.map(({ destination }) => destination).sort()).toEqual(paused);
  for (const { reason, remedy, pausedAt, destination } of pauses) {
    expect(reason).toContain('restored from a backup of 2026-11-23 09:00 UTC');
    expect(remedy).toContain(`paperboy retry --to ${destination.split('/')[0]}`);
    expect(pausedAt).toEqual(RESTORED.now);
  }
  const discord = pauses.find(({ destination }) => destination === PLACE);
  expect(discord?.reason).toContain('before that: no rights');
  expect(await claim(outbox, later(120_000))).toBeUndefined();
});

test('slots that are over are not planned again, and nobody holds a lock', () => {
  const { sqlite } = makeRig();
  const add = sqlite.prepare(
    "insert into slots (destination, lane, last_slot_at, schedule) values (?, 'papers', ?, 's')",
  );
  add.run(PLACE, NOW.toISOString());
  add.run('bluesky/x', later(3_600_000).toISOString());
  sqlite.exec("insert into locks values ('planner', 'here/1/a', '2999')");

  doubtAll(sqlite, RESTORED);

  const slots = sqlite.prepare('select last_slot_at from slots order by destination').pluck().all();
  expect(slots).toEqual([later(3_600_000).toISOString(), RESTORED.now.toISOString()]);
  expect(sqlite.prepare('select * from locks').all()).toEqual([]);
});

/** How an attempt goes, before or after the backup; some never tell. */
const fate: fc.Arbitrary<PublishFate> = fc.record({
  kind: fc.constantFrom('works', 'is refused', 'is unavailable', 'is unknown', 'throws'),
  posts: fc.nat(2),
});

test('what went out after the backup under the keys that it had is there once when it goes on', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fate, { maxLength: 3 }),
      fc.array(fate, { maxLength: 6 }),
      fc.array(fate, { maxLength: 3 }),
      async (before, lost, after) => {
        const { database, file } = makeTempDatabase();
        const platform = makeFakePlatform();
        const clock = makeFakeClock(NOW.toISOString());
        const fates = [...before, ...lost, ...after];
        const publisher = platform.makePublisher({
          find: () => 'answers',
          publish: () => fates.shift() ?? WORKS,
        });
        const work = async (outbox: Outbox, attempts: number): Promise<void> => {
          const publishers = new Map([[PLACE, async () => publisher]]);
          const tools = { publishers, clock, log: makeRecordLog(), owner: 'a', random: () => 0 };
          const courier = makeCourier({ outbox, ...tools });
          for (let n = 0; n < attempts; n += 1) {
            clock.advance(3_600_000);
            for (const { id } of await outbox.list({ states: ['refused'] })) {
              await outbox.retry(id, { actor: 'ann', now: clock.now() });
            }
            await courier.deliverNext([PLACE]);
          }
        };
        const outbox = makeOutbox(database);
        for (const item of ['paper/a', 'paper/b']) {
          await outbox.queue(makeNewDelivery({ item, destination: PLACE }), NOW);
        }
        await work(outbox, before.length);
        const copy = `${file}.copy`;
        const source = openSqlite(file);
        await source.backup(copy);
        source.close();
        await work(outbox, lost.length);

        const sqlite = openSqlite(copy);
        doubtAll(sqlite, { from: NOW, now: clock.now() });
        sqlite.close();
        const restored = makeOutbox(openFor(copy));
        await restored.resume(PLACE);
        await work(restored, after.length + 6);

        const places = platform.placed.map(({ delivery, index }) => `${delivery}/${index}`);
        expect(new Set(places).size).toBe(places.length);
        expect(places).toHaveLength(4);
      },
    ),
    { numRuns: 25 },
  );
});

function openFor(file: string): Database {
  const database = openDatabase(file);
  onTestFinished(() => database.destroy());
  return database;
}

async function idOf(outbox: Outbox): Promise<string> {
  const [one] = await outbox.list({ destination: PLACE });
  if (one === undefined) throw new Error('there is no delivery');
  return one.id;
}

async function settle({ outbox }: Rig, outcome: Parameters<Outbox['settle']>[1]): Promise<void> {
  const claimed = await claim(outbox, NOW);
  if (claimed === undefined) throw new Error('there was nothing to claim');
  await outbox.settle(claimed, outcome, NOW);
}
