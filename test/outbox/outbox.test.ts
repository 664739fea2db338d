import { expect, test } from 'vitest';
import type { Claim, Outcome } from '../../src/outbox/delivery.ts';
import { makeOutbox, type Outbox } from '../../src/outbox/outbox.ts';
import { makeNewDelivery } from '../support/make-new-delivery.ts';
import { makeTempDatabase } from '../support/temp-database.ts';

const NOW = new Date('2026-11-23T09:00:00.000Z');
const LEASE_MS = 90_000;
const RECEIPT = { posts: [{ id: 'at://did/app.bsky.feed.post/1', cid: 'bafy', url: 'https://x' }] };
const SENT: Outcome = { kind: 'sent', receipt: RECEIPT };
const REFUSED: Outcome = { kind: 'refused', reason: 'too long', remedy: 'Shorten it.' };

const after = (ms: number): Date => new Date(NOW.getTime() + ms);

function makeTools(): {
  readonly outbox: Outbox;
  readonly other: Outbox;
  claim(parts?: { owner?: string; now?: Date; to?: readonly string[] }): Promise<Claim | undefined>;
  mustClaim(parts?: { owner?: string; now?: Date; to?: readonly string[] }): Promise<Claim>;
  readAttempts(): Promise<{ number: number; outcome: string | null; detail: string | null }[]>;
} {
  const { database, connect } = makeTempDatabase();
  const outbox = makeOutbox(database);
  const claim: ReturnType<typeof makeTools>['claim'] = (parts = {}) => {
    const { owner = 'here/1/a', now = NOW, to = ['folder'] } = parts;
    return outbox.claim({ owner, now, leaseMs: LEASE_MS, destinations: to });
  };
  return {
    outbox,
    other: makeOutbox(connect().database),
    claim,
    mustClaim: async (parts) => {
      const claimed = await claim(parts);
      if (claimed === undefined) throw new Error('there was nothing to claim');
      return claimed;
    },
    readAttempts: () =>
      database
        .selectFrom('attempts')
        .select(['number', 'outcome', 'detail'])
        .orderBy('number')
        .execute(),
  };
}

test('queueing twice gives one row with the bytes of the first', async () => {
  const { outbox, other } = makeTools();

  const first = await outbox.queue(makeNewDelivery({ texts: ['As previewed: “ü” 🧪'] }), NOW);
  const second = await other.queue(makeNewDelivery({ texts: ['Changed since'] }), after(1000));

  expect(first.isNew).toBe(true);
  expect(second.isNew).toBe(false);
  expect(second.delivery).toEqual(first.delivery);
  expect(JSON.stringify(second.delivery.draft)).toBe(
    JSON.stringify(makeNewDelivery({ texts: ['As previewed: “ü” 🧪'] }).draft),
  );
  expect(await outbox.list()).toHaveLength(1);
});

test('issue, item, revision and destination each make another delivery', async () => {
  const { outbox } = makeTools();

  for (const part of [
    {},
    { issue: 8 },
    { item: 'paper/b' },
    { revision: 2 },
    { destination: 'discord' },
  ]) {
    await outbox.queue(makeNewDelivery(part), NOW);
  }

  const ids = (await outbox.list()).map(({ id }) => id);
  expect(new Set(ids).size).toBe(5);
});

test('a delivery is read back as it was queued', async () => {
  const { outbox } = makeTools();
  const asked = makeNewDelivery();

  const { delivery } = await outbox.queue(asked, NOW);

  expect(await outbox.read(delivery.id)).toEqual({
    ...asked,
    id: delivery.id,
    state: 'planned',
    queuedAt: NOW,
    attempts: 0,
    retryAt: undefined,
    firstAttemptAt: undefined,
    settledAt: undefined,
    receipt: undefined,
    reason: undefined,
    remedy: undefined,
  });
  expect(await outbox.read('nobody')).toBeUndefined();
});

