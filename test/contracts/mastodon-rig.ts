import { afterAll } from 'vitest';
import type { Receipt } from '../../src/outbox/receipt.ts';
import type { ImageTools } from '../../src/publishers/gather-images.ts';
import { type MastodonTools, makeMastodonPublisher } from '../../src/publishers/mastodon.ts';
import type { MastodonAccount } from '../../src/publishers/mastodon-rest.ts';
import type { Publisher } from '../../src/publishers/publisher.ts';
import { type FakeMastodonOptions, startFakeMastodon } from '../fakes/mastodon/server.ts';
import { makeRecordLog } from '../support/record-log.ts';

/** Everything that changes what readers see. */
export const WRITES = /^(?:POST|PUT|DELETE) \/api\/v1\/statuses/;

/** A fake Mastodon with an account that can be made anew; closed after the file's tests. */
export async function startMastodonRig(options: FakeMastodonOptions = {}) {
  const fake = await startFakeMastodon(options);
  afterAll(() => fake.close());
  const log = makeRecordLog();
  let account = fake.addAccount();
  return {
    fake,
    /** What the publishers told of. */
    log,
    /** An empty place is a new account. */
    renew: (scopes?: readonly string[]): void => {
      account = fake.addAccount(scopes);
    },
    account: () => account,
    login: () => ({ server: fake.server, accessToken: account.accessToken }),
    make: (
      overrides: Partial<ImageTools> = {},
      login: Partial<MastodonAccount> = {},
      onLimits?: MastodonTools['onLimits'],
    ): Publisher =>
      makeMastodonPublisher(
        { server: fake.server, accessToken: account.accessToken, ...login },
        {
          images: {
            fetchImage: async () => ({ kind: 'refused', reason: 'there are no images' }),
            log,
            now: () => new Date(),
            ...overrides,
          },
          ...(onLimits === undefined ? {} : { onLimits }),
        },
      ),
    texts: (): string[] => fake.statuses(account.id).map(({ text }) => text),
  };
}

/**
 * Plays the ledger's part: a delivery is published, looked for and taken back with the receipts of
 * all others that are known to be in place. Texts alone do not tell two deliveries of the same
 * words apart.
 */
export function makeLedger(): (publisher: Publisher) => Publisher {
  const sent = new Map<string, Receipt>();
  return (publisher) => {
    const withOthers: <T extends { readonly id: string }>(outgoing: T) => T = (outgoing) => ({
      ...outgoing,
      companions: [...sent].flatMap(([id, receipt]) => (id === outgoing.id ? [] : [receipt])),
    });
    return {
      async find(outgoing, signal) {
        const found = await publisher.find(withOthers(outgoing), signal);
        if (found.kind === 'whole') sent.set(outgoing.id, found.receipt);
        return found;
      },
      async publish(outgoing, inPlace, signal) {
        const attempt = await publisher.publish(withOthers(outgoing), inPlace, signal);
        if (attempt.kind === 'sent') sent.set(outgoing.id, attempt.receipt);
        return attempt;
      },
      async retract(outgoing, receipt, signal) {
        const retraction = await publisher.retract(withOthers(outgoing), receipt, signal);
        if (retraction.kind === 'retracted') sent.delete(outgoing.id);
        return retraction;
      },
    };
  };
}
