import { expect, test } from 'vitest';
import { makeNewDelivery } from '../support/make-new-delivery.ts';
import { later, makeOutboxTools, NOW } from '../support/make-outbox-tools.ts';

const slotOf = (destination: string, slotAt: Date, schedule = '0 9 * * * UTC') => ({
  destination,
  slotAt,
  schedule,
});

test('a new schedule is noted even for a slot that is over, and never moves the slot back', async () => {
  const { outbox } = makeOutboxTools();
  await outbox.takeSlot(slotOf('folder', NOW), [], NOW);

  const changed = await outbox.takeSlot(slotOf('folder', later(-1), '0 12 * * * UTC'), [], NOW);
  const again = await outbox.takeSlot(slotOf('folder', later(-1), '0 12 * * * UTC'), [], NOW);

  expect([changed.taken, again.taken]).toEqual([true, false]);
  expect(await outbox.readLastSlot('folder')).toEqual(slotOf('folder', NOW, '0 12 * * * UTC'));
});

test('a slot is taken once, whichever connection asks', async () => {
  const { outbox, other } = makeOutboxTools();
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
  const { outbox } = makeOutboxTools();
  const candidates = ['a', 'b', 'c'].map((name) => makeNewDelivery({ item: `paper/${name}` }));

  const all = await Promise.all(
    Array.from({ length: 8 }, () => outbox.takeSlot(slotOf('folder', NOW), candidates, NOW)),
  );

  expect(all.filter(({ taken }) => taken)).toHaveLength(1);
  expect(await outbox.list()).toHaveLength(1);
});

test('an earlier slot is not taken after a later one, another destination’s is', async () => {
  const { outbox } = makeOutboxTools();
  const candidates = [makeNewDelivery()];
  await outbox.takeSlot(slotOf('folder', NOW), [], NOW);

  const earlier = await outbox.takeSlot(slotOf('folder', later(-1)), candidates, NOW);
  const other = await outbox.takeSlot(slotOf('x', later(-1)), candidates, NOW);
  const next = await outbox.takeSlot(slotOf('folder', later(1)), [], NOW);

  expect(earlier).toEqual({ taken: false });
  expect(other.taken).toBe(true);
  expect(next).toEqual({ taken: true });
  expect(await outbox.readLastSlot('folder')).toEqual(slotOf('folder', later(1)));
  expect(await outbox.readLastSlot('y')).toBeUndefined();
});

test('a slot queues the first candidate that is not in the ledger', async () => {
  const { outbox } = makeOutboxTools();
  const candidates = ['a', 'b', 'c'].map((name) => makeNewDelivery({ item: `paper/${name}` }));
  await outbox.queue(makeNewDelivery({ item: 'paper/a' }), NOW);

  const first = await outbox.takeSlot(slotOf('folder', later(1)), candidates, NOW);
  const second = await outbox.takeSlot(slotOf('folder', later(2)), candidates, NOW);
  const third = await outbox.takeSlot(slotOf('folder', later(3)), candidates, NOW);

  expect(first.delivery?.item).toBe('paper/b');
  expect(second.delivery?.item).toBe('paper/c');
  expect(third).toEqual({ taken: true });
  expect(await outbox.list()).toHaveLength(3);
});