test('the list has the latest due first and can be narrowed to an issue or a destination', async () => {
  const { outbox } = makeTools();
  await outbox.queue(makeNewDelivery({ item: 'paper/a', dueAt: after(2) }), NOW);
  await outbox.queue(makeNewDelivery({ item: 'paper/b', dueAt: after(3), issue: 8 }), NOW);
  await outbox.queue(makeNewDelivery({ item: 'paper/c', dueAt: after(1), destination: 'x' }), NOW);

  const items = async (filter?: Parameters<Outbox['list']>[0]): Promise<string[]> =>
    (await outbox.list(filter)).map(({ item }) => item);

  expect(await items()).toEqual(['paper/b', 'paper/a', 'paper/c']);
  expect(await items({ issue: 7 })).toEqual(['paper/a', 'paper/c']);
  expect(await items({ destination: 'folder' })).toEqual(['paper/b', 'paper/a']);
  expect(await items({ issue: 7, destination: 'x' })).toEqual(['paper/c']);
});

test('deliveries are claimed in the order in which they are due, by destination', async () => {
  const { outbox, claim } = makeTools();
  for (const [item, ms] of [
    ['paper/third', -10],
    ['paper/first', -30],
    ['paper/second', -20],
  ] as const) {
    await outbox.queue(makeNewDelivery({ item, dueAt: after(ms) }), NOW);
    await outbox.queue(makeNewDelivery({ item, dueAt: after(-ms - 60), destination: 'x' }), NOW);
  }

  const order = async (destination: string): Promise<string[]> => {
    const items: string[] = [];
    for (;;) {
      const claimed = await claim({ to: [destination] });
      if (claimed === undefined) return items;
      items.push(claimed.delivery.item);
      await outbox.settle(claimed, SENT, NOW);
    }
  };

  expect(await order('folder')).toEqual(['paper/first', 'paper/second', 'paper/third']);
  expect(await order('x')).toEqual(['paper/third', 'paper/second', 'paper/first']);
});

test('what is not due yet is not claimed, nor what belongs to other destinations', async () => {
  const { outbox, claim } = makeTools();
  await outbox.queue(makeNewDelivery({ dueAt: after(1) }), NOW);

  expect(await claim()).toBeUndefined();
  expect(await claim({ now: after(1), to: ['discord', 'bluesky'] })).toBeUndefined();
  expect(await claim({ now: after(1), to: [] })).toBeUndefined();
  expect(await claim({ now: after(1), to: ['discord', 'folder'] })).toBeDefined();
});

test('a claim names the attempt, and keeps the instant of the first one for good', async () => {
  const { outbox, mustClaim } = makeTools();
  await outbox.queue(makeNewDelivery(), NOW);

  const first = await mustClaim();
  await outbox.settle(first, { kind: 'unavailable', retryAt: after(5), reason: 'no net' }, NOW);
  const second = await mustClaim({ now: after(5) });

  expect([first.attempt, second.attempt]).toEqual([1, 2]);
  expect(second.fence).toBeGreaterThan(first.fence);
  expect(first.delivery.firstAttemptAt).toEqual(NOW);
  expect(second.delivery.firstAttemptAt).toEqual(NOW);
});

const open: readonly [string, Outcome | undefined][] = [
  ['sending', undefined],
  ['planned', { kind: 'unavailable', retryAt: after(60_000), reason: 'no net' }],
  ['unknown', { kind: 'unknown', retryAt: after(60_000), reason: 'no answer' }],
];
test.each(open)(
  'nothing is claimed while an earlier delivery of the destination is %s',
  async (state, outcome) => {
    const { outbox, claim, mustClaim } = makeTools();
    await outbox.queue(makeNewDelivery({ item: 'paper/a' }), NOW);
    await outbox.queue(makeNewDelivery({ item: 'paper/b', dueAt: after(-1) }), NOW);
    await outbox.queue(makeNewDelivery({ item: 'paper/b', destination: 'x' }), NOW);
    const first = await mustClaim();
    if (outcome !== undefined) await outbox.settle(first, outcome, NOW);

    const next = await claim({ now: after(59_999) });
    const elsewhere = await claim({ now: after(59_999), to: ['folder', 'x'] });

    expect((await outbox.read(first.delivery.id))?.state).toBe(state);
    expect(next).toBeUndefined();
    expect(elsewhere?.delivery.destination).toBe('x');
  },
);

