import { describe, expect, it } from 'vitest';
import { readDraft } from '../../formatters/index.ts';
import { makeOutgoing, patience, type Rig, send, strikeEachWrite } from './contract-rig.ts';

/** What is in place is taken back, once or often. */
export function describeRetracting(rig: Rig): void {
  const { inject, calm, deletePost, without } = rig;
  const texts = readDraft(rig.draft);
  const sendNew = async () => {
    const outgoing = makeOutgoing(rig.draft);
    return { outgoing, receipt: await send(rig.make(), outgoing) };
  };

  describe.each([
    ['by its receipt', true],
    ['without a receipt', false],
  ])('when it takes a delivery back %s', (_name, hasReceipt) => {
    it('leaves nothing of it, and everything else', async () => {
      await rig.emptyPlace();
      const { outgoing, receipt } = await sendNew();
      await sendNew();

      const retraction = await rig
        .make()
        .retract(outgoing, hasReceipt ? receipt : undefined, patience());

      expect(retraction).toEqual({ kind: 'retracted' });
      expect(await rig.readPlace()).toEqual(texts);
      if (without.find === undefined) {
        expect(await rig.make().find(outgoing, patience())).toEqual({ kind: 'absent' });
      }
    });

    it('has taken back what is gone already', async () => {
      await rig.emptyPlace();
      const { outgoing, receipt } = await sendNew();
      const known = hasReceipt ? receipt : undefined;
      await rig.make().retract(outgoing, known, patience());

      const again = await rig.make().retract(outgoing, known, patience());

      expect(again).toEqual({ kind: 'retracted' });
      expect(await rig.readPlace()).toEqual([]);
    });

    if (deletePost)
      it.each(['first', 'last'])('takes back the rest where the %s post is gone', async (which) => {
        await rig.emptyPlace();
        const { outgoing, receipt } = await sendNew();
        await deletePost(which === 'first' ? 0 : texts.length - 1);

        const retraction = await rig
          .make()
          .retract(outgoing, hasReceipt ? receipt : undefined, patience());

        expect(retraction).toEqual({ kind: 'retracted' });
        expect(await rig.readPlace()).toEqual([]);
      });

    if (inject)
      it.each(['reset-before', 'reset-after'] as const)(
        'comes to the same end after %s at any of its writes',
        async (fault) => {
          const arrange = async () => {
            await rig.emptyPlace();
            return sendNew();
          };

          const retract = ({ outgoing, receipt }: Awaited<ReturnType<typeof sendNew>>) =>
            rig.make().retract(outgoing, hasReceipt ? receipt : undefined, patience());

          const struck = await strikeEachWrite(rig, fault, arrange, retract, async (sent) => {
            expect(await retract(sent)).toEqual({ kind: 'retracted' });
            expect(await rig.readPlace()).toEqual([]);
          });

          expect(struck).toBeGreaterThan(0);
        },
      );

    it('puts it in place again when it is sent with a new stamp', async () => {
      await rig.emptyPlace();
      const { outgoing, receipt } = await sendNew();
      await rig.make().retract(outgoing, hasReceipt ? receipt : undefined, patience());
      const stampedAt = new Date(outgoing.stampedAt.getTime() + 1_000);

      const again = await rig.make().publish({ ...outgoing, stampedAt }, [], patience());

      expect(again.kind).toBe('sent');
      expect(await rig.readPlace()).toEqual(texts);
    });
  });

  describe('when it takes back what was not sent, or not wholly', () => {
    it('takes nothing where nothing was sent', async () => {
      await rig.emptyPlace();
      await sendNew();

      const retraction = await rig.make().retract(makeOutgoing(rig.draft), undefined, patience());

      expect(retraction).toEqual({ kind: 'retracted' });
      expect(await rig.readPlace()).toEqual(texts);
    });

    if (inject && calm)
      it('takes back a thread that was only begun', async () => {
        await rig.emptyPlace();
        const outgoing = makeOutgoing(rig.draft);
        const publisher = rig.make();
        await publisher.find(outgoing, patience());
        inject('reset-before', 1);
        await publisher.publish(outgoing, [], patience());
        calm();

        const retraction = await rig.make().retract(outgoing, undefined, patience());

        expect(retraction).toEqual({ kind: 'retracted' });
        expect(await rig.readPlace()).toEqual([]);
      });
  });
}
