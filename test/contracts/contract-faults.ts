import { describe, expect, it } from 'vitest';
import { readDraft } from '../../formatters/index.ts';
import {
  attemptAgain,
  FAULTS,
  makeOutgoing,
  patience,
  type Rig,
  type RigFault,
  strikeEachWrite,
} from './contract-rig.ts';

/** What is true of the first write after each fault, and whether its post is in place. */
const TRUTHS: { readonly [F in RigFault]: readonly [kinds: readonly string[], posts: 0 | 1] } = {
  'reset-before': [['unknown'], 0],
  'reset-after': [['unknown'], 1],
  'status-before': [['unknown'], 0],
  'status-after': [['unknown'], 1],
  'hang-before': [['unknown'], 0],
  'hang-after': [['unknown'], 1],
  // Where the status alone is the proof, the rest of the body adds nothing.
  'hang-body': [['unknown', 'sent'], 1],
  'rate-limit': [['unavailable'], 0],
  'rate-limit-silent': [['unavailable'], 0],
};

/** The network and the server fail, and one thread is left. */
export function describeFaults(rig: Rig): void {
  const { inject, makeUnreachable, without } = rig;
  const texts = readDraft(rig.draft);
  const faults = FAULTS.filter((fault) => without[fault] === undefined);

  if (!inject && !makeUnreachable) return;
  describe('when the way to the platform fails', () => {
    if (inject)
      it.each(faults)(
        'tells the truth about %s, and the next attempt leaves one thread',
        async (fault) => {
          await rig.emptyPlace();
          const outgoing = makeOutgoing(rig.draft);
          const publisher = rig.make();
          await publisher.find(outgoing, patience()); // Signed in, so that the fault hits the write.
          inject(fault);

          const first = await publisher.publish(outgoing, [], AbortSignal.timeout(2_000));
          const between = await rig.readPlace();
          const second = await attemptAgain(rig.make(), outgoing);

          const [kinds, posts] = TRUTHS[fault];
          expect(kinds).toContain(first.kind);
          expect(Math.min(between.length, 1)).toBe(posts);
          expect(second.kind).toBe('sent');
          expect(await rig.readPlace()).toEqual(texts);
        },
      );

    if (inject && without['rate-limit'] === undefined)
      it('waits as long as the platform asks', async () => {
        const publisher = rig.make();
        const outgoing = makeOutgoing(rig.draft);
        await publisher.find(outgoing, patience());
        inject('rate-limit');

        const attempt = await publisher.publish(outgoing, [], patience());

        expect(attempt.kind === 'unavailable' && attempt.retryAfterMs).toBeGreaterThan(0);
      });

    if (inject)
      it.each(['reset-before', 'reset-after'] as const)(
        'leaves one thread after %s at any of its writes',
        async (fault) => {
          const arrange = async () => {
            await rig.emptyPlace();
            const outgoing = makeOutgoing(rig.draft);
            const publisher = rig.make();
            await publisher.find(outgoing, patience());
            return { outgoing, publisher };
          };

          const struck = await strikeEachWrite(
            rig,
            fault,
            arrange,
            ({ outgoing, publisher }) => publisher.publish(outgoing, [], patience()),
            async ({ outgoing }) => {
              const second = await attemptAgain(rig.make(), outgoing);
              expect(second.kind).toBe('sent');
              expect(await rig.readPlace()).toEqual(texts);
            },
          );

          expect(struck).toBeGreaterThan(0);
        },
      );

    if (makeUnreachable)
      it('knows that nothing was done by a server that is not there', async () => {
        const outgoing = makeOutgoing(rig.draft);

        const attempt = await makeUnreachable().publish(outgoing, [], patience());
        const retraction = await makeUnreachable().retract(outgoing, undefined, patience());

        expect([attempt.kind, retraction.kind]).toEqual(['unavailable', 'unavailable']);
      });
  });
}
