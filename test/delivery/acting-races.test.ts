import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openDatabase } from '../../src/database/open-database.ts';
import { LEASE_MS, makeCourier } from '../../src/delivery/courier.ts';
import type { Delivery } from '../../src/outbox/delivery.ts';
import { makeOutbox, type Outbox } from '../../src/outbox/outbox.ts';
import { OPEN_STATES } from '../../src/outbox/transitions.ts';
import { type FakeClock, makeFakeClock } from '../support/fake-clock.ts';
import {
  type FakePlatform,
  makeFakePlatform,
  type PublishFate,
  WORKS,
} from '../support/fake-platform.ts';
import { makeNewDelivery } from '../support/make-new-delivery.ts';
import { makeRecordLog } from '../support/record-log.ts';
import { makeTempFolder } from '../support/temp-folder.ts';
import { makeLock, withTurns } from './turns.ts';

/** Steps in which a quiet house waits: all couriers together take less than a lease. */
const WAIT_MS = 5_000;
const DESTINATIONS = ['folder', 'discord'] as const;
const TEXTS = [['One.'], ['One.', 'Two.'], ['One.', 'Two.', 'Three.']] as const;

/** What a person does to one of the deliveries; or a correction of it, once it is in place. */
type Deed = {
  readonly which: number;
  readonly verb: 'hold' | 'release' | 'cancel' | 'retry' | 'retract' | 'edit' | 'repost' | 'reply';
  readonly length: number;
};
const deed: fc.Arbitrary<Deed> = fc.record({
  which: fc.nat(5),
  verb: fc.constantFrom(
    ...(['hold', 'release', 'cancel', 'retry', 'retract', 'retract'] as const),
    ...(['edit', 'edit', 'repost', 'reply'] as const),
  ),
  length: fc.nat(2),
});
const fate: fc.Arbitrary<PublishFate> = fc.oneof(
  fc.constant(WORKS),
  fc.record({ kind: fc.constant('dies' as const), posts: fc.nat(3) }),
);

type Street = {
  readonly outboxes: readonly Outbox[];
  readonly platform: FakePlatform;
  readonly clock: FakeClock;
  readonly scheduler: fc.Scheduler;
  /** How publishing and taking back go, in turn; then they work. */
  readonly fates: PublishFate[];
  peopleAct: boolean;
};

/** What came about, over all that follows: a single row of them may be lucky. */
const seen = { deaths: 0, corrected: 0, retracted: 0 };

test.each([
  [2, 30],
  [3, 30],
  [10, 15],
])(
  '%i couriers that die, and people who act meanwhile, leave what the ledger says: one whole thread, or none',
  async (count, numRuns) => {
    const folder = makeTempFolder();
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fate, { maxLength: 6 }),
        fc.array(deed, { minLength: 2, maxLength: 10, size: 'max' }),
        async (scheduler, fates, deeds) => {
          run += 1;
          const file = join(folder, `${run}.db`);
          const databases = Array.from({ length: count }, () => openDatabase(file));
          try {
            const lock = makeLock();
            const street: Street = {
              outboxes: databases.map((database) => withTurns(database, scheduler, lock)),
              platform: makeFakePlatform(),
              clock: makeFakeClock(),
              scheduler,
              fates: [...fates],
              peopleAct: true,
            };
            const plain = makeOutbox(databases[0] ?? openDatabase(file));
            for (const destination of DESTINATIONS) {
              for (const item of ['paper/a', 'paper/b']) {
                const dueAt = street.clock.now();
                await plain.queue(makeNewDelivery({ item, destination, dueAt }), dueAt);
              }
            }
            const couriers = street.outboxes.map((outbox, index) =>
              runCourier(street, outbox, index, seen),
            );
            await scheduler.waitFor(Promise.all([...couriers, act(street, deeds)]));
            await tidyUp(street, plain);

            const deliveries = await plain.list();
            expectTold(street.platform, deliveries);
            seen.corrected += deliveries.filter(
              ({ state, replaces }) => state === 'sent' && replaces !== undefined,
            ).length;
            seen.retracted += deliveries.filter(({ state }) => state === 'retracted').length;
          } finally {
            await Promise.all(databases.map((database) => database.destroy()));
          }
        },
      ),
      { numRuns },
    );
  },
  240_000,
);

test('some of these couriers did die, and some deliveries were corrected and taken back', () => {
  expect(Math.min(seen.deaths, seen.corrected, seen.retracted)).toBeGreaterThan(0);
});

