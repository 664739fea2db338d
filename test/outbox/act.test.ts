import { expect, test } from 'vitest';
import type { DeliveryState } from '../../src/database/tables.ts';
import type { Delivery } from '../../src/outbox/delivery.ts';
import type { Outbox } from '../../src/outbox/outbox.ts';
import { makeNewDelivery } from '../support/make-new-delivery.ts';
import {
  BY,
  CLOSED,
  later,
  makeOutboxTools,
  NOW,
  type OutboxTools,
  RECEIPT,
  REFUSED,
  RETRACTED,
  SENT,
  unavailable,
  unknown,
} from '../support/make-outbox-tools.ts';

type Way = (tools: OutboxTools, id: string) => Promise<unknown>;

/** How a delivery comes into each state; a `tried` one may have left something behind. */
const WAYS = {
  planned: async () => {},
  'planned, tried': ({ settleNext }) => settleNext(unavailable(60_000)),
  held: ({ outbox }, id) => outbox.hold(id, BY),
  'held, tried': async ({ settleNext, outbox }, id) => {
    await settleNext(REFUSED);
    await outbox.retry(id, BY);
    await outbox.hold(id, BY);
  },
  sending: ({ mustClaim }) => mustClaim(),
  unknown: ({ settleNext }) => settleNext(unknown(60_000)),
  sent: ({ settleNext }) => settleNext(SENT),
  refused: ({ settleNext }) => settleNext(REFUSED),
  cancelled: ({ outbox }, id) => outbox.cancel(id, BY),
  'cancelled, tried': async ({ settleNext, outbox }, id) => {
    await settleNext(REFUSED);
    await outbox.cancel(id, BY);
  },
  'to be retracted': async ({ settleNext, outbox }, id) => {
    await settleNext(SENT);
    await outbox.retract(id, BY);
  },
  'refused to be retracted': async ({ settleNext, outbox }, id) => {
    await settleNext(SENT);
    await outbox.retract(id, BY);
    await settleNext(REFUSED);
  },
  retracted: async ({ settleNext, outbox }, id) => {
    await settleNext(SENT);
    await outbox.retract(id, BY);
    await settleNext(RETRACTED);
  },
} as const satisfies Readonly<Record<string, Way>>;

type Where = keyof typeof WAYS;
type Act = (outbox: Outbox, id: string) => Promise<Delivery | undefined>;

const ACTS: readonly [string, Act, readonly Where[], DeliveryState | undefined][] = [
  ['hold', (o, id) => o.hold(id, BY), ['planned', 'planned, tried'], 'held'],
  ['release', (o, id) => o.release(id, BY), ['held', 'held, tried'], 'planned'],
  [
    'cancel',
    (o, id) => o.cancel(id, BY),
    ['planned', 'planned, tried', 'held', 'held, tried', 'refused'],
    'cancelled',
  ],
  [
    'retry',
    (o, id) => o.retry(id, BY),
    ['refused', 'cancelled', 'cancelled, tried', 'refused to be retracted', 'retracted'],
    'planned',
  ],
  [
    'hasten',
    (o, id) => o.hasten(id, BY),
    ['planned', 'planned, tried', 'unknown', 'to be retracted'],
    undefined,
  ],
  [
    'resolveSent',
    (o, id) => o.resolveSent(id, RECEIPT, BY),
    ['unknown', 'refused', 'refused to be retracted'],
    'sent',
  ],
  [
    'retract',
    (o, id) => o.retract(id, BY),
    ['sent', 'unknown', 'refused', 'cancelled, tried', 'held, tried'],
    'planned',
  ],
];
test.each(
  ACTS.flatMap(([verb, act, from, to]) =>
    (Object.keys(WAYS) as Where[]).map((where) => ({
      verb,
      act,
      where,
      to,
      allowed: from.includes(where),
    })),
  ),
)('$verb of what is $where: allowed $allowed', async ({ act, where, to, allowed }) => {
  const tools = makeOutboxTools();
  const { delivery } = await tools.outbox.queue(makeNewDelivery(), later(-1));
  await WAYS[where](tools, delivery.id);
  const before = await tools.outbox.read(delivery.id);
  const { actions } = await tools.outbox.readHistory(delivery.id);

  const given = await act(tools.outbox, delivery.id);

  const then = await tools.outbox.read(delivery.id);
  const history = await tools.outbox.readHistory(delivery.id);
  expect(given).toEqual(allowed ? then : undefined);
  expect(history.actions).toHaveLength(actions.length + (allowed ? 1 : 0));
  if (allowed) expect(then?.state).toBe(to ?? before?.state);
  else expect(then).toEqual(before);
  expect(await act(tools.outbox, 'nobody')).toBeUndefined();
});

test.each([
  ['unknown', 'planned', 'publish'],
  ['refused', 'planned', 'publish'],
  ['to be retracted', 'retracted', 'retract'],
  ['refused to be retracted', 'retracted', 'retract'],
] as const)(
  'a person who vouches that nothing of what is %s is in place makes it %s',
  async (where, state, task) => {
    const tools = makeOutboxTools();
    const { delivery } = await tools.outbox.queue(makeNewDelivery(), later(-1));
    await WAYS[where](tools, delivery.id);

    const given = await tools.outbox.resolveNotSent(delivery.id, { ...BY, now: later(9) });

    expect(given).toMatchObject({ state, task, receipt: undefined, reason: undefined });
    if (state === 'planned') {
      expect(given).toMatchObject({ isTouched: false, stampedAt: later(9) });
      expect((await tools.mustClaim({ now: later(9) })).isFirst).toBe(true);
    }
  },
);

