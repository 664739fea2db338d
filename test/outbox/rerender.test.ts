import { describe, expect, it } from 'vitest';
import { makeDeliveryId } from '../../src/kit/ids.ts';
import { makeOutbox, type Outbox } from '../../src/outbox/outbox.ts';
import { makeNewDelivery } from '../support/make-new-delivery.ts';
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

    const result = await outbox.rerender(id, RENDER);

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
    await outbox.rerender(id, RENDER);

    expect((await outbox.queue(NEXT, NOW)).isNew).toBe(false);
    expect(await outbox.list()).toHaveLength(1);
  });

  it('leaves one row where the new revision was queued before it', async () => {
    const { outbox, id } = await makeQueued();
    const { delivery } = await outbox.queue(NEXT, NOW);

    expect(await outbox.rerender(id, RENDER)).toEqual({ kind: 'merged', delivery });
    expect(await outbox.list()).toEqual([delivery]);
  });

  it.each(['claimed', 'sent', 'refused', 'unknown', 'unavailable'] as const)(
    'leaves one that was %s alone',
    async (state) => {
      const { outbox, id } = await makeQueued();
      const claimed = await claim(outbox);
      if (claimed === undefined) throw new Error('there was nothing to claim');
      const outcomes = {
        sent: { kind: 'sent', receipt: { posts: [{ id: 'x' }] } },
        refused: { kind: 'refused', reason: 'r', remedy: 'r' },
        unknown: { kind: 'unknown', retryAt: NOW, reason: 'r' },
        unavailable: { kind: 'unavailable', retryAt: NOW, reason: 'r' },
      } as const;
      if (state !== 'claimed') await outbox.settle(claimed, outcomes[state], NOW);
      const before = await outbox.list();

      expect(await outbox.rerender(id, RENDER)).toEqual({ kind: 'left' });
      expect(await outbox.list()).toEqual(before);
    },
  );

  it('is not there for a delivery that is not', async () => {
    const { outbox } = await makeQueued();

    expect(await outbox.rerender('nobody', RENDER)).toEqual({ kind: 'left' });
  });

  it.each([
    ['before', 2],
    ['after', 1],
  ])('rendering anew %s a worker comes gives it one row', async (when, revision) => {
    const { outbox, id } = await makeQueued();

    const work = [() => outbox.rerender(id, RENDER), () => claim(outbox)];
    await Promise.all((when === 'before' ? work : work.toReversed()).map((run) => run()));

    const rows = await outbox.list();
    expect(rows).toMatchObject([{ state: 'sending', revision }]);
  });
});
