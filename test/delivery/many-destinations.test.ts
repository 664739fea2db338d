import { expect, test } from 'vitest';
import { makeCourier } from '../../src/delivery/courier.ts';
import { makeOutbox, type Outbox } from '../../src/outbox/outbox.ts';
import type { Publisher } from '../../src/publishers/publisher.ts';
import { type FakeClock, makeFakeClock } from '../support/fake-clock.ts';
import { makeFakePlatform, type PublishFate, WORKS } from '../support/fake-platform.ts';
import { makeNewDelivery } from '../support/make-new-delivery.ts';
import { makeRecordLog } from '../support/record-log.ts';
import { makeTempDatabase } from '../support/temp-database.ts';

const RECEIPT = { posts: [{ id: 'post' }] };
const CLOSED: PublishFate = { kind: 'is closed', posts: 0 };

/** A publisher that waits for as long as it is let. */
function makeHanging(until: Promise<void>): Publisher {
  return {
    find: async () => ({ kind: 'absent' }),
    publish: async () => {
      await until;
      return { kind: 'sent', receipt: RECEIPT };
    },
    retract: async () => ({ kind: 'retracted' }),
  };
}

const works: Publisher = makeHanging(Promise.resolve());
const by = (clock: FakeClock) => ({ actor: 'editor', now: clock.now() });

function makeRunning(publishers: ReadonlyMap<string, Publisher>): {
  readonly outbox: Outbox;
  readonly clock: FakeClock;
  /** Runs until something was delivered so often; tells to where, in order. */
  run(count: number, onEnd?: () => void): Promise<string[]>;
} {
  const outbox = makeOutbox(makeTempDatabase().database);
  const clock = makeFakeClock();
  const makers = [...publishers].map(([name, it]) => [name, async () => it] as const);
  const courier = makeCourier({
    ...{ outbox, clock, log: makeRecordLog(), owner: 'here', random: () => 0 },
    publishers: new Map(makers),
  });
  return {
    outbox,
    clock,
    run: async (count, onEnd = () => {}) => {
      const stop = new AbortController();
      const order: string[] = [];
      await courier.run(stop.signal, ({ claim }) => {
        order.push(`${claim.delivery.destination} ${claim.delivery.item}`);
        if (order.length !== count) return;
        stop.abort();
        onEnd();
      });
      return order;
    },
  };
}

test('a destination that hangs holds up nobody, and each keeps its order', async () => {
  const { promise: hangs, resolve } = Promise.withResolvers<void>();
  const { outbox, clock, run } = makeRunning(
    new Map([
      ['x/hangs', makeHanging(hangs)],
      ['x/works', works],
    ]),
  );
  for (const destination of ['x/hangs', 'x/works']) {
    for (const item of ['paper/c', 'paper/a', 'paper/b']) {
      clock.advance(1);
      const dueAt = clock.now();
      await outbox.queue(makeNewDelivery({ destination, item, dueAt }), dueAt);
    }
  }

  const order = await run(3, resolve);

  const told = order.slice(0, 3);
  expect(told).toEqual(['x/works paper/c', 'x/works paper/a', 'x/works paper/b']);
  expect(order[3]).toBe('x/hangs paper/c');
});

test('three hundred destinations of one platform that hang leave another platform going', async () => {
  const { promise: hangs, resolve } = Promise.withResolvers<void>();
  const stuck = Array.from({ length: 300 }, (_, i) => `x/${i}`);
  const publishers = new Map(stuck.map((name) => [name, makeHanging(hangs)] as const));
  const { outbox, clock, run } = makeRunning(new Map([...publishers, ['y/works', works]]));
  for (const destination of stuck) {
    await outbox.queue(makeNewDelivery({ destination }), clock.now());
  }
  for (const item of ['paper/a', 'paper/b']) {
    clock.advance(1);
    const dueAt = clock.now();
    await outbox.queue(makeNewDelivery({ destination: 'y/works', item, dueAt }), dueAt);
  }

  const order = await run(2, resolve);

  expect(order.slice(0, 2)).toEqual(['y/works paper/a', 'y/works paper/b']);
  const waiting = await outbox.list({ states: ['planned'] });
  expect(waiting).toHaveLength(300 - 256);
}, 120_000);

test('a destination that is closed is paused, what is due there waits, and a retry lets it go on', async () => {
  const platform = makeFakePlatform();
  const fates = [CLOSED];
  const publisher = platform.makePublisher({
    find: () => 'answers',
    publish: () => fates.shift() ?? WORKS,
  });
  const { outbox, clock, run } = makeRunning(
    new Map([
      ['folder', publisher],
      ['x/works', works],
    ]),
  );
  const { delivery } = await outbox.queue(makeNewDelivery(), clock.now());
  await outbox.queue(makeNewDelivery({ item: 'paper/b' }), clock.now());
  await outbox.queue(makeNewDelivery({ destination: 'x/works', item: 'paper/c' }), clock.now());

  const first = await run(2);
  const pauses = await outbox.listPauses();
  clock.advance(48 * 60 * 60 * 1000);
  const ready = await outbox.findReady(['folder', 'x/works'], clock.now());
  await outbox.retry(delivery.id, by(clock));
  const then = await run(2);

  expect(first.sort()).toEqual(['folder paper/a', 'x/works paper/c']);
  expect(pauses).toMatchObject([{ destination: 'folder', remedy: 'Make one.' }]);
  expect(ready).toEqual([]);
  expect(then).toEqual(['folder paper/a', 'folder paper/b']);
});

test('what is to be taken back passes a head that is stuck', async () => {
  const platform = makeFakePlatform();
  const offline: PublishFate = { kind: 'is unavailable', posts: 0 };
  const fates = [WORKS, ...Array<PublishFate>(50).fill(offline)];
  const publisher = platform.makePublisher({
    find: () => 'answers',
    publish: () => fates.shift() ?? WORKS,
  });
  const { outbox, clock, run } = makeRunning(new Map([['folder', publisher]]));
  const { delivery } = await outbox.queue(makeNewDelivery(), clock.now());
  await outbox.queue(makeNewDelivery({ item: 'paper/b', dueAt: clock.now() }), clock.now());
  await run(4);
  await outbox.retract(delivery.id, by(clock));

  const [next] = await run(1);

  expect(next).toBe('folder paper/a');
  expect(platform.placed).toEqual([]);
  expect((await outbox.read(delivery.id))?.state).toBe('retracted');
});

test('nobody waits for a publisher that does not end: its attempt does, and is looked up', async () => {
  const outbox = makeOutbox(makeTempDatabase().database);
  const clock = makeFakeClock();
  const courier = makeCourier({
    ...{ outbox, clock, log: makeRecordLog(), owner: 'here', random: () => 0 },
    publishers: new Map([['folder', async () => makeHanging(new Promise(() => {}))]]),
    timeoutMs: 20,
    graceMs: 20,
  });
  await outbox.queue(makeNewDelivery(), clock.now());

  const delivered = await courier.deliverNext(['folder']);

  expect(delivered?.outcome.kind).toBe('unknown');
});