/** Couriers come one after another: each works until there is nothing, or until it dies. */
async function runCourier(
  street: Street,
  outbox: Outbox,
  index: number,
  seen: { deaths: number },
): Promise<void> {
  for (let life = 0; ; life += 1) {
    const owner = `courier-${index}-${life}`;
    const { courier, death } = hire(street, outbox, owner);
    for (;;) {
      const isIdle = (await outbox.list({ states: OPEN_STATES, most: 1 })).length === 0;
      if (isIdle && !street.peopleAct) return;
      const delivered = await Promise.race([courier.deliverNext(DESTINATIONS), death]);
      if (delivered === 'dead') break;
      const isQuiet =
        delivered === undefined &&
        (await outbox.list({ states: ['sending'], most: 1 })).length === 0;
      // What waits for its time, waits; nobody's lease runs out over it.
      if (isQuiet) street.clock.advance(WAIT_MS);
    }
    seen.deaths += 1;
    // The next process sees that this one is gone.
    await outbox.freeLeases((it) => it === owner, street.clock.now());
  }
}

function hire({ platform, clock, scheduler, fates }: Street, outbox: Outbox, owner: string) {
  const { promise: death, resolve } = Promise.withResolvers<'dead'>();
  const next = (what: string): Promise<PublishFate> =>
    scheduler.schedule(Promise.resolve(fates.shift() ?? WORKS), `${owner} ${what}`);
  const publisher = platform.makePublisher({
    find: () => scheduler.schedule(Promise.resolve('answers' as const), `${owner} finds`),
    publish: () => next('publishes'),
    retract: async () => {
      const { kind, posts } = await next('takes back');
      return kind === 'dies' ? { kind, posts } : WORKS;
    },
    beforePost: () => scheduler.schedule(Promise.resolve(), `${owner} posts`),
    onDeath: () => resolve('dead'),
  });
  const courier = makeCourier({
    outbox,
    publishers: new Map(DESTINATIONS.map((name) => [name, async () => publisher])),
    clock,
    log: makeRecordLog(),
    owner,
    random: () => 0.5,
  });
  return { courier, death };
}

async function act(street: Street, deeds: readonly Deed[]): Promise<void> {
  const [outbox] = street.outboxes;
  for (const { which, verb, length } of deeds) {
    const list = (await outbox?.list()) ?? [];
    const delivery = list[which % list.length];
    if (outbox === undefined || delivery === undefined) continue;
    const now = street.clock.now();
    if (verb !== 'edit' && verb !== 'repost' && verb !== 'reply') {
      await outbox[verb](delivery.id, { actor: 'editor', now });
      continue;
    }
    if (delivery.state !== 'sent') continue;
    const { item, destination, revision, id } = delivery;
    const texts = (TEXTS[length] ?? []).map((text) => `${text} Revision ${revision + 1}.`);
    const replaces = { id, how: verb } as const;
    const parts = { item, destination, revision: revision + 1, texts, replaces, dueAt: now };
    await outbox.queue(makeNewDelivery(parts), now);
  }
  street.peopleAct = false;
}

/** People let go what they hold, and take back what was left behind. */
async function tidyUp(street: Street, outbox: Outbox): Promise<void> {
  const by = { actor: 'editor', now: street.clock.now() };
  const plain = street.platform.makePublisher({ find: () => 'answers', publish: () => WORKS });
  const courier = makeCourier({
    ...{ outbox, clock: street.clock, log: makeRecordLog(), owner: 'last', random: () => 0.5 },
    publishers: new Map(DESTINATIONS.map((name) => [name, async () => plain])),
  });
  for (let round = 0; round < 5; round += 1) {
    street.clock.advance(LEASE_MS);
    while ((await courier.deliverNext(DESTINATIONS)) !== undefined);
    for (const { id, state } of await outbox.list()) {
      if (state === 'held') await outbox.release(id, by);
      if (state !== 'refused' && state !== 'cancelled') continue;
      // Of a correction whose thread is gone nothing is there to be taken back.
      if ((await outbox.retract(id, by)) === undefined) await outbox.cancel(id, by);
    }
  }
  expect(await outbox.list({ states: [...OPEN_STATES, 'held', 'refused'] })).toEqual([]);
}

/** Every post in place is of a delivery that is sent, and every such thread is whole and once. */
function expectTold({ placed }: FakePlatform, deliveries: readonly Delivery[]): void {
  const sent = deliveries.filter(({ state }) => state === 'sent');
  for (const { id, receipt, draft } of sent) {
    const posts = placed.filter(({ delivery }) => delivery === id);
    const inOrder = posts.toSorted((a, b) => a.index - b.index);
    expect(inOrder.map(({ content }) => content)).toEqual(
      draft.posts.map((post) => JSON.stringify(post)),
    );
    expect(receipt?.posts.map((post) => post.id)).toEqual(inOrder.map((post) => post.id));
  }
  const ids = new Set(sent.map(({ id }) => id));
  expect(placed.filter(({ delivery }) => !ids.has(delivery))).toEqual([]);
}
