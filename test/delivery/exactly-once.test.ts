import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openDatabase } from '../../src/database/open-database.ts';
import { makeCourier } from '../../src/delivery/courier.ts';
import { makeOutbox, type Outbox } from '../../src/outbox/outbox.ts';
import { type FakeClock, makeFakeClock } from '../support/fake-clock.ts';
import {
  type FakePlatform,
  type FindFate,
  makeFakePlatform,
  type PublishFate,
  WORKS,
} from '../support/fake-platform.ts';
import { makeNewDelivery } from '../support/make-new-delivery.ts';
import { makeRecordLog } from '../support/record-log.ts';
import { makeTempDatabase } from '../support/temp-database.ts';
import { makeTempFolder } from '../support/temp-folder.ts';

const HOUR_MS = 60 * 60 * 1000;
const DESTINATIONS = ['folder', 'discord'] as const;

/** How settling goes: the process may die on either side of the commit, or the disk be full. */
type SettleFate = 'works' | 'dies before' | 'dies after' | 'fails';

/** One life of a worker: what happens to it, and how long after the last one. */
type Life = {
  readonly afterMs: number;
  readonly find: FindFate;
  readonly publish: PublishFate;
  readonly settle: SettleFate;
  /** The next process sees that this one is gone, rather than wait for its lease to run out. */
  readonly isSeenDead: boolean;
  readonly queues: string | undefined;
};

const life: fc.Arbitrary<Life> = fc.record({
  afterMs: fc.constantFrom(0, 1, 3_000, 90_000, 25 * HOUR_MS),
  find: fc.oneof(
    { weight: 4, arbitrary: fc.constant<FindFate>('answers') },
    fc.constantFrom<FindFate>('is unavailable', 'throws', 'dies'),
  ),
  publish: fc.record({
    kind: fc.constantFrom('works', 'is refused', 'is unavailable', 'is unknown', 'throws', 'dies'),
    posts: fc.nat(3),
  }),
  settle: fc.constantFrom<SettleFate>('works', 'works', 'dies before', 'dies after', 'fails'),
  isSeenDead: fc.boolean(),
  queues: fc.option(fc.constantFrom('a', 'b', 'c'), { nil: undefined }),
});
const GOOD: Life = {
  afterMs: HOUR_MS,
  find: 'answers',
  publish: WORKS,
  settle: 'works',
  isSeenDead: false,
  queues: undefined,
};

type House = {
  readonly outbox: Outbox;
  readonly platform: FakePlatform;
  readonly clock: FakeClock;
};

test('wherever a worker dies or fails, exactly one whole thread is in place in the end', async () => {
  const folder = makeTempFolder();
  let run = 0;
  const seen = { deaths: 0, partial: 0 };

  await fc.assert(
    fc.asyncProperty(fc.array(life, { maxLength: 14, size: 'max' }), async (lives) => {
      run += 1;
      const database = openDatabase(join(folder, `${run}.db`));
      const house: House = {
        outbox: makeOutbox(database),
        platform: makeFakePlatform(),
        clock: makeFakeClock(),
      };
      try {
        await queue(house, 'a');
        for (const [index, one] of lives.entries()) {
          const isDead = await live(house, one, `worker-${index}`);
          seen.deaths += isDead ? 1 : 0;
          expectNothingTwice(house);
        }
        const counts = Map.groupBy(house.platform.placed, ({ delivery }) => delivery);
        seen.partial += [...counts.values()].filter((posts) => posts.length === 1).length;
        await finish(house);

        await expectExactlyOnce(house);
      } finally {
        await database.destroy();
      }
    }),
    { numRuns: 100 },
  );

  // The lives above are worth their time only if they really cut things short.
  expect(seen.deaths).toBeGreaterThan(20);
  expect(seen.partial).toBeGreaterThan(5);
}, 180_000);

