import { describe, expect, it } from 'vitest';
import type { Draft } from '../../formatters/draft.ts';
import { readDraft } from '../../formatters/index.ts';
import {
  attemptAgain,
  makeCorrection,
  makeOutgoing,
  patience,
  type Rig,
  send,
  strikeEachWrite,
} from './contract-rig.ts';

/** What is in place is brought to other words. */
export function describeCorrecting(rig: Rig): void {
  const { inject, deletePost, without } = rig;
  const texts = readDraft(rig.draft);
  const drafts = [
    ['more', rig.correctedDraft],
    ['fewer', rig.shorterDraft],
  ] as const;

  describe.each(rig.corrections)('when it corrects by %s', (how) => {
    const readersSee = (...shown: readonly Draft[]): string[] =>
      how === 'reply' ? shown.flatMap(readDraft) : readDraft(shown.at(-1) ?? rig.draft);
    /** A thread in place, and the delivery that corrects it. */
    const arrange = async (draft: Draft) => {
      await rig.emptyPlace();
      const old = makeOutgoing(rig.draft);
      const receipt = await send(rig.make(), old);
      return { old, correction: makeCorrection(old, receipt, draft, how) };
    };

    it.each(drafts)('leaves the new words in %s posts', async (_name, draft) => {
      const { correction } = await arrange(draft);

      await send(rig.make(), correction);

      expect(await rig.readPlace()).toEqual(readersSee(rig.draft, draft));
    });

    it('leaves another delivery as it is', async () => {
      const { correction } = await arrange(rig.correctedDraft);
      await send(rig.make(), makeOutgoing(rig.draft));

      await send(rig.make(), correction);

      const expected = [...readersSee(rig.draft, rig.correctedDraft), ...texts];
      expect([...(await rig.readPlace())].sort()).toEqual(expected.sort());
    });

    if (without.find === undefined) {
      it('does not take the old words for the new', async () => {
        const { correction } = await arrange(rig.correctedDraft);

        const found = await rig.make().find(correction, patience());

        expect(found).toEqual({ kind: 'absent' });
      });

      it.each(drafts)(
        'finds the new words in %s posts, with the same receipt',
        async (_, draft) => {
          const { correction } = await arrange(draft);
          const receipt = await send(rig.make(), correction);

          const found = await rig.make().find(correction, patience());

          expect(receipt.posts.length).toBe(draft.posts.length);
          expect(found).toEqual({ kind: 'whole', receipt });
        },
      );
    }

    it.each(drafts)('corrects once, to %s posts, when it is attempted again', async (_, draft) => {
      const { correction } = await arrange(draft);
      await send(rig.make(), correction);

      const again = await attemptAgain(rig.make(), correction);

      expect(again.kind).toBe('sent');
      expect(await rig.readPlace()).toEqual(readersSee(rig.draft, draft));
    });

    if (inject)
      it.each(
        drafts.flatMap(([name, draft]) =>
          (['reset-before', 'reset-after'] as const).map((fault) => [name, fault, draft] as const),
        ),
      )('comes to %s posts after %s at any of its writes', async (_name, fault, draft) => {
        const struck = await strikeEachWrite(
          rig,
          fault,
          () => arrange(draft),
          ({ correction }) => rig.make().publish(correction, [], patience()),
          async ({ correction }) => {
            const second = await attemptAgain(rig.make(), correction);
            expect(second.kind).toBe('sent');
            expect(await rig.readPlace()).toEqual(readersSee(rig.draft, draft));
          },
        );

        expect(struck).toBeGreaterThan(0);
      });

    it('corrects a correction', async () => {
      const { correction } = await arrange(rig.correctedDraft);
      const receipt = await send(rig.make(), correction);

      await send(rig.make(), makeCorrection(correction, receipt, rig.shorterDraft, how));

      const shown = readersSee(rig.draft, rig.correctedDraft, rig.shorterDraft);
      expect(await rig.readPlace()).toEqual(shown);
    });

    it.each([
      ['by its receipt', true],
      ['without a receipt', false],
    ])('takes a correction back %s', async (_name, hasReceipt) => {
      const { correction } = await arrange(rig.correctedDraft);
      const receipt = await send(rig.make(), correction);

      const retraction = await rig
        .make()
        .retract(correction, hasReceipt ? receipt : undefined, patience());

      expect(retraction).toEqual({ kind: 'retracted' });
      expect(await rig.readPlace()).toEqual(how === 'reply' ? texts : []);
    });

    if (deletePost && how === 'edit')
      it('refuses to change a thread of which a post was deleted', async () => {
        const { correction } = await arrange(rig.correctedDraft);
        await deletePost(0);
        const left = await rig.readPlace();

        const attempt = await rig.make().publish(correction, [], patience());

        expect(attempt.kind).toBe('refused');
        expect(attempt).not.toHaveProperty('isClosed');
        expect(await rig.readPlace()).toEqual(left);
      });

    if (deletePost && how === 'repost')
      it('replaces what is left of a thread of which a post was deleted', async () => {
        const { correction } = await arrange(rig.correctedDraft);
        await deletePost(0);

        await send(rig.make(), correction);

        expect(await rig.readPlace()).toEqual(readDraft(rig.correctedDraft));
      });
  });
}
