import { expect, test } from 'vitest';
import { makeVerdicts } from '../../src/archive/verdicts.ts';
import type { Delivery } from '../../src/outbox/delivery.ts';
import { makeOutbox, type Outbox } from '../../src/outbox/outbox.ts';
import { makeNewDelivery } from '../support/make-new-delivery.ts';
import {
  BY,
  LEASE_MS,
  NOW,
  REFUSED,
  RETRACTED,
  SENT,
  UNSENT,
  unknown,
} from '../support/make-outbox-tools.ts';
import { makeTempDatabase } from '../support/temp-database.ts';

type Outcomes = readonly Parameters<Outbox['settle']>[1][];

const TO_FOLDER = { owner: 'a', now: NOW, leaseMs: LEASE_MS, destinations: ['folder'] };

/** A ledger with a delivery that was tried, and whose item an editor holds by now. */
async function makeHeld(outcomes: Outcomes): Promise<{ outbox: Outbox; delivery: Delivery }> {
  const { database } = makeTempDatabase();
  const outbox = makeOutbox(database);
  const { delivery } = await outbox.queue(makeNewDelivery(), NOW);
  for (const outcome of outcomes) {
    if (outcome.kind === 'retracted') await outbox.retract(delivery.id, BY);
    const claim = (await outbox.claim(TO_FOLDER)) ?? expect.fail();
    await outbox.settle(claim, outcome, NOW);
  }
  const { issue, item } = delivery;
  await makeVerdicts(database).decide(issue, [{ item, wordsHash: 'x' }], 'held', BY);
  return { outbox, delivery };
}

test.each([
  ['was refused', 'retry', [REFUSED]],
  ['was taken back', 'retry', [SENT, RETRACTED]],
  ['was refused', 'resolveNotSent', [REFUSED]],
  ['may be in place', 'resolveNotSent', [unknown(0)]],
] as const)('what %s is held by %s where an editor holds its item', async (_, verb, outcomes) => {
  const { outbox, delivery } = await makeHeld(outcomes);

  const given = await outbox[verb](delivery.id, BY);

  expect(given).toMatchObject({ state: 'held', task: 'publish', reason: undefined });
  expect(await outbox.claim(TO_FOLDER)).toBeUndefined();
  await outbox.release(delivery.id, BY);
  expect(await outbox.claim(TO_FOLDER)).toBeDefined();
});

test.each([1, 2])(
  'what was refused whole is held when it is written anew as revision %i',
  async (revision) => {
    const { outbox, delivery } = await makeHeld([UNSENT]);
    const { draft, title } = makeNewDelivery();

    const result = await outbox.rerender(delivery.id, { revision, draft, title }, NOW);

    expect(result).toMatchObject({ kind: 'rerendered', delivery: { state: 'held', revision } });
  },
);

test('what could not be taken back is tried again, whoever holds its item', async () => {
  const { outbox, delivery } = await makeHeld([SENT]);
  await outbox.retract(delivery.id, BY);
  const claim = (await outbox.claim(TO_FOLDER)) ?? expect.fail();
  await outbox.settle(claim, REFUSED, NOW);

  expect(await outbox.retry(delivery.id, BY)).toMatchObject({ state: 'planned', task: 'retract' });
});

test('what is queued is held from the beginning where an editor holds its item, and nothing else', async () => {
  const { database } = makeTempDatabase();
  const outbox = makeOutbox(database);
  const { issue, item } = makeNewDelivery();
  await makeVerdicts(database).decide(issue, [{ item, wordsHash: 'x' }], 'held', BY);

  const held = await outbox.queue(makeNewDelivery(), NOW);
  const other = await outbox.queue(makeNewDelivery({ item: 'paper/free' }), NOW);
  const later = await outbox.queue(makeNewDelivery({ issue: issue + 1 }), NOW);

  expect(held).toMatchObject({ isNew: true, delivery: { state: 'held' } });
  expect(other).toMatchObject({ isNew: true, delivery: { state: 'planned' } });
  expect(later).toMatchObject({ isNew: true, delivery: { state: 'planned' } });
});