test('what was refused is tried again at its old place, looked up first, and with a day of its own', async () => {
  const { outbox, claim, settleNext } = makeOutboxTools();
  const { delivery } = await outbox.queue(makeNewDelivery(), NOW);
  await outbox.queue(makeNewDelivery({ item: 'paper/b', dueAt: NOW }), NOW);
  await settleNext(REFUSED);

  const retried = await outbox.retry(delivery.id, { actor: 'ann', now: later(1000), note: 'ok' });

  expect(retried).toMatchObject({
    state: 'planned',
    dueAt: delivery.dueAt,
    stampedAt: delivery.stampedAt,
    isTouched: true,
    firstAttemptAt: undefined,
    settledAt: undefined,
    reason: undefined,
    remedy: undefined,
  });
  expect((await outbox.readHistory(delivery.id)).actions).toEqual([
    { at: later(1000), verb: 'retry', actor: 'ann', note: 'ok' },
  ]);
  expect(await claim({ now: later(1000) })).toMatchObject({
    delivery: { id: delivery.id, firstAttemptAt: later(1000) },
    attempt: 2,
    isFirst: false,
  });
});

test('what was taken back is sent anew under new keys, due now or when it is said', async () => {
  const { outbox, claim, settleNext } = makeOutboxTools();
  const { delivery } = await outbox.queue(makeNewDelivery(), NOW);
  await settleNext(SENT);
  await outbox.retract(delivery.id, BY);
  await settleNext(RETRACTED);

  const retried = await outbox.retry(delivery.id, { actor: 'ann', now: later(5) }, later(50));

  expect(retried).toMatchObject({ task: 'publish', dueAt: later(50), stampedAt: later(50) });
  expect(await claim({ now: later(49) })).toBeUndefined();
  expect(await claim({ now: later(50) })).toMatchObject({ isFirst: true, attempt: 3 });
});

test('what is to be taken back goes ahead of what is stuck, and what is stuck does not wait for it', async () => {
  const { outbox, claim, settleNext } = makeOutboxTools();
  const first = await outbox.queue(makeNewDelivery(), NOW);
  await settleNext(SENT);
  await outbox.queue(makeNewDelivery({ item: 'paper/b' }), NOW);
  await settleNext(unavailable(60_000));

  await outbox.retract(first.delivery.id, BY);
  const taken = await settleNext(unavailable(120_000));
  const stuck = await claim({ now: later(60_000) });

  expect(taken.delivery).toMatchObject({ item: 'paper/a', task: 'retract', receipt: RECEIPT });
  expect(stuck?.delivery.item).toBe('paper/b');
});

test.each([
  ['retry', (o: Outbox, id: string) => o.retry(id, BY)],
  ['resume', (o: Outbox) => o.resume('folder')],
] as const)('a closed destination takes nothing until %s', async (_, act) => {
  const { outbox, claim, settleNext } = makeOutboxTools();
  const { delivery } = await outbox.queue(makeNewDelivery(), NOW);
  await outbox.queue(makeNewDelivery({ item: 'paper/b' }), NOW);
  await outbox.queue(makeNewDelivery({ item: 'paper/b', destination: 'x' }), NOW);

  await settleNext(CLOSED);
  const paused = await claim({ now: later(99_999_999) });
  const pauses = await outbox.listPauses();
  const ready = await outbox.findReady(['folder', 'x'], NOW);
  await act(outbox, delivery.id);

  expect(paused).toBeUndefined();
  expect(pauses).toEqual([
    { destination: 'folder', pausedAt: NOW, reason: 'too long', remedy: 'Shorten it.' },
  ]);
  expect(ready).toEqual(['x']);
  expect(await outbox.listPauses()).toEqual([]);
  expect(await claim()).toBeDefined();
  expect(await outbox.resume('folder')).toBe(false);
});

test('hastening lets what waits for its next attempt have it now', async () => {
  const { outbox, claim, settleNext } = makeOutboxTools();
  const { delivery } = await outbox.queue(makeNewDelivery(), NOW);
  await settleNext(unknown(60_000));

  const before = await claim({ now: later(1) });
  await outbox.hasten(delivery.id, BY);

  expect(before).toBeUndefined();
  expect((await claim({ now: later(1) }))?.attempt).toBe(2);
});

test('a delivery that comes late is stamped anew by its first claim, and by none that is in doubt', async () => {
  const { outbox, mustClaim, settleNext } = makeOutboxTools();
  await outbox.queue(makeNewDelivery(), NOW);
  const late = 11 * 60_000;

  const first = await settleNext(unavailable(late), { now: later(late) });
  const second = await settleNext(unknown(late), { now: later(3 * late) });
  const third = await mustClaim({ now: later(9 * late) });

  expect(first.delivery.stampedAt).toEqual(later(late));
  // The first surely did nothing.
  expect(second.delivery.stampedAt).toEqual(later(3 * late));
  expect(third.delivery.stampedAt).toEqual(later(3 * late));
});
