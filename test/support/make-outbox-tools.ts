import type { Claim, Outcome } from '../../src/outbox/delivery.ts';
import { makeOutbox, type Outbox } from '../../src/outbox/outbox.ts';
import { makeTempDatabase } from './temp-database.ts';

/** A Monday morning, an hour after what is queued without a time is due. */
export const NOW = new Date('2026-11-23T09:00:00.000Z');
export const LEASE_MS = 90_000;
export const RECEIPT = {
  posts: [{ id: 'at://did/app.bsky.feed.post/1', cid: 'bafy', url: 'https://x' }],
};
export const SENT: Outcome = { kind: 'sent', receipt: RECEIPT };
export const RETRACTED: Outcome = { kind: 'retracted' };
export const REFUSED: Outcome = { kind: 'refused', reason: 'too long', remedy: 'Shorten it.' };
export const UNSENT: Outcome = {
  kind: 'refused',
  reason: 'too long',
  remedy: 'Shorten it.',
  isUnsent: true,
};
export const CLOSED: Outcome = { ...REFUSED, isClosed: true };
export const BY = { actor: 'ann', now: NOW } as const;

/** So many milliseconds after `NOW`. */
export const later = (ms: number): Date => new Date(NOW.getTime() + ms);

export const unavailable = (retryMs: number): Outcome => ({
  kind: 'unavailable',
  retryAt: later(retryMs),
  reason: 'no net',
});
export const unknown = (retryMs: number): Outcome => ({
  kind: 'unknown',
  retryAt: later(retryMs),
  reason: 'no answer',
});

type ClaimParts = {
  readonly owner?: string;
  readonly now?: Date;
  readonly to?: readonly string[];
};

export type OutboxTools = {
  readonly outbox: Outbox;
  /** The same ledger, as another process has it. */
  readonly other: Outbox;
  claim(parts?: ClaimParts): Promise<Claim | undefined>;
  mustClaim(parts?: ClaimParts): Promise<Claim>;
  /** Claims the next delivery, and settles it. */
  settleNext(outcome: Outcome, parts?: ClaimParts): Promise<Claim>;
  readAttempts(): Promise<{ number: number; outcome: string | null; detail: string | null }[]>;
};

/** A ledger with nothing in it, and what tests do with one. */
export function makeOutboxTools(): OutboxTools {
  const { database, connect } = makeTempDatabase();
  const outbox = makeOutbox(database);
  const claim: OutboxTools['claim'] = ({ owner = 'here/1/a', now = NOW, to = ['folder'] } = {}) =>
    outbox.claim({ owner, now, leaseMs: LEASE_MS, destinations: to });
  const mustClaim: OutboxTools['mustClaim'] = async (parts) => {
    const claimed = await claim(parts);
    if (claimed === undefined) throw new Error('there was nothing to claim');
    return claimed;
  };
  return {
    outbox,
    other: makeOutbox(connect().database),
    claim,
    mustClaim,
    settleNext: async (outcome, parts) => {
      const claimed = await mustClaim(parts);
      const isSettled = await outbox.settle(claimed, outcome, parts?.now ?? NOW);
      if (!isSettled) throw new Error('the claim was overtaken');
      return claimed;
    },
    readAttempts: () =>
      database
        .selectFrom('attempts')
        .select(['number', 'outcome', 'detail'])
        .orderBy('number')
        .execute(),
  };
}
