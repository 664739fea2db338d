import { expect, test } from 'vitest';
import { type Courier, makeCourier } from '../../src/delivery/courier.ts';
import { makeRedactor } from '../../src/kit/redact.ts';
import { makeOutbox, type Outbox } from '../../src/outbox/outbox.ts';
import type { Publisher } from '../../src/publishers/publisher.ts';
import { type FakeClock, makeFakeClock } from '../support/fake-clock.ts';
import {
  type FakePlatform,
  type FindFate,
  makeFakePlatform,
  type PublishFate,
  WORKS,
} from '../support/fake-platform.ts';
import { makeNewDelivery } from '../support/make-new-delivery.ts';
import { makeRecordLog, type RecordLog } from '../support/record-log.ts';
import { makeTempDatabase } from '../support/temp-database.ts';

const HOUR_MS = 60 * 60 * 1000;
const OFFLINE: PublishFate = { kind: 'is unavailable', posts: 0 };
const HERE = ['folder'];
const SECRET_WORDS = 'correct-horse-battery-staple';

type Tools = {
  readonly courier: Courier;
  readonly outbox: Outbox;
  readonly platform: FakePlatform;
  readonly clock: FakeClock;
  readonly log: RecordLog;
  /** The only delivery, queued and due. */
  readonly id: string;
};

/** A courier whose publishings and look-ups meet the fates in turn, then go well. */
async function makeTools(
  publishes: PublishFate[] = [],
  finds: FindFate[] = [],
  make?: () => Promise<Publisher>,
): Promise<Tools> {
  const outbox = makeOutbox(makeTempDatabase().database);
  const platform = makeFakePlatform();
  const clock = makeFakeClock('2026-11-23T09:00:00.000Z');
  const log = makeRecordLog();
  const publisher = platform.makePublisher({
    find: () => finds.shift() ?? 'answers',
    publish: () => publishes.shift() ?? WORKS,
  });
  const courier = makeCourier({
    redact: makeRedactor([SECRET_WORDS]),
    outbox,
    publishers: new Map([['folder', make ?? (async () => publisher)]]),
    clock,
    log,
    owner: 'here',
    random: () => 0,
    nameOf: (key) => `${key}-lab`,
  });
  const { delivery } = await outbox.queue(makeNewDelivery(), clock.now());
  return { courier, outbox, platform, clock, log, id: delivery.id };
}

test('a first attempt sends without looking, and tells of it in the log', async () => {
  const { courier, outbox, platform, log, id } = await makeTools();

  const delivered = await courier.deliverNext(HERE);
  const nothing = await courier.deliverNext(HERE);

  expect(delivered).toMatchObject({ isSettled: true, outcome: { kind: 'sent' } });
  expect(nothing).toBeUndefined();
  expect(platform.calls).toEqual(['publish']);
  expect(await outbox.read(id)).toMatchObject({ state: 'sent', attempts: 1 });
  expect(log.lines).toMatchObject([
    {
      level: 'info',
      event: 'delivery.sent',
      fields: { deliveryId: id, destination: 'folder-lab', attempt: 1 },
    },
  ]);
});

const firstFates: readonly PublishFate[] = [
  OFFLINE,
  { kind: 'is unknown', posts: 0 },
  { kind: 'is unknown', posts: 1 },
  { kind: 'is unknown', posts: 2 },
  { kind: 'throws', posts: 1 },
];
test.each(firstFates)(
  'after a publish that $kind with $posts posts in place, the second attempt looks first and sends the rest',
  async (fate) => {
    const { courier, outbox, platform, clock, id } = await makeTools([fate]);

    await courier.deliverNext(HERE);
    const tooEarly = await courier.deliverNext(HERE);
    clock.advance(2_000);
    await courier.deliverNext(HERE);

    const rest = fate.posts < 2 ? ['find', 'publish'] : ['find'];
    expect(tooEarly).toBeUndefined();
    expect(platform.calls).toEqual(['publish', ...rest]);
    expect(platform.placed.map(({ index }) => index)).toEqual([0, 1]);
    expect(await outbox.read(id)).toMatchObject({ state: 'sent', attempts: 2 });
  },
);

test('after a worker that died, the next one looks first', async () => {
  const { courier, outbox, platform, clock } = await makeTools();
  await outbox.claim({ owner: 'dead', now: clock.now(), leaseMs: 90_000, destinations: HERE });
  clock.advance(90_000);

  await courier.deliverNext(HERE);

  expect(platform.calls).toEqual(['find', 'publish']);
});

test('nothing is sent while the look-up does not answer', async () => {
  const finds: FindFate[] = ['is unavailable', 'throws', 'is unavailable'];
  const { courier, outbox, platform, clock, id } = await makeTools([OFFLINE], finds);

  for (let i = 0; i < 4; i += 1) {
    await courier.deliverNext(HERE);
    clock.advance(HOUR_MS);
  }
  const before = { calls: [...platform.calls], delivery: await outbox.read(id) };
  await courier.deliverNext(HERE);

  expect(before.calls).toEqual(['publish', 'find', 'find', 'find']);
  expect(before.delivery?.state).toBe('planned');
  expect((await outbox.read(id))?.state).toBe('sent');
});