test.each([
  ['sent', SENT],
  ['refused', REFUSED],
] as const)('the next delivery is claimed once the earlier one is %s', async (_, outcome) => {
  const { outbox, mustClaim } = makeTools();
  await outbox.queue(makeNewDelivery({ item: 'paper/a' }), NOW);
  await outbox.queue(makeNewDelivery({ item: 'paper/b', dueAt: after(-1) }), NOW);
  await outbox.settle(await mustClaim(), outcome, NOW);

  const next = await mustClaim();

  expect(next.delivery.item).toBe('paper/b');
});

test('a delivery that is queued for an earlier time waits for the one that is being sent', async () => {
  const { outbox, claim, mustClaim } = makeTools();
  await outbox.queue(makeNewDelivery({ item: 'paper/late', dueAt: after(-10) }), NOW);
  const held = await mustClaim();
  await outbox.queue(makeNewDelivery({ item: 'paper/early', dueAt: after(-20) }), NOW);

  const meanwhile = await claim();
  await outbox.settle(held, SENT, NOW);
  const afterwards = await claim();

  expect(meanwhile).toBeUndefined();
  expect(afterwards?.delivery.item).toBe('paper/early');
});

test('a lease that ran out is taken over, and the late worker can settle nothing', async () => {
  const { outbox, claim, mustClaim, readAttempts } = makeTools();
  await outbox.queue(makeNewDelivery(), NOW);
  const late = await mustClaim({ owner: 'late' });
  const early = await claim({ owner: 'heir', now: after(LEASE_MS - 1) });
  const heir = await mustClaim({ owner: 'heir', now: after(LEASE_MS) });
  const before = await outbox.read(late.delivery.id);

  const isSettled = await outbox.settle(late, SENT, after(LEASE_MS + 1));

  expect(early).toBeUndefined();
  expect(heir.delivery.id).toBe(late.delivery.id);
  expect(heir.attempt).toBe(2);
  expect(isSettled).toBe(false);
  expect(await outbox.read(late.delivery.id)).toEqual(before);
  expect(await readAttempts()).toEqual([
    { number: 1, outcome: 'unknown', detail: 'the worker died or was too slow' },
    { number: 2, outcome: null, detail: null },
  ]);
  expect(await outbox.settle(heir, REFUSED, after(LEASE_MS + 2))).toBe(true);
  expect(await outbox.settle(late, SENT, after(LEASE_MS + 3))).toBe(false);
  expect((await outbox.read(late.delivery.id))?.state).toBe('refused');
});

test('a worker whose lease ran out still settles while nobody took over', async () => {
  const { outbox, mustClaim } = makeTools();
  await outbox.queue(makeNewDelivery(), NOW);
  const slow = await mustClaim();

  const isSettled = await outbox.settle(slow, SENT, after(2 * LEASE_MS));

  expect(isSettled).toBe(true);
  expect((await outbox.read(slow.delivery.id))?.state).toBe('sent');
});

test('freeLeases ends the leases of the dead alone', async () => {
  const { outbox, claim, mustClaim } = makeTools();
  await outbox.queue(makeNewDelivery({ destination: 'x' }), NOW);
  await outbox.queue(makeNewDelivery({ destination: 'y' }), NOW);
  await mustClaim({ owner: 'dead', to: ['x'] });
  await mustClaim({ owner: 'alive', to: ['y'] });

  const freed = await outbox.freeLeases((owner) => owner === 'dead', after(1));

  expect(freed).toBe(1);
  expect((await claim({ now: after(1), to: ['x', 'y'] }))?.delivery.destination).toBe('x');
  expect(await claim({ now: after(1), to: ['x', 'y'] })).toBeUndefined();
});

test('freeLeases leaves settled deliveries alone', async () => {
  const { outbox, claim, mustClaim } = makeTools();
  await outbox.queue(makeNewDelivery(), NOW);
  const claimed = await mustClaim();
  await outbox.settle(claimed, { kind: 'unknown', retryAt: after(50), reason: 'cut' }, NOW);
  const before = await outbox.read(claimed.delivery.id);

  const freed = await outbox.freeLeases(() => true, after(1));

  expect(freed).toBe(0);
  expect(await outbox.read(claimed.delivery.id)).toEqual(before);
  expect(await claim({ now: after(49) })).toBeUndefined();
});

