import { expect, test } from 'vitest';
import type { Outbox } from '../../src/outbox/outbox.ts';
import { makeNewDelivery } from '../support/make-new-delivery.ts';
import { later, makeOutboxTools, NOW } from '../support/make-outbox-tools.ts';

test('queueing twice gives one row with the bytes of the first', async () => {
  const { outbox, other } = makeOutboxTools();

  const first = await outbox.queue(makeNewDelivery({ texts: ['As previewed: “ü” 🧪'] }), NOW);
  const second = await other.queue(makeNewDelivery({ texts: ['Changed since'] }), later(1000));

  expect(first.isNew).toBe(true);
  expect(second.isNew).toBe(false);
  expect(second.delivery).toEqual(first.delivery);
  expect(JSON.stringify(second.delivery.draft)).toBe(
    JSON.stringify(makeNewDelivery({ texts: ['As previewed: “ü” 🧪'] }).draft),
  );
  expect(await outbox.list()).toHaveLength(1);
});

test('issue, item, revision and destination each make another delivery', async () => {
  const { outbox } = makeOutboxTools();

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
  const { outbox } = makeOutboxTools();
  const asked = makeNewDelivery();

  const { delivery } = await outbox.queue(asked, NOW);

  expect(await outbox.read(delivery.id)).toEqual({
    ...asked,
    id: delivery.id,
    state: 'planned',
    task: 'publish',
    queuedAt: NOW,
    stampedAt: NOW,
    attempts: 0,
    isTouched: false,
    replaces: undefined,
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
  const { outbox } = makeOutboxTools();
  await outbox.queue(makeNewDelivery({ item: 'paper/a', dueAt: later(2) }), NOW);
  await outbox.queue(makeNewDelivery({ item: 'paper/b', dueAt: later(3), issue: 8 }), NOW);
  await outbox.queue(makeNewDelivery({ item: 'paper/c', dueAt: later(1), destination: 'x' }), NOW);

  const items = async (filter?: Parameters<Outbox['list']>[0]): Promise<string[]> =>
    (await outbox.list(filter)).map(({ item }) => item);

  expect(await items()).toEqual(['paper/b', 'paper/a', 'paper/c']);
  expect(await items({ issue: 7 })).toEqual(['paper/a', 'paper/c']);
  expect(await items({ destination: 'folder' })).toEqual(['paper/b', 'paper/a']);
  expect(await items({ issue: 7, destination: 'x' })).toEqual(['paper/c']);
});