test('what may be in place stays unknown while the look-up does not answer', async () => {
  const finds: FindFate[] = ['is unavailable', 'throws'];
  const { courier, outbox, platform, clock, id } = await makeTools(
    [{ kind: 'is unknown', posts: 2 }, OFFLINE],
    finds,
  );
  const states: (string | undefined)[] = [];

  for (let i = 0; i < 4; i += 1) {
    await courier.deliverNext(HERE);
    states.push((await outbox.read(id))?.state);
    clock.advance(HOUR_MS);
  }

  expect(states).toEqual(['unknown', 'unknown', 'unknown', 'sent']);
  expect(platform.placed).toHaveLength(2);
});

test.each([
  [{ kind: 'throws', posts: 1 }, 'unknown'],
  [{ kind: 'throws', posts: 0 }, 'unknown'],
] as const)(
  'a publisher that throws is logged as a bug and the delivery is not lost (%j)',
  async (fate, state) => {
    const { courier, outbox, log, id } = await makeTools([fate]);

    await courier.deliverNext(HERE);

    expect(await outbox.read(id)).toMatchObject({ state, reason: 'a bug in publish' });
    expect(log.lines).toMatchObject([
      {
        level: 'error',
        event: 'publisher.threw',
        fields: { deliveryId: id, reason: 'a bug in publish' },
      },
      { level: 'warn', event: 'delivery.unknown' },
    ]);
  },
);

test('a publisher that cannot be made leaves the delivery planned', async () => {
  const { courier, outbox, id } = await makeTools([], [], () =>
    Promise.reject(new Error('no such module')),
  );

  await courier.deliverNext(HERE);

  expect(await outbox.read(id)).toMatchObject({ state: 'planned', reason: 'no such module' });
});

test('a reason of any length is kept short, and without a part of a secret', async () => {
  for (let before = 440; before <= 510; before += 5) {
    const said = `${'x'.repeat(before)} ${SECRET_WORDS} ${'y'.repeat(500)}`;
    const { courier, outbox, id } = await makeTools([], [], () => Promise.reject(new Error(said)));

    await courier.deliverNext(HERE);

    const reason = (await outbox.read(id))?.reason ?? '';
    expect(reason.length).toBeLessThanOrEqual(501);
    expect(reason).not.toContain('correct');
  }
});

test('a refusal is final, and logged for a person', async () => {
  const { courier, outbox, clock, log, id } = await makeTools([{ kind: 'is refused', posts: 0 }]);

  await courier.deliverNext(HERE);
  clock.advance(48 * HOUR_MS);
  const again = await courier.deliverNext(HERE);

  expect(again).toBeUndefined();
  expect(await outbox.read(id)).toMatchObject({
    state: 'refused',
    reason: 'no such account',
    remedy: 'Make one.',
  });
  expect(log.lines).toMatchObject([{ level: 'error', event: 'delivery.refused' }]);
});

test('a retry is not before the platform asks for it', async () => {
  const { courier, outbox, clock, id } = await makeTools([], [], async () => ({
    find: async () => ({ kind: 'absent' }),
    publish: async () => ({
      kind: 'unavailable',
      cause: new Error('slow down'),
      retryAfterMs: 2 * HOUR_MS,
    }),
    retract: async () => ({ kind: 'retracted' }),
  }));

  await courier.deliverNext(HERE);

  const retryAt = new Date(clock.now().getTime() + 2 * HOUR_MS);
  expect(await outbox.read(id)).toMatchObject({ state: 'planned', retryAt });
});

test('after a day without success a person is asked, and asking again begins a new day', async () => {
  const forever = Array<PublishFate>(200).fill(OFFLINE);
  const { courier, outbox, clock, log, id } = await makeTools(forever);
  const tryFor = async (ms: number): Promise<void> => {
    const untilMs = clock.now().getTime() + ms;
    while (clock.now().getTime() < untilMs) {
      await courier.deliverNext(HERE);
      clock.advance(HOUR_MS);
    }
  };

  await tryFor(24 * HOUR_MS);
  const withinTheDay = await outbox.read(id);
  await courier.deliverNext(HERE);
  const afterTheDay = await outbox.read(id);
  clock.advance(1);
  await outbox.retry(id, { actor: 'ann', now: clock.now() });
  await tryFor(24 * HOUR_MS);
  const withinTheNext = await outbox.read(id);
  await courier.deliverNext(HERE);
  const afterTheNext = await outbox.read(id);

  expect([withinTheDay?.state, afterTheDay?.state]).toEqual(['planned', 'refused']);
  expect(afterTheDay?.reason).toMatch(/^no success in 25 attempts over a day; .*no connection$/);
  expect(afterTheDay?.remedy).toContain('folder');
  expect(afterTheNext?.reason).toMatch(/^no success in 25 attempts over a day; /);
  expect([withinTheNext?.state, afterTheNext?.state]).toEqual(['planned', 'refused']);
  expect(log.lines.filter(({ level }) => level === 'error').map(({ event }) => event)).toEqual([
    'delivery.refused',
    'destination.paused',
    'delivery.refused',
    'destination.paused',
  ]);
});

