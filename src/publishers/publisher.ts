import type { Draft } from '../../formatters/draft.ts';
import type { PostReceipt, Receipt } from '../outbox/receipt.ts';

/** What a publisher is handed: everything that the sent bytes depend on. */
export type Outgoing = {
  readonly id: string;
  readonly issue: number;
  readonly item: string;
  readonly revision: number;
  readonly draft: Draft;
  /** When the delivery was first claimed; record keys and timestamps derive from it. */
  readonly firstAttemptAt: Date;
};

/** What became of a try to publish. */
export type Attempt =
  | { readonly kind: 'sent'; readonly receipt: Receipt }
  /** A person must act; never retried by itself. */
  | { readonly kind: 'refused'; readonly reason: string; readonly remedy: string }
  /** Surely not sent. `retryAfterMs` where the platform said it. */
  | { readonly kind: 'unavailable'; readonly cause: unknown; readonly retryAfterMs?: number }
  /** Sent or not: look it up before any resend. */
  | { readonly kind: 'unknown'; readonly cause: unknown };

/** What is in place of a delivery that may have been sent before. */
export type Found =
  | { readonly kind: 'absent' }
  | { readonly kind: 'whole'; readonly receipt: Receipt }
  /** The first posts are there; publishing goes on after them. */
  | { readonly kind: 'begun'; readonly posts: readonly PostReceipt[] }
  | { readonly kind: 'refused'; readonly reason: string; readonly remedy: string }
  | { readonly kind: 'unavailable'; readonly cause: unknown; readonly retryAfterMs?: number };

/**
 * One platform. `publish` may be called again for the same delivery only with what `find` saw;
 * neither rejects for anything that a network or a platform can do. Both end soon after `signal`
 * aborts, with an outcome that is true.
 */
export type Publisher = {
  find(outgoing: Outgoing, signal: AbortSignal): Promise<Found>;
  publish(
    outgoing: Outgoing,
    inPlace: readonly PostReceipt[],
    signal: AbortSignal,
  ): Promise<Attempt>;
};

/** A refusal of a draft that does not fit, before the network is touched. */
export function refuseOverLimit(index: number, why: string): Attempt {
  return {
    kind: 'refused',
    reason: `post ${index + 1} was not sent as ${why}`,
    remedy: 'Shorten the text in the issue, import it with --revise and post it again.',
  };
}

/** A refusal because the destination's platform is another one than the draft's. */
export function refusePlatform(expected: string, found: string): Attempt & Found {
  return {
    kind: 'refused',
    reason: `the draft was written for ${found}, not for ${expected}`,
    remedy:
      'Check folder.format and the accounts in paperboy.yaml and .env, then post the item again.',
  };
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
