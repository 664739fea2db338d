import { describe, expect, it } from 'vitest';
import type { Draft } from '../../formatters/draft.ts';
import { readDraft } from '../../formatters/index.ts';
import { makeDeliveryId } from '../../src/kit/ids.ts';
import type { Attempt, Outgoing, Publisher } from '../../src/publishers/publisher.ts';

/** A way for the path to a platform to fail. "after": the platform has acted, the answer is lost. */
export type RigFault =
  | 'reset-before'
  | 'reset-after'
  | 'status-before'
  | 'status-after'
  | 'hang-before'
  | 'hang-after'
  | 'rate-limit';

/** One publisher with the real, or rule-enforcing, platform behind it. */
export type Rig = {
  /** A draft of this platform with several posts, links and letters beyond ASCII. */
  readonly draft: Draft;
  /** A draft of another platform, and one with a post over the limit; a folder takes anything. */
  readonly foreignDraft?: Draft;
  readonly longDraft?: Draft;
  /** A new client, as after a restart. */
  make(): Publisher;
  /** The texts that readers see, oldest first; empties what was there before the test. */
  readPlace(): Promise<string[]>;
  emptyPlace(): Promise<void>;
  /** How many requests reached the platform. */
  countRequests(): number;
  /** The next write fails so. Missing where no network is between. */
  readonly inject?: (fault: RigFault) => void;
  /** Clients whose server is not there, and whose credentials are wrong. */
  readonly makeUnreachable?: () => Publisher;
  readonly makeUnauthorized?: () => Publisher;
};

let counter = 0;

/** A delivery that no test has used before. */
export function makeOutgoing(draft: Draft): Outgoing {
  counter += 1;
  const id = makeDeliveryId(1, `paper/contract-${counter}`, 1, 'contract');
  const item = `paper/contract-${counter}`;
  return { id, issue: 1, item, revision: 1, draft, firstAttemptAt: new Date(Date.now() + counter) };
}

/** What a courier does on every attempt but the first: look, then send what is missing. */
export async function attemptAgain(
  publisher: Publisher,
  outgoing: Outgoing,
  timeoutMs = 20_000,
): Promise<Attempt> {
  const signal = AbortSignal.timeout(timeoutMs);
  const found = await publisher.find(outgoing, signal);
  if (found.kind === 'whole') return { kind: 'sent', receipt: found.receipt };
  if (found.kind === 'refused' || found.kind === 'unavailable') return found;
  return publisher.publish(outgoing, found.kind === 'begun' ? found.posts : [], signal);
}

/** What every publisher promises, run against the real thing. */
export function describePublisher(name: string, start: () => Promise<Rig>): void {
  describe(`the ${name} publisher`, async () => {
    const rig = await start();
    const texts = readDraft(rig.draft);
    const signal = (): AbortSignal => AbortSignal.timeout(20_000);

    it('puts every post in place, in order, and proves it', async () => {
      await rig.emptyPlace();
      const outgoing = makeOutgoing(rig.draft);

      const attempt = await rig.make().publish(outgoing, [], signal());

      expect(attempt.kind).toBe('sent');
      expect(attempt.kind === 'sent' && attempt.receipt.posts.length).toBe(texts.length);
      expect(await rig.readPlace()).toEqual(texts);
    });

    it('finds what it sent, with the same receipt, from a new client', async () => {
      const outgoing = makeOutgoing(rig.draft);
      const attempt = await rig.make().publish(outgoing, [], signal());

      const found = await rig.make().find(outgoing, signal());

      expect(found).toEqual({ kind: 'whole', receipt: attempt.kind === 'sent' && attempt.receipt });
    });

    it('finds nothing where nothing was sent', async () => {
      await rig.emptyPlace();

      const found = await rig.make().find(makeOutgoing(rig.draft), signal());

      expect(found).toEqual({ kind: 'absent' });
    });

    it('leaves one thread when the same delivery is attempted again and again', async () => {
      await rig.emptyPlace();
      const outgoing = makeOutgoing(rig.draft);
      await rig.make().publish(outgoing, [], signal());

      const again = await attemptAgain(rig.make(), outgoing);
      const andAgain = await attemptAgain(rig.make(), outgoing);

      expect([again.kind, andAgain.kind]).toEqual(['sent', 'sent']);
      expect(await rig.readPlace()).toEqual(texts);
    });

    const { longDraft, foreignDraft } = rig;

    if (longDraft)
      it('refuses a post over the limit before it touches the platform', async () => {
        const publisher = rig.make();
        const before = rig.countRequests();

        const attempt = await publisher.publish(makeOutgoing(longDraft), [], signal());

        expect(attempt.kind === 'refused' && attempt.reason).toMatch(/at most/);
        expect(rig.countRequests()).toBe(before);
      });

    if (foreignDraft)
      it('refuses a draft of another platform', async () => {
        const outgoing = makeOutgoing(foreignDraft);

        const attempt = await rig.make().publish(outgoing, [], signal());
        const found = await rig.make().find(outgoing, signal());

        expect([attempt.kind, found.kind]).toEqual(['refused', 'refused']);
      });

    const { inject, makeUnreachable, makeUnauthorized } = rig;
    const faults = [
      ['reset-before', 'unknown', 0],
      ['reset-after', 'unknown', 1],
      ['status-before', 'unknown', 0],
      ['status-after', 'unknown', 1],
      ['hang-before', 'unknown', 0],
      ['hang-after', 'unknown', 1],
      ['rate-limit', 'unavailable', 0],
    ] as const;

    if (inject)
      it.each(faults)(
        'after %s it says “%s”, and the next attempt leaves exactly one thread',
        async (fault, kind, done) => {
          await rig.emptyPlace();
          const outgoing = makeOutgoing(rig.draft);
          const publisher = rig.make();
          await publisher.find(outgoing, signal()); // Signed in, so that the fault hits the write.
          inject(fault);

          const first = await publisher.publish(outgoing, [], AbortSignal.timeout(2_000));
          const between = (await rig.readPlace()).length;
          const second = await attemptAgain(rig.make(), outgoing);

          expect(first.kind).toBe(kind);
          expect(between > 0 ? 1 : 0).toBe(done);
          expect(second.kind).toBe('sent');
          expect(await rig.readPlace()).toEqual(texts);
        },
      );

    if (makeUnreachable)
      it('knows that nothing was sent to a server that is not there', async () => {
        const attempt = await makeUnreachable().publish(makeOutgoing(rig.draft), [], signal());

        expect(attempt.kind).toBe('unavailable');
      });

    if (makeUnauthorized)
      it('tells a person when the credentials are wrong', async () => {
        const attempt = await makeUnauthorized().publish(makeOutgoing(rig.draft), [], signal());

        expect(attempt.kind).toBe('refused');
        expect(attempt.kind === 'refused' && attempt.remedy).toMatch(
          /BLUESKY_APP_PASSWORD|DISCORD_TOKEN/,
        );
      });
  });
}
