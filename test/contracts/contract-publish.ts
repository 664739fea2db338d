import { describe, expect, it } from 'vitest';
import { readDraft } from '../../formatters/index.ts';
import { attemptAgain, makeOutgoing, patience, type Rig, send } from './contract-rig.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** A draft is put in place once, and is found there. */
export function describePublishing(rig: Rig): void {
  const texts = readDraft(rig.draft);
  const { longDraft, foreignDraft, without } = rig;

  describe('when it publishes', () => {
    it('puts every post in place, in order, and proves it', async () => {
      await rig.emptyPlace();

      const receipt = await send(rig.make(), makeOutgoing(rig.draft));

      expect(receipt.posts.length).toBeGreaterThan(0);
      expect(await rig.readPlace()).toEqual(texts);
    });

    if (without.find === undefined)
      it('finds what it sent, with the same receipt, from a new client', async () => {
        await rig.emptyPlace();
        const outgoing = makeOutgoing(rig.draft);
        const receipt = await send(rig.make(), outgoing);

        const found = await rig.make().find(outgoing, patience());

        expect(receipt.posts.length).toBe(texts.length);
        expect(found).toEqual({ kind: 'whole', receipt });
      });

    it('finds nothing where nothing was sent', async () => {
      await rig.emptyPlace();

      const found = await rig.make().find(makeOutgoing(rig.draft), patience());

      expect(found.kind).toBe('absent');
    });

    it('leaves one thread when the same delivery is attempted again and again', async () => {
      await rig.emptyPlace();
      const outgoing = makeOutgoing(rig.draft);
      await send(rig.make(), outgoing);

      const again = await attemptAgain(rig.make(), outgoing);
      const andAgain = await attemptAgain(rig.make(), outgoing);

      expect([again.kind, andAgain.kind]).toEqual(['sent', 'sent']);
      expect(await rig.readPlace()).toEqual(texts);
    });

    it('leaves two threads when two deliveries have the same words', async () => {
      await rig.emptyPlace();
      const deliveries = [makeOutgoing(rig.draft), makeOutgoing(rig.draft)];

      for (const outgoing of deliveries) await send(rig.make(), outgoing);
      const again = await attemptAgain(rig.make(), deliveries[0] ?? makeOutgoing(rig.draft));

      expect(again.kind).toBe('sent');
      expect(await rig.readPlace()).toEqual([...texts, ...texts]);
    });

    if (without.race === undefined)
      it('leaves one thread when three writers send the same delivery at once', async () => {
        await rig.emptyPlace();
        const outgoing = makeOutgoing(rig.draft);

        const attempts = await Promise.all(
          [1, 2, 3].map(() => rig.make().publish(outgoing, [], patience())),
        );
        const last = await attemptAgain(rig.make(), outgoing);

        expect(attempts.filter(({ kind }) => kind === 'refused')).toEqual([]);
        expect(last.kind).toBe('sent');
        expect([...(await rig.readPlace())].sort()).toEqual([...texts].sort());
      });

    it.each([
      ['a day fast', DAY_MS],
      ['a day slow', -DAY_MS],
    ])('leaves one thread where the clock was %s', async (_name, skewMs) => {
      await rig.emptyPlace();
      const stampedAt = new Date(Date.now() + skewMs);
      const outgoing = makeOutgoing(rig.draft, { stampedAt });
      await send(rig.make(), outgoing);

      const again = await attemptAgain(rig.make(), outgoing);

      expect(again.kind).toBe('sent');
      expect(await rig.readPlace()).toEqual(texts);
    });

    if (longDraft)
      it('refuses a post over the limit before it touches the platform', async () => {
        const publisher = rig.make();
        const before = rig.countRequests();

        const attempt = await publisher.publish(makeOutgoing(longDraft), [], patience());

        expect(attempt.kind === 'refused' && attempt.reason).toMatch(/at most/);
        expect(attempt).not.toHaveProperty('isClosed');
        expect(rig.countRequests()).toBe(before);
      });

    if (foreignDraft)
      it('refuses a draft of another platform', async () => {
        const outgoing = makeOutgoing(foreignDraft);

        const attempt = await rig.make().publish(outgoing, [], patience());
        const found = await rig.make().find(outgoing, patience());

        expect([attempt.kind, found.kind]).toEqual(['refused', 'refused']);
      });
  });
}
