import type { Clock } from '../kit/clock.ts';
import { describeError } from '../kit/errors.ts';
import type { Log } from '../kit/log.ts';
import type { Claim, Outcome } from '../outbox/delivery.ts';
import type { Outbox } from '../outbox/outbox.ts';
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
import { retryDelayMs } from './retry-delay.ts';

/** A claim lasts this long; a dead worker's delivery is taken over after it. */
export const LEASE_MS = 90_000;
const ATTEMPT_TIMEOUT_MS = 60_000;
const GRACE_MS = 5_000;
/** After this long without success a person is asked. */
const GIVE_UP_MS = 24 * 60 * 60 * 1000;
const FEWEST_ATTEMPTS = 20;
const POLL_MS = 1_000;
/** So many destinations of one platform are worked at a time: no platform takes the room of another. */
const MOST_AT_ONCE = 256;

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

/** What a courier tells after each attempt. */
export type Delivered = {
  readonly claim: Claim;
  readonly outcome: Outcome;
  readonly isSettled: boolean;
};

export type CourierTools = {
  readonly outbox: Outbox;
  /** By the name of the destination; made when it is first needed. */
  readonly publishers: ReadonlyMap<string, () => Promise<Publisher>>;
  readonly clock: Clock;
  readonly log: Log;
  /** Names this worker in leases, for all the processes that share the outbox. */
  readonly owner: string;
  readonly random: () => number;
  /** Everything about one attempt ends before this, well within the lease. */
  readonly timeoutMs?: number;
  /** A publisher that has not ended so long after its time is not waited for. */
  readonly graceMs?: number;
};

export type Courier = {
  /**
   * Makes one attempt at the next delivery that is due for one of the destinations, if there is one.
   * Those that have no publisher here are passed over.
   */
  deliverNext(destinations: readonly string[]): Promise<Delivered | undefined>;
  /**
   * Delivers what falls due, every destination by itself, until `signal` aborts; the attempts in
   * hand are finished first.
   */
  run(signal: AbortSignal, onDelivered?: (delivered: Delivered) => void): Promise<void>;
};

/** Claim, publish, settle: joins the outbox to the publishers. */
export function makeCourier(tools: CourierTools): Courier {
  const { outbox, publishers, clock, log, owner } = tools;

  const deliverNext = async (wanted: readonly string[]): Promise<Delivered | undefined> => {
    const startedAt = clock.now();
    // What this worker cannot send is left to one that can.
    const destinations = wanted.filter((name) => publishers.has(name));
    const claim = await outbox.claim({ owner, now: startedAt, leaseMs: LEASE_MS, destinations });
    if (claim === undefined) return undefined;
    const attempt = await attemptDelivery(tools, claim);
    const now = clock.now();
    const outcome = toOutcome(attempt, claim, now, tools.random());
    const isSettled = await outbox.settle(claim, outcome, now);
    const { id, destination, issue, item } = claim.delivery;
    const fields = {
      deliveryId: id,
      destination,
      issue,
      item,
      attempt: claim.attempt,
      elapsedMs: now.getTime() - startedAt.getTime(),
    };
    if (!isSettled) log.warn(fields, 'delivery.overtaken');
    else if (outcome.kind === 'sent' || outcome.kind === 'retracted') {
      log.info(fields, `delivery.${outcome.kind}`);
    } else if (outcome.kind === 'refused') {
      log.error({ ...fields, reason: outcome.reason }, 'delivery.refused');
      if (outcome.isClosed) {
        log.error({ destination, reason: outcome.reason }, 'destination.paused');
      }
    } else {
      const retryAt = outcome.retryAt.toISOString();
      log.warn({ ...fields, reason: outcome.reason, retryAt }, `delivery.${outcome.kind}`);
    }
    return { claim, outcome, isSettled };
  };

  /** Everything that is due at a destination, one after the other. */
  const workOff = async (
    destination: string,
    signal: AbortSignal,
    onDelivered: (delivered: Delivered) => void,
  ): Promise<void> => {
    try {
      while (!signal.aborted) {
        const delivered = await deliverNext([destination]);
        if (delivered === undefined) return;
        onDelivered(delivered);
      }
    } catch (error) {
      // The database could not be asked; the claim, if any, runs out by itself.
      log.error({ destination, reason: describeError(error) }, 'delivery.failed');
      await clock.sleep(10 * POLL_MS, signal);
    }
  };

  return {
    deliverNext,
    run: async (signal, onDelivered = () => {}) => {
      const working = new Map<string, Promise<void>>();
      const names = [...publishers.keys()];
      while (!signal.aborted) {
        let ready: readonly string[] = [];
        try {
          ready = await outbox.findReady(names, clock.now());
        } catch (error) {
          log.error({ reason: describeError(error) }, 'delivery.failed');
        }
        const room = new Map<string, number>();
        for (const name of working.keys()) take(room, name);
        for (const name of ready) {
          if (working.has(name) || !take(room, name)) continue;
          const work = workOff(name, signal, onDelivered).finally(() => working.delete(name));
          working.set(name, work);
        }
        await clock.sleep(POLL_MS, signal);
      }
      await Promise.all(working.values());
    },
  };
}

/** Takes a place of the destination's platform. False when all are taken. */
function take(room: Map<string, number>, destination: string): boolean {
  const [platform = ''] = destination.split('/');
  const taken = room.get(platform) ?? 0;
  if (taken >= MOST_AT_ONCE) return false;
  room.set(platform, taken + 1);
  return true;
}

/** What a publisher made of an attempt; or that a doubt stays as it was. */
type Tried =
  | Attempt
  | Retraction
  | (Omit<Unavailable, 'kind'> & { readonly kind: 'unknown'; readonly didNothing: true });

/** One attempt: after an earlier one, what is in place is looked up before anything is sent. */
async function attemptDelivery(
  { publishers, clock, log, timeoutMs = ATTEMPT_TIMEOUT_MS, graceMs = GRACE_MS }: CourierTools,
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
      case 'begun':
        isPublishing = true;
        return await wait(
          publisher.publish(outgoing, found.kind === 'begun' ? found.posts : [], signal),
        );
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

function toOutcome(attempt: Tried, claim: Claim, now: Date, random: number): Outcome {
  if (attempt.kind !== 'unavailable' && attempt.kind !== 'unknown') return attempt;
  const reason = describeError(attempt.cause);
  const retryAt = new Date(
    now.getTime() + retryDelayMs(claim.attemptOfRound, random, attempt.retryAfterMs),
  );
  // A person who moves an item to another time makes the day begin with it.
  const { firstAttemptAt, dueAt, destination } = claim.delivery;
  const since = Math.max(firstAttemptAt.getTime(), dueAt.getTime());
  // A machine that slept over the weekend has not tried for a day.
  if (now.getTime() - since < GIVE_UP_MS || claim.attemptOfRound < FEWEST_ATTEMPTS) {
    const still = 'didNothing' in attempt ? ({ didNothing: true } as const) : {};
    return { kind: attempt.kind, retryAt, reason, ...still };
  }
  return {
    kind: 'refused',
    reason: `no success in ${claim.attemptOfRound} attempts over a day; the last one: ${reason}`,
    remedy: `Look whether ${destination} can be reached and put right what hinders it`,
    // What comes after it would fare no better, and the order is kept.
    isClosed: true,
    ...(attempt.kind === 'unavailable' ? { isUnsent: true } : {}),
  };
}
