import { describe, expect, it } from 'vitest';
import { readDraft } from '../../formatters/index.ts';
import { attemptAgain, makeOutgoing, patience, type Rig, send } from './contract-rig.ts';

const CLOSED = { kind: 'refused', isClosed: true };

/** What the platform does not allow is told to a person, and whether it is so for everything. */
export function describePermission(rig: Rig): void {
  const { makeUnauthorized, expire, revoke, restore, removePlace, refuseContent } = rig;
  const texts = readDraft(rig.draft);

  if (![makeUnauthorized, expire, revoke, removePlace, refuseContent].some(Boolean)) return;
  describe('when it is not allowed to', () => {
    if (makeUnauthorized)
      it('tells a person that the credentials are wrong, and by which variable', async () => {
        const attempt = await makeUnauthorized().publish(makeOutgoing(rig.draft), [], patience());

        expect(attempt).toMatchObject(CLOSED);
        expect(attempt.kind === 'refused' && attempt.remedy).toMatch(/\b[A-Z]{4,}(?:_[A-Z]+)+\b/);
      });

    if (expire)
      it('renews credentials that ran out, without a person', async () => {
        await rig.emptyPlace();
        const publisher = rig.make();
        const outgoing = makeOutgoing(rig.draft);
        await publisher.find(outgoing, patience());
        await expire();

        const first = await publisher.publish(outgoing, [], patience());
        const second = await attemptAgain(publisher, outgoing);

        expect(first.kind).not.toBe('refused');
        expect(second.kind).toBe('sent');
        expect(await rig.readPlace()).toEqual(texts);
      });

    if (revoke && restore)
      it('stops when the credentials are taken away, and goes on when they are back', async () => {
        await rig.emptyPlace();
        const publisher = rig.make();
        const outgoing = makeOutgoing(rig.draft);
        const other = makeOutgoing(rig.draft);
        const receipt = await send(publisher, other);
        await revoke();

        const attempts = [
          await publisher.publish(outgoing, [], patience()),
          await rig.make().publish(outgoing, [], patience()),
        ];
        const retraction = await publisher.retract(other, receipt, patience());
        await restore();
        const retracted = await publisher.retract(other, receipt, patience());
        const sent = await attemptAgain(publisher, outgoing);

        for (const attempt of [...attempts, retraction]) expect(attempt).toMatchObject(CLOSED);
        expect([retracted.kind, sent.kind]).toEqual(['retracted', 'sent']);
        expect(await rig.readPlace()).toEqual(texts);
      });

    if (removePlace)
      it('tells a person that the destination is gone', async () => {
        await rig.emptyPlace();
        await removePlace();

        const attempt = await rig.make().publish(makeOutgoing(rig.draft), [], patience());
        await rig.emptyPlace();

        expect(attempt).toMatchObject(CLOSED);
      });

    if (refuseContent)
      it('tells a person that this one is refused, and takes the next', async () => {
        await rig.emptyPlace();
        const publisher = rig.make();
        const outgoing = makeOutgoing(rig.draft);
        await publisher.find(outgoing, patience());
        refuseContent();

        const refused = await publisher.publish(outgoing, [], patience());
        const between = await rig.readPlace();
        await send(publisher, makeOutgoing(rig.draft));

        expect(refused.kind).toBe('refused');
        expect(refused).not.toHaveProperty('isClosed');
        expect(between).toEqual([]);
        expect(await rig.readPlace()).toEqual(texts);
      });
  });
}