test('a refused delivery is requeued, due anew and without its old reason', async () => {
  const { outbox, claim, mustClaim } = makeTools();
  const { delivery } = await outbox.queue(makeNewDelivery(), NOW);
  await outbox.settle(await mustClaim(), REFUSED, NOW);

  const isRequeued = await outbox.requeue(delivery.id, after(1000));

  expect(isRequeued).toBe(true);
  expect(await outbox.read(delivery.id)).toMatchObject({
    state: 'planned',
    dueAt: after(1000),
    retryAt: undefined,
    settledAt: undefined,
    reason: undefined,
    remedy: undefined,
    attempts: 1,
    firstAttemptAt: NOW,
  });
  expect(await claim({ now: after(999) })).toBeUndefined();
  expect((await claim({ now: after(1000) }))?.attempt).toBe(2);
});

const kept: readonly [string, Outcome | undefined][] = [
  ['sending', undefined],
  ['sent', SENT],
  ['planned', { kind: 'unavailable', retryAt: after(1), reason: 'no net' }],
  ['unknown', { kind: 'unknown', retryAt: after(1), reason: 'no answer' }],
];
test.each(kept)('a delivery that is %s is not requeued', async (state, outcome) => {
  const { outbox, mustClaim } = makeTools();
  const { delivery } = await outbox.queue(makeNewDelivery(), NOW);
  const claimed = await mustClaim();
  if (outcome !== undefined) await outbox.settle(claimed, outcome, NOW);
  const before = await outbox.read(delivery.id);

  const isRequeued = await outbox.requeue(delivery.id, after(1000));

  expect(before?.state).toBe(state);
  expect(isRequeued).toBe(false);
  expect(await outbox.read(delivery.id)).toEqual(before);
  expect(await outbox.requeue('nobody', NOW)).toBe(false);
});

const settled = { retryAt: undefined, receipt: undefined, reason: undefined, remedy: undefined };
test.each([
  [SENT, { ...settled, state: 'sent', settledAt: after(9), receipt: RECEIPT }],
  [
    REFUSED,
    {
      ...settled,
      state: 'refused',
      settledAt: after(9),
      reason: 'too long',
      remedy: 'Shorten it.',
    },
  ],
  [
    { kind: 'unavailable', retryAt: after(60), reason: 'no net' },
    { ...settled, state: 'planned', settledAt: undefined, retryAt: after(60), reason: 'no net' },
  ],
  [
    { kind: 'unknown', retryAt: after(60), reason: 'no answer' },
    { ...settled, state: 'unknown', settledAt: undefined, retryAt: after(60), reason: 'no answer' },
  ],
] as const)(
  'the outcome $kind leads to the state of the table and is kept with the attempt',
  async (outcome, expected) => {
    const { outbox, mustClaim, readAttempts } = makeTools();
    const { delivery } = await outbox.queue(makeNewDelivery(), NOW);
    const claimed = await mustClaim();

    const isSettled = await outbox.settle(claimed, outcome, after(9));
    const isSettledAgain = await outbox.settle(claimed, SENT, after(10));

    expect([isSettled, isSettledAgain]).toEqual([true, false]);
    expect(await outbox.read(delivery.id)).toMatchObject(expected);
    expect(await readAttempts()).toEqual([
      { number: 1, outcome: outcome.kind, detail: 'reason' in outcome ? outcome.reason : null },
    ]);
  },
);

const slotOf = (destination: string, slotAt: Date, schedule = '0 9 * * * UTC') => ({
  destination,
  slotAt,
  schedule,
});

