import { describe, expect, it } from 'vitest';
import { makeDeliveryId } from '../../src/kit/ids.ts';
import { makeOutbox, type Outbox } from '../../src/outbox/outbox.ts';
import { makeNewDelivery } from '../support/make-new-delivery.ts';
import {
  BY,
  later,
  makeOutboxTools,
  RETRACTED,
  SENT,
  UNSENT,
  unavailable,
  unknown,
} from '../support/make-outbox-tools.ts';
import { makeTempDatabase } from '../support/temp-database.ts';

const NOW = new Date('2026-11-23T09:00:00.000Z');
const NEXT = makeNewDelivery({ revision: 2, texts: ['Corrected.'], title: 'Corrected' });
const RENDER = { revision: NEXT.revision, draft: NEXT.draft, title: NEXT.title };

async function makeQueued(): Promise<{ outbox: Outbox; id: string }> {
  const outbox = makeOutbox(makeTempDatabase().database);
  const { delivery } = await outbox.queue(makeNewDelivery(), NOW);
  return { outbox, id: delivery.id };
}

const claim = (outbox: Outbox) =>
  outbox.claim({ owner: 'a', now: NOW, leaseMs: 90_000, destinations: ['folder'] });

describe('rerender', () => {
  it('puts the new draft in the place of the old one, due when that was due', async () => {
    const { outbox, id } = await makeQueued();
    const before = await outbox.read(id);

    const result = await outbox.rerender(id, RENDER, NOW);

    const newId = makeDeliveryId(7, 'paper/a', 2, 'folder');
    expect(result).toEqual({
      kind: 'rerendered',
      delivery: { ...before, ...RENDER, id: newId },
    });
    expect(await outbox.list()).toEqual([{ ...before, ...RENDER, id: newId }]);
    expect((await claim(outbox))?.delivery).toMatchObject({ id: newId, draft: NEXT.draft });
  });

  it('finds the same row when the new revision is queued after it', async () => {
    const { outbox, id } = await makeQueued();
    await outbox.rerender(id, RENDER, NOW);

    expect((await outbox.queue(NEXT, NOW)).isNew).toBe(false);
    expect(await outbox.list()).toHaveLength(1);
  });

  it('leaves one row where the new revision was queued before it', async () => {
    const { outbox, id } = await makeQueued();
    const { delivery } = await outbox.queue(NEXT, NOW);

    expect(await outbox.rerender(id, RENDER, NOW)).toEqual({ kind: 'merged', delivery });
    expect(await outbox.list()).toEqual([delivery]);
  });

  it.each(['claimed', 'sent', 'refused', 'unknown'] as const)(
    'leaves one that was %s alone',
    async (state) => {
      const { outbox, id } = await makeQueued();
      const claimed = await claim(outbox);
      if (claimed === undefined) throw new Error('there was nothing to claim');
      const outcomes = {
        sent: { kind: 'sent', receipt: { posts: [{ id: 'x' }] } },
        refused: { kind: 'refused', reason: 'r', remedy: 'r' },
        unknown: { kind: 'unknown', retryAt: NOW, reason: 'r' },
      } as const;
      if (state !== 'claimed') await outbox.settle(claimed, outcomes[state], NOW);
      const before = await outbox.list();

      expect(await outbox.rerender(id, RENDER, NOW)).toEqual({ kind: 'left' });
      expect(await outbox.list()).toEqual(before);
    },
  );

  it('is not there for a delivery that is not', async () => {
    const { outbox } = await makeQueued();

    expect(await outbox.rerender('nobody', RENDER, NOW)).toEqual({ kind: 'left' });
  });

  it.each([
    ['before', 2],
    ['after', 1],
  ])('rendering anew %s a worker comes gives it one row', async (when, revision) => {
    const { outbox, id } = await makeQueued();

    const work = [() => outbox.rerender(id, RENDER, NOW), () => claim(outbox)];
    await Promise.all((when === 'before' ? work : work.toReversed()).map((run) => run()));

    const rows = await outbox.list();
    expect(rows).toMatchObject([{ state: 'sending', revision }]);
  });

  it('writes what was taken back anew, with all that happened to it', async () => {
    const { outbox, settleNext } = makeOutboxTools();
    const { delivery } = await outbox.queue(makeNewDelivery(), NOW);
    await settleNext(SENT);
    await outbox.retract(delivery.id, BY);
    await settleNext(RETRACTED);

    const result = await outbox.rerender(delivery.id, RENDER, later(5));

    if (result.kind !== 'rerendered') throw new Error(`it was ${result.kind}`);
    const { id } = result.delivery;
    expect(result.delivery).toMatchObject({
      revision: 2,
      state: 'planned',
      task: 'publish',
      isTouched: false,
      stampedAt: later(5),
      receipt: undefined,
    });
    expect(await outbox.list()).toHaveLength(1);
    expect((await outbox.readHistory(id)).attempts).toHaveLength(2);
    expect((await outbox.readHistory(id)).actions).toMatchObject([{ verb: 'retract' }]);
    expect(await settleNext(SENT, { now: later(5) })).toMatchObject({ isFirst: true, attempt: 3 });
  });

  it('keeps a row that was tried where the new revision is there already', async () => {
    const { outbox, settleNext } = makeOutboxTools();
    const { delivery } = await outbox.queue(makeNewDelivery(), NOW);
    await settleNext(SENT);
    await outbox.retract(delivery.id, BY);
    await settleNext(RETRACTED);
    const before = await outbox.read(delivery.id);
    const next = await outbox.queue(NEXT, NOW);

    const result = await outbox.rerender(delivery.id, RENDER, NOW);

    expect(result).toEqual({ kind: 'merged', delivery: next.delivery });
    expect(await outbox.read(delivery.id)).toEqual(before);
  });

  it('keeps what is held held, and what is cancelled no longer', async () => {
    const { outbox, id } = await makeQueued();
    await outbox.hold(id, BY);

    const held = await outbox.rerender(id, RENDER, NOW);
    if (held.kind !== 'rerendered') throw new Error(`it was ${held.kind}`);
    await outbox.cancel(held.delivery.id, BY);
    const again = await outbox.rerender(held.delivery.id, { ...RENDER, revision: 3 }, NOW);

    expect(held.delivery.state).toBe('held');
    expect(again).toMatchObject({
      kind: 'rerendered',
      delivery: { state: 'planned', revision: 3 },
    });
  });

  it.each([
    ['at first', undefined, true],
    ['after attempts that surely did nothing', unavailable(0), true],
    ['after one that may have done something', unknown(0), false],
  ] as const)('writes anew what was refused whole %s', async (_, before, isAllowed) => {
    const { outbox, settleNext } = makeOutboxTools();
    const { delivery } = await outbox.queue(makeNewDelivery(), NOW);
    if (before !== undefined) await settleNext(before);
    await settleNext(UNSENT);
    const refused = await outbox.read(delivery.id);

    const result = await outbox.rerender(delivery.id, RENDER, later(5));

    expect(refused).toMatchObject({ state: 'refused', isTouched: !isAllowed });
    expect(result.kind).toBe(isAllowed ? 'rerendered' : 'left');
    if (isAllowed)
      expect(await settleNext(SENT, { now: later(5) })).toMatchObject({ isFirst: true });
  });

  it('can take back what a person vouched for though it was refused whole', async () => {
    const { outbox, settleNext } = makeOutboxTools();
    const { delivery } = await outbox.queue(makeNewDelivery(), NOW);
    await settleNext(UNSENT);
    await outbox.resolveSent(delivery.id, { posts: [] }, BY);

    expect(await outbox.retract(delivery.id, BY)).toMatchObject({ task: 'retract' });
  });
});
