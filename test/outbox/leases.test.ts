import { expect, test } from 'vitest';
import { makeNewDelivery } from '../support/make-new-delivery.ts';
import {
  LEASE_MS,
  later,
  makeOutboxTools,
  NOW,
  RECEIPT,
  REFUSED,
  SENT,
} from '../support/make-outbox-tools.ts';

test('a lease that ran out is taken over, and the late worker can settle nothing', async () => {
  const { outbox, claim, mustClaim, readAttempts } = makeOutboxTools();
  await outbox.queue(makeNewDelivery(), NOW);
  const late = await mustClaim({ owner: 'late' });
  const early = await claim({ owner: 'heir', now: later(LEASE_MS - 1) });
  const heir = await mustClaim({ owner: 'heir', now: later(LEASE_MS) });
  const before = await outbox.read(late.delivery.id);

  const isSettled = await outbox.settle(late, SENT, later(LEASE_MS + 1));

  expect(early).toBeUndefined();
  expect(heir.delivery.id).toBe(late.delivery.id);
  expect(heir.attempt).toBe(2);
  expect(isSettled).toBe(false);
  expect(await outbox.read(late.delivery.id)).toEqual(before);
  expect(await readAttempts()).toEqual([
    { number: 1, outcome: 'unknown', detail: 'the worker died or was too slow' },
    { number: 2, outcome: null, detail: null },
  ]);
  expect(await outbox.settle(heir, REFUSED, later(LEASE_MS + 2))).toBe(true);
  expect(await outbox.settle(late, SENT, later(LEASE_MS + 3))).toBe(false);
  expect((await outbox.read(late.delivery.id))?.state).toBe('refused');
});

test('a worker whose lease ran out still settles while nobody took over', async () => {
  const { outbox, mustClaim } = makeOutboxTools();
  await outbox.queue(makeNewDelivery(), NOW);
  const slow = await mustClaim();

  const isSettled = await outbox.settle(slow, SENT, later(2 * LEASE_MS));

  expect(isSettled).toBe(true);
  expect((await outbox.read(slow.delivery.id))?.state).toBe('sent');
});

test('freeLeases ends the leases of the dead alone', async () => {
  const { outbox, claim, mustClaim } = makeOutboxTools();
  await outbox.queue(makeNewDelivery({ destination: 'x' }), NOW);
  await outbox.queue(makeNewDelivery({ destination: 'y' }), NOW);
  await mustClaim({ owner: 'dead', to: ['x'] });
  await mustClaim({ owner: 'alive', to: ['y'] });

  const freed = await outbox.freeLeases((owner) => owner === 'dead', later(1));

  expect(freed).toBe(1);
  expect((await claim({ now: later(1), to: ['x', 'y'] }))?.delivery.destination).toBe('x');
  expect(await claim({ now: later(1), to: ['x', 'y'] })).toBeUndefined();
});

test('freeLeases says of what the dead had in hand that nobody knows what became of it', async () => {
  const { outbox, mustClaim, readAttempts } = makeOutboxTools();
  await outbox.queue(makeNewDelivery(), NOW);
  const claimed = await mustClaim({ owner: 'dead' });

  await outbox.freeLeases(() => true, later(1));

  expect(await outbox.read(claimed.delivery.id)).toMatchObject({
    state: 'unknown',
    reason: 'the worker died',
  });
  expect(await readAttempts()).toEqual([
    { number: 1, outcome: 'unknown', detail: 'the worker died' },
  ]);
  expect(await outbox.settle(claimed, SENT, later(2))).toBe(false);
});

test('freeLeases puts what the dead were taking back in line again', async () => {
  const { outbox, mustClaim } = makeOutboxTools();
  await outbox.queue(makeNewDelivery(), NOW);
  const sent = await mustClaim();
  await outbox.settle(sent, SENT, NOW);
  await outbox.retract(sent.delivery.id, { actor: 'editor', now: later(1) });
  await mustClaim({ owner: 'dead', now: later(1) });

  await outbox.freeLeases(() => true, later(2));

  expect(await outbox.read(sent.delivery.id)).toMatchObject({ state: 'planned', task: 'retract' });
  expect((await mustClaim({ now: later(3) })).delivery.task).toBe('retract');
});

test('freeLeases leaves settled deliveries alone', async () => {
  const { outbox, claim, mustClaim } = makeOutboxTools();
  await outbox.queue(makeNewDelivery(), NOW);
  const claimed = await mustClaim();
  await outbox.settle(claimed, { kind: 'unknown', retryAt: later(50), reason: 'cut' }, NOW);
  const before = await outbox.read(claimed.delivery.id);

  const freed = await outbox.freeLeases(() => true, later(1));

  expect(freed).toBe(0);
  expect(await outbox.read(claimed.delivery.id)).toEqual(before);
  expect(await claim({ now: later(49) })).toBeUndefined();
});

const settled = { retryAt: undefined, receipt: undefined, reason: undefined, remedy: undefined };
test.each([
  [SENT, { ...settled, state: 'sent', settledAt: later(9), receipt: RECEIPT }],
  [
    REFUSED,
    {
      ...settled,
      state: 'refused',
      settledAt: later(9),
      reason: 'too long',
      remedy: 'Shorten it.',
    },
  ],
  [
    { kind: 'unavailable', retryAt: later(60), reason: 'no net' },
    { ...settled, state: 'planned', settledAt: undefined, retryAt: later(60), reason: 'no net' },
  ],
  [
    { kind: 'unknown', retryAt: later(60), reason: 'no answer' },
    { ...settled, state: 'unknown', settledAt: undefined, retryAt: later(60), reason: 'no answer' },
  ],
] as const)(
  'the outcome $kind leads to the state of the table and is kept with the attempt',
  async (outcome, expected) => {
    const { outbox, mustClaim, readAttempts } = makeOutboxTools();
    const { delivery } = await outbox.queue(makeNewDelivery(), NOW);
    const claimed = await mustClaim();

    const isSettled = await outbox.settle(claimed, outcome, later(9));
    const isSettledAgain = await outbox.settle(claimed, SENT, later(10));

    expect([isSettled, isSettledAgain]).toEqual([true, false]);
    expect(await outbox.read(delivery.id)).toMatchObject(expected);
    expect(await readAttempts()).toEqual([
      {
        number: 1,
        outcome: outcome.kind,
        // Where it went stays known when its receipt is gone.
        detail: 'reason' in outcome ? outcome.reason : outcome === SENT ? 'https://x' : null,
      },
    ]);
  },
);