const everyCut: Life[] = (['dies', 'throws', 'is unknown'] as const).flatMap((kind) =>
  [0, 1, 2, 3].map((posts) => ({ ...GOOD, publish: { kind, posts } })),
);
const everySettle: Life[] = (['dies before', 'dies after', 'fails'] as const).map((settle) => ({
  ...GOOD,
  settle,
}));
test.each([...everyCut, ...everySettle].flatMap((one) => [one, { ...one, isSeenDead: true }]))(
  'after a publish that $publish.kind ($publish.posts posts in place) and a settle that $settle, the thread is whole and once (seen dead: $isSeenDead)',
  async (cut) => {
    const house: House = {
      outbox: makeOutbox(makeTempDatabase().database),
      platform: makeFakePlatform(),
      clock: makeFakeClock(),
    };
    await queue(house, 'a');

    await live(house, cut, 'unlucky');
    await finish(house);

    await expectExactlyOnce(house);
  },
);

async function queue({ outbox, clock }: House, item: string): Promise<void> {
  for (const destination of DESTINATIONS) {
    const texts = [`${item} one`, `${item} two`, `${item} three`];
    const dueAt = clock.now();
    await outbox.queue(
      makeNewDelivery({ item: `paper/${item}`, destination, texts, dueAt }),
      clock.now(),
    );
  }
}

/** Runs one worker for one delivery, with its fate. True when it died. */
async function live(house: House, fate: Life, owner: string): Promise<boolean> {
  const { outbox, platform, clock } = house;
  clock.advance(fate.afterMs);
  if (fate.queues !== undefined) await queue(house, fate.queues);
  const death = Promise.withResolvers<true>();
  const publisher = platform.makePublisher({
    find: () => fate.find,
    publish: () => fate.publish,
    onDeath: () => death.resolve(true),
  });
  const courier = makeCourier({
    outbox: withSettleFate(outbox, fate.settle, () => death.resolve(true)),
    publishers: new Map(DESTINATIONS.map((name) => [name, async () => publisher])),
    clock,
    log: makeRecordLog(),
    owner,
    random: () => 0.5,
  });
  const isDead = await Promise.race([
    death.promise,
    courier.deliverNext(DESTINATIONS).then(
      () => false,
      () => true, // The disk was full: the claim stays until its lease runs out.
    ),
  ]);
  if (isDead && fate.isSeenDead) await outbox.freeLeases((it) => it === owner, clock.now());
  return isDead;
}

function withSettleFate(outbox: Outbox, fate: SettleFate, onDeath: () => void): Outbox {
  return {
    ...outbox,
    settle: async (...request) => {
      if (fate === 'fails') throw new Error('database or disk is full');
      if (fate !== 'dies before') {
        const isSettled = await outbox.settle(...request);
        if (fate === 'works') return isSettled;
      }
      onDeath();
      return new Promise(() => {});
    },
  };
}

/** Workers that never fail, and a person who posts again what was refused. */
async function finish(house: House): Promise<void> {
  const { outbox, clock } = house;
  for (let round = 0; round < 40; round += 1) {
    await live(house, GOOD, `good-${round}`);
    const deliveries = await outbox.list();
    for (const { id, state } of deliveries) {
      if (state === 'refused') await outbox.retry(id, { actor: 'ann', now: clock.now() });
    }
    if (deliveries.every(({ state }) => state === 'sent')) return;
  }
  throw new Error('forty good workers could not finish');
}

function expectNothingTwice({ platform }: House): void {
  const keys = platform.placed.map(({ delivery, index }) => `${delivery}/${index}`);
  expect(new Set(keys).size).toBe(keys.length);
}

async function expectExactlyOnce({ outbox, platform }: House): Promise<void> {
  const deliveries = await outbox.list();
  expect(platform.placed).toHaveLength(3 * deliveries.length);
  for (const { id, state, receipt } of deliveries) {
    const posts = platform.placed.filter(({ delivery }) => delivery === id);
    expect(state).toBe('sent');
    expect(posts.map(({ index }) => index)).toEqual([0, 1, 2]);
    expect(receipt?.posts.map((post) => post.id)).toEqual(posts.map((post) => post.id));
  }
}
