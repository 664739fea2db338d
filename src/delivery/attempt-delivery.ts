import type { Clock } from '../kit/clock.ts';
import { describeError } from '../kit/errors.ts';
import type { Log } from '../kit/log.ts';
import type { Claim } from '../outbox/delivery.ts';
import type { Receipt } from '../outbox/receipt.ts';
import {
  type Attempt,
  type Found,
  type Outgoing,
  type Publisher,
  type Refusal,
  type Retraction,
  type Unavailable,
  waitOut,
} from '../publishers/publisher.ts';

const ATTEMPT_TIMEOUT_MS = 60_000;
const GRACE_MS = 5_000;

const GONE: Refusal = {
  kind: 'refused',
  reason: 'what it was to correct has been taken back',
  remedy: 'Make sure that it is to be there by itself',
  isUnsent: true,
};

/** Nothing proves what a person has vouched for: its posts cannot be told from others. */
const UNPROVEN: Refusal = {
  kind: 'refused',
  reason: 'where the posts are that it is to correct is not known',
  remedy: 'Take back what it corrects',
  isUnsent: true,
};

/** What an attempt is made with. */
export type AttemptTools = {
  /** By the name of the destination; made when it is first needed. */
  readonly publishers: ReadonlyMap<string, () => Promise<Publisher>>;
  readonly clock: Clock;
  readonly log: Log;
  /** Everything about one attempt ends before this, well within the lease. */
  readonly timeoutMs?: number;
  /** A publisher that has not ended so long after its time is not waited for. */
  readonly graceMs?: number;
};

/** What a publisher made of an attempt; or that a doubt stays as it was. */
export type Tried =
  | Attempt
  | Retraction
  | (Omit<Unavailable, 'kind'> & { readonly kind: 'unknown'; readonly didNothing: true });

/**
 * One attempt at what was claimed: after an earlier one, what is in place is looked up before
 * anything is sent. Never rejects, and ends soon after its time.
 */
export async function attemptDelivery(
  { publishers, clock, log, timeoutMs = ATTEMPT_TIMEOUT_MS, graceMs = GRACE_MS }: AttemptTools,
  claim: Claim,
): Promise<Tried> {
  const { delivery } = claim;
  const make = publishers.get(delivery.destination);
  if (make === undefined) throw new Error(`claimed for ${delivery.destination}, which is not here`);
  const signal = AbortSignal.timeout(timeoutMs);
  const wait = <T>(work: Promise<T>): Promise<T> => endAfter(signal, graceMs, work);
  const outgoing = makeOutgoing(claim);
  let isPublishing = false;
  try {
    const publisher = await make();
    if (delivery.task === 'retract') {
      // Where a person has vouched for it no post is known: it is looked for.
      const receipt = isEmpty(delivery.receipt) ? undefined : delivery.receipt;
      const early = receipt === undefined ? waitOut(outgoing, clock.now()) : undefined;
      if (early !== undefined) return early;
      return await wait(publisher.retract(outgoing, receipt, signal));
    }
    if (delivery.replaces !== undefined && claim.replaced === undefined) return GONE;
    if (isEmpty(claim.replaced)) return UNPROVEN;
    const found: Found = claim.isFirst
      ? { kind: 'absent' }
      : await wait(publisher.find(outgoing, signal));
    switch (found.kind) {
      case 'whole':
        return { kind: 'sent', receipt: found.receipt };
      case 'refused':
        return found;
      case 'unavailable':
        return asDoubtful(found, claim);
      case 'absent':
      case 'begun': {
        isPublishing = true;
        const inPlace = found.kind === 'begun' ? found.posts : [];
        const attempt = await wait(publisher.publish(outgoing, inPlace, signal));
        const isUnproven = found.kind === 'absent' && found.isUnproven;
        return isUnproven && attempt.kind === 'unavailable' ? asDoubtful(attempt, claim) : attempt;
      }
    }
  } catch (error) {
    // A publisher does not reject; this is a bug in one, and must not stop the others.
    log.error({ deliveryId: delivery.id, reason: describeError(error) }, 'publisher.threw');
    return isPublishing
      ? { kind: 'unknown', cause: error }
      : asDoubtful({ kind: 'unavailable', cause: error }, claim);
  }
}

/** This attempt did nothing; what an earlier one did is as unknown as it was. */
function asDoubtful(unavailable: Unavailable, { delivery, doubtfulSince }: Claim): Tried {
  const isDoubtful = delivery.task === 'publish' && doubtfulSince !== undefined;
  return isDoubtful ? { ...unavailable, kind: 'unknown', didNothing: true } : unavailable;
}

function isEmpty(receipt: Receipt | undefined): boolean {
  return receipt?.posts.length === 0;
}

function makeOutgoing({ delivery, doubtfulSince, replaced, companions }: Claim): Outgoing {
  const { id, issue, item, revision, draft, stampedAt, firstAttemptAt, replaces } = delivery;
  return {
    ...{ id, issue, item, revision, draft, stampedAt, companions, triedSince: firstAttemptAt },
    ...(doubtfulSince === undefined ? {} : { doubtfulSince }),
    ...(replaces === undefined || replaced === undefined
      ? {}
      : { replaces: { how: replaces.how, receipt: replaced } }),
  };
}

/** Rejects when `work` has not ended a while after its signal: one hung request stops nobody. */
async function endAfter<T>(signal: AbortSignal, graceMs: number, work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  let timer: NodeJS.Timeout | undefined;
  const onAbort = (): void => {
    timer = setTimeout(() => reject(signal.reason), graceMs);
  };
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
    clearTimeout(timer);
  }
}
