import { expect, test } from 'vitest';
import { makeVerdicts } from '../../src/archive/verdicts.ts';
import type { Delivery } from '../../src/outbox/delivery.ts';
import { makeOutbox, type Outbox } from '../../src/outbox/outbox.ts';
import { makeNewDelivery } from '../support/make-new-delivery.ts';
import {
  BY,
  LEASE_MS,
  later,
  NOW,
  SENT,
  unavailable,
  unknown,
} from '../support/make-outbox-tools.ts';
import { makeTempDatabase } from '../support/temp-database.ts';

const HOLD_MS = 1_000;
const SETTLE_MS = 2_000;

type Ledger = {
  readonly outbox: Outbox;
  readonly delivery: Delivery;
  /** A worker takes it, an editor holds its item, and the worker ends as it does. */
  readonly tryHeld: (outcome: Parameters<Outbox['settle']>[1]) => Promise<Delivery>;
};

async function makeLedger(isTried = false): Promise<Ledger> {
  const { database } = makeTempDatabase();
  const outbox = makeOutbox(database);
  const { delivery } = await outbox.queue(makeNewDelivery(), NOW);
  const claim = async (now = NOW) =>
    (await outbox.claim({ owner: 'a', now, leaseMs: LEASE_MS, destinations: ['folder'] })) ??
    expect.fail();
  if (isTried) {
    await outbox.settle(await claim(), SENT, NOW);
    await outbox.retract(delivery.id, BY);
  }
  const { issue, item } = delivery;
  const tryHeld: Ledger['tryHeld'] = async (outcome) => {
    const claimed = await claim();
    const by = { ...BY, now: later(HOLD_MS) };
    await makeVerdicts(database).decide(issue, [{ item, wordsHash: 'x' }], 'held', by);
    await outbox.settle(claimed, outcome, later(SETTLE_MS));
    return (await outbox.read(delivery.id)) ?? expect.fail();
  };
  return { outbox, delivery, tryHeld };
}

test('what was not sent is held where an editor has begun to hold its item meanwhile', async () => {
  const { outbox, delivery, tryHeld } = await makeLedger();

  const tried = await tryHeld(unavailable(0));

  expect(tried).toMatchObject({ state: 'held', reason: 'no net' });
  expect(await outbox.release(delivery.id, { ...BY, now: later(SETTLE_MS) })).toMatchObject({
    state: 'planned',
  });
});

test('what was released before an editor began to hold its item is held as well', async () => {
  const { outbox, delivery, tryHeld } = await makeLedger();
  await outbox.hold(delivery.id, BY);
  await outbox.release(delivery.id, BY);

  expect(await tryHeld(unavailable(0))).toMatchObject({ state: 'held' });
});

test('what was released by itself goes on when it was not sent, though its item is held', async () => {
  const { outbox, delivery, tryHeld } = await makeLedger();
  await tryHeld(unavailable(0));
  const now = later(SETTLE_MS);
  await outbox.release(delivery.id, { ...BY, now });
  const terms = { owner: 'a', now, leaseMs: LEASE_MS, destinations: ['folder'] };
  const claimed = (await outbox.claim(terms)) ?? expect.fail();

  await outbox.settle(claimed, unavailable(SETTLE_MS), now);

  expect(await outbox.read(delivery.id)).toMatchObject({ state: 'planned' });
});

test('what may be in place is looked up, whoever holds its item', async () => {
  const { tryHeld } = await makeLedger();

  expect(await tryHeld(unknown(0))).toMatchObject({ state: 'unknown' });
});

test('what could not be taken back yet is taken back, whoever holds its item', async () => {
  const { tryHeld } = await makeLedger(true);

  expect(await tryHeld(unavailable(0))).toMatchObject({ state: 'planned', task: 'retract' });
});
