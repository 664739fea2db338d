import type { Draft } from '../../formatters/draft.ts';
import type { PostReceipt, Receipt } from '../outbox/receipt.ts';

/** What a publisher is handed: everything that the sent bytes depend on. */
export type Outgoing = {
  readonly id: string;
  readonly issue: number;
  readonly item: string;
  readonly revision: number;
  readonly draft: Draft;
  /** What record keys, nonces and timestamps derive from: fixed before anything is sent. */
  readonly stampedAt: Date;
  /** Since when it is being tried: what may be waited for is waited for from then on. */
  readonly triedSince: Date;
  /**
   * When the last attempt ended of which nobody knows what it did: what it sent may still arrive.
   * Undefined when every attempt under this stamp surely did nothing.
   */
  readonly doubtfulSince?: Date;
  /** Set when this corrects what is in place of an older revision. */
  readonly replaces?: Replaced;
  /** What the ledger knows to be in place there of the same issue, but for this, oldest first. */
  readonly companions: readonly Receipt[];
};

/**
 * How a correction comes into place: `edit`, where the old posts are changed to the new ones;
 * `repost`, where the old ones go and the new ones come; `reply`, where the old ones stay and the
 * new ones answer them.
 */
export type Correction = 'edit' | 'repost' | 'reply';

/** What a correction takes the place of, or answers. */
export type Replaced = {
  readonly how: Correction;
  /** What is in place. */
  readonly receipt: Receipt;
};

/**
 * A person must act; never retried by itself. `isClosed`: the destination takes nothing else
 * either until then (credentials, a deleted channel), so nothing more is tried there. `isUnsent`:
 * this attempt surely put nothing in place.
 */
export type Refusal = {
  readonly kind: 'refused';
  readonly reason: string;
  readonly remedy: string;
  readonly isClosed?: true;
  readonly isUnsent?: true;
};

/** Surely nothing was done. `retryAfterMs` where the platform said it. */
export type Unavailable = {
  readonly kind: 'unavailable';
  readonly cause: unknown;
  readonly retryAfterMs?: number;
};

/** What became of a try to publish. */
export type Attempt =
  | { readonly kind: 'sent'; readonly receipt: Receipt }
  | Refusal
  | Unavailable
  /** Sent or not, or in part: look it up before any resend. */
  | { readonly kind: 'unknown'; readonly cause: unknown; readonly retryAfterMs?: number };

/** What is in place of a delivery that may have been sent before. */
export type Found =
  /** `isUnproven`: nobody can be asked, so what was doubtful before is as doubtful as it was. */
  | { readonly kind: 'absent'; readonly isUnproven?: true }
  | { readonly kind: 'whole'; readonly receipt: Receipt }
  /** The first posts are there; publishing goes on after them. */
  | { readonly kind: 'begun'; readonly posts: readonly PostReceipt[] }
  | Refusal
  | Unavailable;

/** What became of a try to take posts back. What is gone already was taken back. */
export type Retraction = { readonly kind: 'retracted' } | Refusal | Unavailable;

/**
 * One platform. `publish` may be called again for the same delivery only with what `find` saw.
 * `retract` takes back what is in place of a delivery: the posts of its receipt, or, without one,
 * whatever `find` would recognise, torn or whole; it may be called again at any time. None of them
 * rejects for anything that a network or a platform can do, and all end soon after `signal` aborts,
 * with an outcome that is true.
 */
export type Publisher = {
  find(outgoing: Outgoing, signal: AbortSignal): Promise<Found>;
  publish(
    outgoing: Outgoing,
    inPlace: readonly PostReceipt[],
    signal: AbortSignal,
  ): Promise<Attempt>;
  retract(
    outgoing: Outgoing,
    receipt: Receipt | undefined,
    signal: AbortSignal,
  ): Promise<Retraction>;
};

/**
 * So long after an attempt of which nobody knows what it did has ended, all that it sent has
 * arrived: a server seldom works on at a request whose client has gone.
 */
const ON_ITS_WAY_MS = 20_000;

/**
 * What is not in place yet may still come, for a while after the last attempt of which nobody knows
 * what it did: the rest of that is to be waited for. Undefined when it is over.
 */
export function waitOut({ doubtfulSince }: Outgoing, now: Date): Unavailable | undefined {
  if (doubtfulSince === undefined) return undefined;
  // A clock that was set back makes nobody wait longer.
  const passedMs = Math.max(0, now.getTime() - doubtfulSince.getTime());
  if (passedMs >= ON_ITS_WAY_MS) return undefined;
  const cause = new Error('what was under way may still appear');
  return { kind: 'unavailable', cause, retryAfterMs: ON_ITS_WAY_MS - passedMs };
}

/** A refusal of a draft that does not fit, before the network is touched. */
export function refuseOverLimit(index: number, why: string): Refusal {
  return {
    kind: 'refused',
    reason: `post ${index + 1} was not sent as ${why}`,
    remedy: 'Shorten the text in the issue and import it with --revise',
    isUnsent: true,
  };
}

/** A refusal because the destination's platform is another one than the draft's. */
export function refusePlatform(expected: string, found: string): Refusal {
  return {
    kind: 'refused',
    reason: `the draft was written for ${found}, not for ${expected}`,
    remedy: 'Check folder.format and the accounts in paperboy.yaml and .env',
    isUnsent: true,
  };
}

/** A refusal in the middle says how far it came: of a correction, among `changing` posts. */
export function countRemains(
  refusal: Refusal,
  { done, changing }: { readonly done: number; readonly changing: number | undefined },
): Refusal {
  if (done === 0) return refusal;
  const told =
    changing === undefined
      ? `posts in place: ${done}`
      : `posts with the new text: ${done} of ${changing}`;
  return { ...refusal, reason: `${refusal.reason} (${told})` };
}

/** True when an error means that no byte of a request reached a server. */
export function isNeverConnected(error: unknown): boolean {
  const never = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
  let seen: unknown = error;
  for (let depth = 0; depth < 6 && seen instanceof Error; depth += 1) {
    if ('code' in seen && typeof seen.code === 'string' && never.has(seen.code)) return true;
    if (seen instanceof AggregateError) return seen.errors.every(isNeverConnected);
    seen = seen.cause;
  }
  return false;
}
