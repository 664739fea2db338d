import { expect, test } from 'vitest';
import type { Delivery, Replacement } from '../../src/outbox/delivery.ts';
import { makeNewDelivery } from '../support/make-new-delivery.ts';
import {
  BY,
  later,
  makeOutboxTools,
  type OutboxTools,
  RECEIPT,
  REFUSED,
  RETRACTED,
  SENT,
  unknown,
} from '../support/make-outbox-tools.ts';

const NEW_RECEIPT = { posts: [{ id: 'new' }] };
const CORRECTED = { kind: 'sent', receipt: NEW_RECEIPT } as const;

type Corrected = OutboxTools & { readonly old: Delivery; readonly correction: Delivery };

/** An item that is in place, and a correction of it that is due. */
async function makeCorrected(how: Replacement['how'] = 'edit'): Promise<Corrected> {
  const tools = makeOutboxTools();
  const { delivery: old } = await tools.outbox.queue(makeNewDelivery(), later(-1));
  await tools.settleNext(SENT);
  const { delivery: correction } = await tools.outbox.queue(
    makeNewDelivery({ revision: 2, replaces: { id: old.id, how } }),
    later(-1),
  );
  return { ...tools, old, correction };
}

test.each(['edit', 'repost'] as const)(
  'once a correction by %s is in place, what it took the place of counts as taken back',
  async (how) => {
    const { outbox, settleNext, old, correction } = await makeCorrected(how);

    const claim = await settleNext(CORRECTED);

    expect(claim).toMatchObject({ replaced: RECEIPT, companions: [] });
    expect(await outbox.read(old.id)).toMatchObject({
      state: 'retracted',
      receipt: undefined,
      reason: 'revision 2 took its place',
    });
    expect((await outbox.read(correction.id))?.receipt).toEqual(NEW_RECEIPT);
  },
);

test('a correction that answers leaves what it answers in place', async () => {
  const { outbox, settleNext, old } = await makeCorrected('reply');

  await settleNext(CORRECTED);

  expect(await outbox.read(old.id)).toMatchObject({ state: 'sent', receipt: RECEIPT });
});

test('a later correction of the same corrects the correction', async () => {
  const { outbox, mustClaim, settleNext, old } = await makeCorrected();
  await outbox.queue(
    makeNewDelivery({ revision: 3, dueAt: later(-1), replaces: { id: old.id, how: 'edit' } }),
    later(-1),
  );

  await settleNext(CORRECTED);

  expect((await mustClaim()).replaced).toEqual(NEW_RECEIPT);
});

test('companions are what is in place of the same issue, and not what is being taken back', async () => {
  const { outbox, mustClaim, settleNext } = makeOutboxTools();
  for (const item of ['paper/a', 'paper/b', 'paper/c']) {
    await outbox.queue(makeNewDelivery({ item }), later(-1));
  }
  const [one, two] = [await settleNext(SENT), await settleNext(CORRECTED)];
  await outbox.queue(makeNewDelivery({ issue: 8 }), later(-1));

  const before = await mustClaim();
  await outbox.settle(before, unknown(0), later(0));
  await outbox.retract(one.delivery.id, BY);
  await settleNext(REFUSED);
  const again = await mustClaim();

  expect(before.companions).toHaveLength(2);
  expect(again.delivery.id).toBe(before.delivery.id);
  expect(again.companions).toEqual([(await outbox.read(two.delivery.id))?.receipt]);
});

test('a correction of what was taken back finds nothing to correct', async () => {
  const { outbox, mustClaim, settleNext, old } = await makeCorrected();
  await outbox.retract(old.id, BY);
  await settleNext(RETRACTED);

  const claim = await mustClaim();

  expect(claim.delivery.revision).toBe(2);
  expect(claim.replaced).toBeUndefined();
});

test('what a correction may have begun to change is not taken back by itself', async () => {
  const { outbox, settleNext, old } = await makeCorrected();
  await settleNext(unknown(60_000));

  const meanwhile = await outbox.retract(old.id, BY);

  expect(meanwhile).toBeUndefined();
  expect((await outbox.read(old.id))?.state).toBe('sent');
});

test('taking back a correction that was begun takes back what it was to change', async () => {
  const { outbox, claim, settleNext, old, correction } = await makeCorrected();
  await settleNext(unknown(60_000));

  await outbox.retract(correction.id, BY);
  const retracted = [await settleNext(RETRACTED), await settleNext(RETRACTED)];

  expect(retracted.map(({ delivery }) => delivery.id).sort()).toEqual(
    [old.id, correction.id].sort(),
  );
  expect((await outbox.list()).map(({ state }) => state)).toEqual(['retracted', 'retracted']);
  expect(await claim({ now: later(99_999) })).toBeUndefined();
});

test('taking back a correction that is in place leaves an old one that was sent again', async () => {
  const { outbox, settleNext, old, correction } = await makeCorrected();
  await settleNext(CORRECTED);
  await outbox.retry(old.id, BY);
  await settleNext(SENT);

  await outbox.retract(correction.id, BY);
  await settleNext(RETRACTED);

  expect((await outbox.read(old.id))?.state).toBe('sent');
});

test.each(['retry', 'rerender'] as const)(
  'a correction that was taken back is sent by itself on %s',
  async (verb) => {
    const { outbox, mustClaim, settleNext, correction } = await makeCorrected();
    await settleNext(CORRECTED);
    await outbox.retract(correction.id, BY);
    await settleNext(RETRACTED);

    if (verb === 'retry') await outbox.retry(correction.id, BY);
    else {
      const { revision, draft, title } = correction;
      await outbox.rerender(correction.id, { revision, draft, title }, later(0));
    }

    expect((await mustClaim()).delivery).toMatchObject({ id: correction.id, replaces: undefined });
  },
);

test('a correction that is retried is still one while what it corrects is in place', async () => {
  const { outbox, mustClaim, settleNext, old, correction } = await makeCorrected();
  await settleNext(REFUSED);

  await outbox.retry(correction.id, BY);

  expect((await mustClaim()).delivery.replaces).toEqual({ id: old.id, how: 'edit' });
});

test('a person who vouches for a correction ends what it took the place of', async () => {
  const { outbox, claim, settleNext, old, correction } = await makeCorrected();
  await settleNext(REFUSED);
  await outbox.retract(old.id, BY);

  await outbox.resolveSent(correction.id, NEW_RECEIPT, BY);

  expect(await outbox.read(old.id)).toMatchObject({ state: 'retracted', task: 'publish' });
  expect(await claim()).toBeUndefined();
});
