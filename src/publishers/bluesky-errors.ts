import { XRPCError } from '@atproto/api';
import { type BlueskyAccount, LoginRefused } from './bluesky-session.ts';
import { type Attempt, isNeverConnected } from './publisher.ts';

/**
 * True when the server turned the session down, not the password: a token that ran out while its
 * refresh failed, or that another process has renewed. Nothing was written; a new session will do.
 */
export function isSessionError(error: unknown): boolean {
  if (!(error instanceof XRPCError)) return false;
  const { status, error: name } = error;
  return status === 401 || name === 'ExpiredToken' || name === 'InvalidToken';
}

/** Tells what an error of the client means for a write. */
export function readBlueskyError(
  error: unknown,
  account: BlueskyAccount,
): Exclude<Attempt, { kind: 'sent' }> {
  if (error instanceof LoginRefused) {
    return {
      kind: 'refused',
      reason: `Bluesky does not accept the credentials of ${account.identifier}: ${error.message}`,
      remedy:
        'Make a new app password in Bluesky (Settings, Privacy and security, App passwords), set BLUESKY_APP_PASSWORD to it, and post the item again.',
    };
  }
  if (isNeverConnected(error) || isSessionError(error))
    return { kind: 'unavailable', cause: error };
  if (!(error instanceof XRPCError)) return { kind: 'unknown', cause: error };
  const { status, error: name, message } = error;
  if (status === 429) return { kind: 'unavailable', cause: error, ...readRetryAfter(error) };
  if (name === 'AccountTakedown' || name === 'AccountDeactivated') {
    return {
      kind: 'refused',
      reason: `Bluesky has closed the account ${account.identifier}: ${message}`,
      remedy:
        'Sign in to the account in a browser and settle it with Bluesky, then post the item again.',
    };
  }
  if (status === 400 || status === 403 || status === 413) {
    return {
      kind: 'refused',
      reason: `Bluesky refused the thread: ${message}`,
      remedy: 'Correct the item, import the issue with --revise and post it again.',
    };
  }
  return { kind: 'unknown', cause: error };
}

function readRetryAfter(error: XRPCError): { retryAfterMs?: number } {
  const seconds = Number(error.headers?.['retry-after']);
  return Number.isFinite(seconds) && seconds > 0 ? { retryAfterMs: seconds * 1000 } : {};
}