test('after a person has let it be tried again the delays begin anew', async () => {
  const seven = Array<PublishFate>(7).fill(OFFLINE);
  const refused: PublishFate = { kind: 'is refused', posts: 0 };
  const { courier, outbox, clock, id } = await makeTools([...seven, refused, OFFLINE]);
  for (let i = 0; i < 8; i += 1) {
    await courier.deliverNext(HERE);
    clock.advance(HOUR_MS);
  }

  await outbox.retry(id, { actor: 'ann', now: clock.now() });
  await courier.deliverNext(HERE);

  const retryAt = new Date(clock.now().getTime() + 2_000);
  expect(await outbox.read(id)).toMatchObject({ state: 'planned', attempts: 9, retryAt });
});

test('a day of waiting in the queue is no day of failing', async () => {
  const { courier, outbox, clock, id } = await makeTools([OFFLINE]);
  clock.advance(72 * HOUR_MS);

  await courier.deliverNext(HERE);

  expect((await outbox.read(id))?.state).toBe('planned');
});

test('who was overtaken says so, and does not change what the heir wrote', async () => {
  const { outbox, clock, log, id } = await makeTools();
  const courier = makeCourier({
    outbox,
    publishers: new Map([
      [
        'folder',
        async (): Promise<Publisher> => ({
          find: async () => ({ kind: 'absent' }),
          publish: async () => {
            clock.advance(91_000);
            const claim = await outbox.claim({
              owner: 'heir',
              now: clock.now(),
              leaseMs: 90_000,
              destinations: HERE,
            });
            if (claim === undefined) throw new Error('nothing to inherit');
            const receipt = { posts: [{ id: 'of the heir' }] };
            await outbox.settle(claim, { kind: 'sent', receipt }, clock.now());
            return { kind: 'sent', receipt: { posts: [{ id: 'too late' }] } };
          },
          retract: async () => ({ kind: 'retracted' }),
        }),
      ],
    ]),
    clock,
    log,
    owner: 'slow',
    random: () => 0,
  });

  const delivered = await courier.deliverNext(HERE);

  expect(delivered?.isSettled).toBe(false);
  expect((await outbox.read(id))?.receipt).toEqual({ posts: [{ id: 'of the heir' }] });
  expect(log.lines).toMatchObject([{ level: 'warn', event: 'delivery.overtaken' }]);
});

test('a running courier delivers what falls due until it is stopped, over failures of the database', async () => {
  const { outbox, clock, platform, log, id } = await makeTools();
  const stop = new AbortController();
  let failures = 2;
  const publisher = platform.makePublisher({ find: () => 'answers', publish: () => WORKS });
  const courier = makeCourier({
    outbox: {
      ...outbox,
      claim: async (options) => {
        if (options.destinations.includes('folder') && failures > 0) {
          failures -= 1;
          throw new Error('database is locked');
        }
        return outbox.claim(options);
      },
    },
    publishers: new Map(['folder', 'other'].map((name) => [name, async () => publisher])),
    clock,
    log,
    owner: 'here',
    random: () => 0,
  });
  const dueAt = new Date(clock.now().getTime() + 60_000);
  await outbox.queue(makeNewDelivery({ destination: 'other', dueAt }), clock.now());
  const order: string[] = [];

  await courier.run(stop.signal, ({ claim }) => {
    order.push(claim.delivery.destination);
    if (order.length === 2) stop.abort();
  });

  expect(order).toEqual(['folder', 'other']);
  expect((await outbox.read(id))?.state).toBe('sent');
  expect(log.lines.filter(({ event }) => event === 'delivery.failed')).toHaveLength(2);
});

test('what is for a destination that has no publisher here is left to those that have one', async () => {
  const { courier, outbox, clock, id } = await makeTools();
  const elsewhere = makeNewDelivery({ destination: 'discord/1' });
  const { delivery } = await outbox.queue(elsewhere, clock.now());

  const nothing = await courier.deliverNext(['discord/1']);
  const delivered = await courier.deliverNext(['discord/1', 'folder']);

  expect(nothing).toBeUndefined();
  expect(delivered?.claim.delivery.id).toBe(id);
  expect(await outbox.read(delivery.id)).toMatchObject({ state: 'planned', attempts: 0 });
});

test('where nobody can be asked, an attempt that did nothing ends no doubt', async () => {
  const answers = ['unknown', 'unavailable'] as const;
  let tries = 0;
  const { courier, outbox, clock, id } = await makeTools([], [], async () => ({
    find: async () => ({ kind: 'absent', isUnproven: true }),
    publish: async () => {
      const kind = answers[tries] ?? 'unavailable';
      tries += 1;
      return { kind, cause: new Error(kind) };
    },
    retract: async () => ({ kind: 'retracted' }),
  }));

  await courier.deliverNext(HERE);
  clock.advance(HOUR_MS);
  await courier.deliverNext(HERE);

  expect(tries).toBe(2);
  expect(await outbox.read(id)).toMatchObject({ state: 'unknown', attempts: 2, isTouched: true });
});
