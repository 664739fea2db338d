import { parseRetryAfter } from '../kit/retry-after.ts';
import type { Refusal } from './publisher.ts';

/** A receiver refuses what was signed longer ago than this, or later than now by as much. */
const TOLERANCE_MS = 5 * 60 * 1000;

/** What a receiver's answer means; `unknown`: it may have acted, so the event is sent again. */
export type Meaning =
  | { readonly kind: 'taken' }
  | Refusal
  | {
      readonly kind: 'unavailable' | 'unknown';
      readonly cause: Error;
      readonly retryAfterMs?: number;
    };

/** The parts of an answer that mean something. */
export type Answer = { readonly status: number; readonly headers: Headers };

/**
 * Reads an answer's status as the standard says, without its body, which may hold anything.
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function readAnswer({ status, headers }: Answer, host: string, now: Date): Meaning {
  if (status >= 200 && status < 300) return { kind: 'taken' };
  const said = `${host} answered ${status}`;
  const wait = parseRetryAfter(headers.get('retry-after') ?? undefined, now);
  const later = {
    cause: new Error(said),
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
  };
  if (status === 429) return { kind: 'unavailable', ...later };
  // 409: an earlier attempt is being worked on; 408 and 425: not read, or not yet.
  if (status >= 500 || [408, 409, 425].includes(status)) return { kind: 'unknown', ...later };
  return explain(status, said, [400, 401, 403].includes(status) ? tellSkew(headers, now) : '');
}

function explain(status: number, said: string, skew: string): Refusal {
  if (skew !== '') {
    return close(
      `${said}, and its clock says another time than this machine's: ${skew}`,
      'Set the clock of this machine, or of the receiver: a signature is good for five minutes',
    );
  }
  if (status >= 300 && status < 400) {
    return close(
      `${said}: it sends elsewhere, and redirects are not followed`,
      'Set WEBHOOK_URL to the final address',
    );
  }
  switch (status) {
    case 401:
    case 403:
      return close(
        `${said}: it does not accept the signature`,
        'Set WEBHOOK_SECRET to the secret that the receiver has',
      );
    case 404:
    case 405:
      return close(
        `${said}: nothing takes webhooks at that address`,
        'Set WEBHOOK_URL to the address of the receiver',
      );
    case 410:
      return close(
        `${said}: the receiver asks to stop`,
        'Turn the webhook off in the configuration, or set WEBHOOK_URL to a receiver that wants it',
      );
    default:
      return {
        kind: 'refused',
        reason: `${said}: it does not take this item`,
        remedy: 'Look in the log of the receiver for what it has against the item',
      };
  }
}

function close(reason: string, remedy: string): Refusal {
  return { kind: 'refused', reason, remedy, isClosed: true };
}

/** By how much an answer's clock differs, where that makes a signature too old or too new. */
function tellSkew(headers: Headers, now: Date): string {
  const skewMs = Date.parse(headers.get('date') ?? '') - now.getTime();
  if (Number.isNaN(skewMs) || Math.abs(skewMs) <= TOLERANCE_MS) return '';
  const minutes = Math.round(Math.abs(skewMs) / 60_000);
  const amount = minutes < 120 ? `${minutes} minutes` : `${Math.round(minutes / 60)} hours`;
  return `this one is ${amount} ${skewMs < 0 ? 'ahead' : 'behind'}`;
}
