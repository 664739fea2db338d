import { expect, test } from 'vitest';
import type { Outcome } from '../../src/outbox/delivery.ts';
import { makeNewDelivery } from '../support/make-new-delivery.ts';
import {
  BY,
  LEASE_MS,
  later,
  makeOutboxTools,
  NOW,
  REFUSED,
  SENT,
  unavailable,
  unknown,
} from '../support/make-outbox-tools.ts';

test('deliveries are claimed in the order in which they are due, by destination', async () => {
  const { outbox, claim } = makeOutboxTools();
  for (const [item, ms] of [
    ['paper/third', -10],
    ['paper/first', -30],
    ['paper/second', -20],
  ] as const) {
    await outbox.queue(makeNewDelivery({ item, dueAt: later(ms) }), NOW);
    await outbox.queue(makeNewDelivery({ item, dueAt: later(-ms - 60), destination: 'x' }), NOW);
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
  const { outbox, claim } = makeOutboxTools();
  await outbox.queue(makeNewDelivery({ dueAt: later(1) }), NOW);

  expect(await claim()).toBeUndefined();
  expect(await claim({ now: later(1), to: ['discord', 'bluesky'] })).toBeUndefined();
  expect(await claim({ now: later(1), to: [] })).toBeUndefined();
  expect(await claim({ now: later(1), to: ['discord', 'folder'] })).toBeDefined();
});

test('a claim names the attempt, and keeps the instant of the first one for good', async () => {
  const { outbox, mustClaim } = makeOutboxTools();
  await outbox.queue(makeNewDelivery(), NOW);

  const first = await mustClaim();
  await outbox.settle(first, { kind: 'unavailable', retryAt: later(5), reason: 'no net' }, NOW);
  const second = await mustClaim({ now: later(5) });

  expect([first.attempt, second.attempt]).toEqual([1, 2]);
  expect(second.fence).toBeGreaterThan(first.fence);
  expect(first.delivery.firstAttemptAt).toEqual(NOW);
  expect(second.delivery.firstAttemptAt).toEqual(NOW);
});

const open: readonly [string, Outcome | undefined][] = [
  ['sending', undefined],
  ['planned', { kind: 'unavailable', retryAt: later(60_000), reason: 'no net' }],
  ['unknown', { kind: 'unknown', retryAt: later(60_000), reason: 'no answer' }],
];
test.each(open)(
  'nothing is claimed while an earlier delivery of the destination is %s',
  async (state, outcome) => {
    const { outbox, claim, mustClaim } = makeOutboxTools();
    await outbox.queue(makeNewDelivery({ item: 'paper/a' }), NOW);
    await outbox.queue(makeNewDelivery({ item: 'paper/b', dueAt: later(-1) }), NOW);
    await outbox.queue(makeNewDelivery({ item: 'paper/b', destination: 'x' }), NOW);
    const first = await mustClaim();
    if (outcome !== undefined) await outbox.settle(first, outcome, NOW);

    const next = await claim({ now: later(59_999) });
    const elsewhere = await claim({ now: later(59_999), to: ['folder', 'x'] });

    expect((await outbox.read(first.delivery.id))?.state).toBe(state);
    expect(next).toBeUndefined();
    expect(elsewhere?.delivery.destination).toBe('x');
  },
);

test.each([
  ['sent', SENT],
  ['refused', REFUSED],
] as const)('the next delivery is claimed once the earlier one is %s', async (_, outcome) => {
  const { outbox, mustClaim } = makeOutboxTools();
  await outbox.queue(makeNewDelivery({ item: 'paper/a' }), NOW);
  await outbox.queue(makeNewDelivery({ item: 'paper/b', dueAt: later(-1) }), NOW);
  await outbox.settle(await mustClaim(), outcome, NOW);

  const next = await mustClaim();

  expect(next.delivery.item).toBe('paper/b');
});

test('a delivery that is queued for an earlier time waits for the one that is being sent', async () => {
  const { outbox, claim, mustClaim } = makeOutboxTools();
  await outbox.queue(makeNewDelivery({ item: 'paper/late', dueAt: later(-10) }), NOW);
  const held = await mustClaim();
  await outbox.queue(makeNewDelivery({ item: 'paper/early', dueAt: later(-20) }), NOW);

  const meanwhile = await claim();
  await outbox.settle(held, SENT, NOW);
  const afterwards = await claim();

  expect(meanwhile).toBeUndefined();
  expect(afterwards?.delivery.item).toBe('paper/early');
});

test('a claim tells when the last attempt ended that may have left something behind', async () => {
  const { outbox, mustClaim, settleNext } = makeOutboxTools();
  const { delivery } = await outbox.queue(makeNewDelivery(), NOW);
  const seen: (Date | undefined)[] = [];
  const next = async (...[outcome, ms]: [Outcome, number]): Promise<void> => {
    seen.push((await settleNext(outcome, { now: later(ms) })).doubtfulSince);
  };

  await next(unavailable(1), 0);
  await next(unknown(2), 1);
  await next(unavailable(3), 2);
  await next(REFUSED, 3);
  await outbox.retry(delivery.id, BY);
  await next(unknown(5), 4);
  await mustClaim({ now: later(5) });
  await next(unknown(8 * LEASE_MS), 7 * LEASE_MS);
  await outbox.resolveNotSent(delivery.id, { ...BY, now: later(8 * LEASE_MS) });
  await next(SENT, 8 * LEASE_MS);

  const times = [undefined, undefined, 1, 1, 3, 5 + LEASE_MS, undefined];
  expect(seen).toEqual(times.map((ms) => (ms === undefined ? undefined : later(ms))));
});

test('a look that could not be had makes a doubt no younger', async () => {
  const { outbox, mustClaim } = makeOutboxTools();
  await outbox.queue(makeNewDelivery(), NOW);
  const first = await mustClaim();
  await outbox.settle(first, { kind: 'unknown', retryAt: later(2), reason: 'cut' }, later(1));
  for (const ms of [10, 20, 30]) {
    const looked = await mustClaim({ now: later(ms) });
    expect(looked.doubtfulSince).toEqual(later(1));
    await outbox.settle(
      looked,
      { kind: 'unknown', retryAt: later(ms + 1), reason: 'no answer', didNothing: true },
      later(ms + 1),
    );
  }

  const last = await mustClaim({ now: later(40) });

  expect(last.doubtfulSince).toEqual(later(1));
  const { attempts } = await outbox.readHistory(first.delivery.id);
  expect(attempts.map(({ outcome }) => outcome)).toEqual([
    'unknown',
    'unavailable',
    'unavailable',
    'unavailable',
    undefined,
  ]);
});

test('an item waits until what is left of it is taken back; where that needs a person, others pass', async () => {
  const { outbox, claim, settleNext, mustClaim } = makeOutboxTools();
  const { delivery: old } = await outbox.queue(makeNewDelivery(), NOW);
  await settleNext(REFUSED);
  await outbox.retract(old.id, BY);
  await outbox.queue(makeNewDelivery({ revision: 2 }), NOW);
  const other = await outbox.queue(makeNewDelivery({ item: 'paper/b', dueAt: NOW }), NOW);

  const first = await settleNext(unavailable(60_000));
  const meanwhile = await claim();
  const second = await settleNext(REFUSED, { now: later(60_000) });
  const passing = await settleNext(SENT, { now: later(60_000) });
  const behind = await claim({ now: later(60_000) });
  await outbox.resolveNotSent(old.id, BY);
  const last = await mustClaim({ now: later(60_000) });

  expect(first.delivery).toMatchObject({ id: old.id, task: 'retract' });
  expect(meanwhile).toBeUndefined();
  expect(second.delivery).toMatchObject({ id: old.id, task: 'retract' });
  expect(passing.delivery.id).toBe(other.delivery.id);
  expect(behind).toBeUndefined();
  expect(last.delivery).toMatchObject({ revision: 2, task: 'publish' });
});
