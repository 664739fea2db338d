import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Database, openDatabase } from '../../src/database/open-database.ts';
import { LEASE_MS, makeCourier } from '../../src/delivery/courier.ts';
import { makeOutbox, type Outbox } from '../../src/outbox/outbox.ts';
import { OPEN_STATES } from '../../src/outbox/transitions.ts';
import { type FakeClock, makeFakeClock } from '../support/fake-clock.ts';
import { type FakePlatform, makeFakePlatform, WORKS } from '../support/fake-platform.ts';
import { makeNewDelivery } from '../support/make-new-delivery.ts';
import { makeRecordLog } from '../support/record-log.ts';
import { makeTempFolder } from '../support/temp-folder.ts';
import { makeLock, withTurns } from './turns.ts';

const DESTINATIONS = ['folder', 'discord'] as const;
const ITEMS = ['paper/a', 'paper/b'] as const;

type Race = {
  readonly outboxes: readonly Outbox[];
  readonly platform: FakePlatform;
  readonly clock: FakeClock;
  readonly scheduler: fc.Scheduler;
};

test.each([2, 3, 10])(
  '%i couriers on one file post everything once, in order, one at a time',
  async (count) => {
    await race(count, false, async ({ outboxes: [outbox], platform }) => {
      const deliveries = (await outbox?.list()) ?? [];
      expect(deliveries).toHaveLength(4);
      for (const { id, state, attempts, receipt } of deliveries) {
        const posts = platform.placed.filter(({ delivery }) => delivery === id);
        expect([state, attempts]).toEqual(['sent', 1]);
        expect(receipt?.posts.map((post) => post.id)).toEqual(posts.map((post) => post.id));
      }
      for (const destination of DESTINATIONS) {
        const own = deliveries.filter((it) => it.destination === destination).reverse();
        const line = own.flatMap(({ id }) => [`${id}/0`, `${id}/1`]);
        const placed = platform.placed
          .filter(({ delivery }) => own.some(({ id }) => id === delivery))
          .map(({ delivery, index }) => `${delivery}/${index}`);
        expect(placed).toEqual(line);
      }
    });
  },
  180_000,
);

test('where leases run out under slow couriers, record keys keep every post single', async () => {
  let overtaken = 0;

  await race(3, true, async ({ outboxes: [outbox], platform }, settled) => {
    const deliveries = (await outbox?.list()) ?? [];
    for (const { id, state, attempts } of deliveries) {
      const posts = platform.placed.filter(({ delivery }) => delivery === id);
      overtaken += attempts - 1;
      expect(state).toBe('sent');
      expect(posts.map(({ index }) => index).sort()).toEqual([0, 1]);
      expect(settled.filter((it) => it === id)).toHaveLength(1);
    }
  });

  expect(overtaken).toBeGreaterThan(0);
}, 180_000);

/** Lets couriers work off four deliveries, every call of theirs in an order that the scheduler picks. */
async function race(
  count: number,
  isTimeRunning: boolean,
  check: (race: Race, settled: readonly string[]) => Promise<void>,
): Promise<void> {
  const folder = makeTempFolder();
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      run += 1;
      const file = join(folder, `${run}.db`);
      const databases = Array.from({ length: count }, () => openDatabase(file));
      try {
        const lock = makeLock();
        const tools: Race = {
          outboxes: databases.map((database) => withTurns(database, scheduler, lock)),
          platform: makeFakePlatform(isTimeRunning),
          clock: makeFakeClock(),
          scheduler,
        };
        await queueAll(databases[0], tools.clock);
        const settled: string[] = [];
        const work = Promise.all([
          ...tools.outboxes.map((outbox, index) => runCourier(tools, outbox, index, settled)),
          ...(isTimeRunning ? [passTime(tools)] : []),
        ]);
        await scheduler.waitFor(work);
        const plain = databases.map((database) => makeOutbox(database));
        await check({ ...tools, outboxes: plain }, settled);
      } finally {
        await Promise.all(databases.map((database) => database.destroy()));
      }
    }),
    { numRuns: 30 },
  );
}

async function queueAll(database: Database | undefined, clock: FakeClock): Promise<void> {
  if (database === undefined) throw new Error('no database to queue in');
  const outbox = makeOutbox(database);
  for (const destination of DESTINATIONS) {
    for (const [index, item] of ITEMS.entries()) {
      const dueAt = new Date(clock.now().getTime() + index - ITEMS.length);
      await outbox.queue(makeNewDelivery({ item, destination, dueAt }), clock.now());
    }
  }
}

async function runCourier(
  { platform, clock, scheduler }: Race,
  outbox: Outbox,
  index: number,
  settled: string[],
): Promise<void> {
  const publisher = platform.makePublisher({
    find: () => scheduler.schedule(Promise.resolve('answers' as const), `${index} finds`),
    publish: () => scheduler.schedule(Promise.resolve(WORKS), `${index} publishes`),
    beforePost: () => scheduler.schedule(Promise.resolve(), `${index} posts`),
  });
  const courier = makeCourier({
    outbox,
    publishers: new Map(DESTINATIONS.map((name) => [name, async () => publisher])),
    clock,
    log: makeRecordLog(),
    owner: `courier-${index}`,
    random: () => 0.5,
  });
  while ((await outbox.list({ states: OPEN_STATES, most: 1 })).length > 0) {
    const delivered = await courier.deliverNext(DESTINATIONS);
    if (delivered?.isSettled) settled.push(delivered.claim.delivery.id);
  }
}

/** Lets a lease run out now and then. */
async function passTime({ clock, scheduler }: Race): Promise<void> {
  for (let i = 0; i < 6; i += 1) {
    await scheduler.schedule(Promise.resolve(), 'a lease runs out');
    clock.advance(LEASE_MS);
  }
}