test('a new schedule is noted even for a slot that is over, and never moves the slot back', async () => {
  const { outbox } = makeTools();
  await outbox.takeSlot(slotOf('folder', NOW), [], NOW);

  const changed = await outbox.takeSlot(slotOf('folder', after(-1), '0 12 * * * UTC'), [], NOW);
  const again = await outbox.takeSlot(slotOf('folder', after(-1), '0 12 * * * UTC'), [], NOW);

  expect([changed.taken, again.taken]).toEqual([true, false]);
  expect(await outbox.readLastSlot('folder')).toEqual(slotOf('folder', NOW, '0 12 * * * UTC'));
});

test('only a delivery that was never attempted is given another time and draft', async () => {
  const { outbox } = makeTools();
  const wanted = makeNewDelivery({ revision: 2, dueAt: after(5) });
  const { delivery } = await outbox.queue(makeNewDelivery(), NOW);

  const first = await outbox.rerender(delivery.id, wanted);
  const [moved] = await outbox.list();
  await outbox.claim({
    owner: 'w',
    now: after(5),
    leaseMs: 1_000,
    destinations: [wanted.destination],
  });
  const second = await outbox.rerender(moved?.id ?? '', makeNewDelivery({ revision: 3 }));

  expect([first.kind, second.kind]).toEqual(['rerendered', 'left']);
  expect(moved).toMatchObject({ revision: 2, dueAt: after(5), state: 'planned' });
  expect(await outbox.list()).toHaveLength(1);
});

test('a slot is taken once, whichever connection asks', async () => {
  const { outbox, other } = makeTools();
  const candidates = [makeNewDelivery({ item: 'paper/a' }), makeNewDelivery({ item: 'paper/b' })];

  const taken = [];
  for (const box of [outbox, other, outbox, other]) {
    taken.push(await box.takeSlot(slotOf('folder', NOW), candidates, NOW));
  }

  expect(taken.map((one) => [one.taken, one.delivery?.item])).toEqual([
    [true, 'paper/a'],
    [false, undefined],
    [false, undefined],
    [false, undefined],
  ]);
  expect(await outbox.list()).toHaveLength(1);
  expect(await other.readLastSlot('folder')).toEqual(slotOf('folder', NOW));
});

test('a slot that is asked for many times at once is taken once', async () => {
  const { outbox } = makeTools();
  const candidates = ['a', 'b', 'c'].map((name) => makeNewDelivery({ item: `paper/${name}` }));

  const all = await Promise.all(
    Array.from({ length: 8 }, () => outbox.takeSlot(slotOf('folder', NOW), candidates, NOW)),
  );

  expect(all.filter(({ taken }) => taken)).toHaveLength(1);
  expect(await outbox.list()).toHaveLength(1);
});

test('an earlier slot is not taken after a later one, another destination’s is', async () => {
  const { outbox } = makeTools();
  const candidates = [makeNewDelivery()];
  await outbox.takeSlot(slotOf('folder', NOW), [], NOW);

  const earlier = await outbox.takeSlot(slotOf('folder', after(-1)), candidates, NOW);
  const other = await outbox.takeSlot(slotOf('x', after(-1)), candidates, NOW);
  const later = await outbox.takeSlot(slotOf('folder', after(1)), [], NOW);

  expect(earlier).toEqual({ taken: false });
  expect(other.taken).toBe(true);
  expect(later).toEqual({ taken: true });
  expect(await outbox.readLastSlot('folder')).toEqual(slotOf('folder', after(1)));
  expect(await outbox.readLastSlot('y')).toBeUndefined();
});

test('a slot queues the first candidate that is not in the ledger', async () => {
  const { outbox } = makeTools();
  const candidates = ['a', 'b', 'c'].map((name) => makeNewDelivery({ item: `paper/${name}` }));
  await outbox.queue(makeNewDelivery({ item: 'paper/a' }), NOW);

  const first = await outbox.takeSlot(slotOf('folder', after(1)), candidates, NOW);
  const second = await outbox.takeSlot(slotOf('folder', after(2)), candidates, NOW);
  const third = await outbox.takeSlot(slotOf('folder', after(3)), candidates, NOW);

  expect(first.delivery?.item).toBe('paper/b');
  expect(second.delivery?.item).toBe('paper/c');
  expect(third).toEqual({ taken: true });
  expect(await outbox.list()).toHaveLength(3);
});
