import { cutSaid, describeError } from '../kit/errors.ts';
import type { Redact } from '../kit/redact.ts';
import { redactShapes } from '../kit/redact-shapes.ts';
import type { Claim, Outcome } from '../outbox/delivery.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { type AttemptTools, attemptDelivery, type Tried } from './attempt-delivery.ts';
import { retryDelayMs } from './retry-delay.ts';

/** A claim lasts this long; a dead worker's delivery is taken over after it. */
export const LEASE_MS = 90_000;
/** After this long without success a person is asked. */
const GIVE_UP_MS = 24 * 60 * 60 * 1000;
const FEWEST_ATTEMPTS = 20;
const POLL_MS = 1_000;
/** Characters that are kept of what a platform says. */
const MOST_SAID = 500;
/** So many destinations of one platform are worked at a time: no platform takes the room of another. */
const MOST_AT_ONCE = 256;

/** What a courier tells after each attempt. */
export type Delivered = {
  readonly claim: Claim;
  readonly outcome: Outcome;
  readonly isSettled: boolean;
  /** From the claim to what became of it. */
  readonly elapsedMs: number;
};

export type CourierTools = AttemptTools & {
  readonly outbox: Outbox;
  /** Names this worker in leases, for all the processes that share the outbox. */
  readonly owner: string;
  readonly random: () => number;
  /** Takes secrets out of what is kept and told of an attempt: a server may say what it was sent. */
  readonly redact?: Redact;
  /** What a person calls a destination, by its key. */
  readonly nameOf?: (key: string) => string;
};

export type Courier = {
  /**
   * Makes one attempt at the next delivery that is due for one of the destinations, if there is one.
   * Those that have no publisher here are passed over.
   */
  deliverNext(destinations: readonly string[]): Promise<Delivered | undefined>;
  /**
   * Delivers what falls due, every destination by itself, until `signal` aborts; the attempts in
   * hand are finished first. `onTurn` is called with every look at what is due, each second or so.
   */
  run(
    signal: AbortSignal,
    onDelivered?: (delivered: Delivered) => void,
    onTurn?: () => void,
  ): Promise<void>;
};

/** Claim, publish, settle: joins the outbox to the publishers. */
export function makeCourier(tools: CourierTools): Courier {
  const { outbox, publishers, clock, log, owner, redact = (text) => redactShapes(text) } = tools;
  const { nameOf = (key) => key } = tools;

  const deliverNext = async (wanted: readonly string[]): Promise<Delivered | undefined> => {
    const startedAt = clock.now();
    // What this worker cannot send is left to one that can.
    const destinations = wanted.filter((name) => publishers.has(name));
    const claim = await outbox.claim({ owner, now: startedAt, leaseMs: LEASE_MS, destinations });
    if (claim === undefined) return undefined;
    const attempt = await attemptDelivery(tools, claim);
    const now = clock.now();
    const outcome = hideSecrets(toOutcome(attempt, claim, now, tools.random()), redact);
    const isSettled = await outbox.settle(claim, outcome, now);
    const elapsedMs = now.getTime() - startedAt.getTime();
    const { id, issue, item } = claim.delivery;
    const destination = nameOf(claim.delivery.destination);
    const fields = {
      deliveryId: id,
      destination,
      issue,
      item,
      attempt: claim.attempt,
      elapsedMs,
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
    return { claim, outcome, isSettled, elapsedMs };
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
      const fields = { destination: nameOf(destination), reason: describeError(error) };
      log.error(fields, 'delivery.failed');
      await clock.sleep(10 * POLL_MS, signal);
    }
  };

  return {
    deliverNext,
    run: async (signal, onDelivered = () => {}, onTurn = () => {}) => {
      const working = new Map<string, Promise<void>>();
      while (!signal.aborted) {
        onTurn();
        let ready: readonly string[] = [];
        try {
          // New ones come while it runs: channels that somebody begins to follow in.
          ready = await outbox.findReady([...publishers.keys()], clock.now());
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

function hideSecrets(outcome: Outcome, redact: Redact): Outcome {
  if (!('reason' in outcome)) return outcome;
  // Cut after that: of a secret that is cut, the rest is not known for a part of one.
  const reason = cutSaid(redact(outcome.reason), MOST_SAID);
  return outcome.kind === 'refused'
    ? { ...outcome, reason, remedy: redact(outcome.remedy) }
    : { ...outcome, reason };
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
