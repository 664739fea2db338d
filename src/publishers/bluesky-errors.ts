import { XRPCError } from '@atproto/api';
import { BudgetSpent, readResetMs } from './bluesky-budget.ts';
import { type BlueskyAccount, LoginRefused } from './bluesky-session.ts';
import { type Attempt, isNeverConnected, type Refusal } from './publisher.ts';

/** The account as a whole is shut, whatever is asked of it. */
const CLOSED: ReadonlySet<string> = new Set([
  'AccountTakedown',
  'AccountSuspended',
  'AccountDeactivated',
  'AccountNotFound',
  'RepoTakendown',
  'RepoSuspended',
  'RepoDeactivated',
  'RepoNotFound',
]);

/** What a look at the account says that is shut, where an answer to a look at its posts does not. */
export class AccountClosed extends Error {}

/** The credentials are good, but they are another account's than the destination's. */
export class OtherAccount extends Error {
  readonly did: string;

  constructor(did: string) {
    super(`the credentials are those of ${did}`);
    this.did = did;
  }
}

/**
 * True when the server turned the session down, not the password: a token that ran out while its
 * refresh failed, or that another process has renewed. Nothing was written; a new session will do.
 */
export function isSessionError(error: unknown): boolean {
  if (!(error instanceof XRPCError) || isAccountClosed(error)) return false;
  const { status, error: name } = error;
  return status === 401 || name === 'ExpiredToken' || name === 'InvalidToken';
}

/** True when the server says that the account is shut: taken down, deactivated or deleted. */
export function isAccountClosed(error: unknown): error is Error {
  return error instanceof AccountClosed || (error instanceof XRPCError && CLOSED.has(error.error));
}

/** Tells what an error of the client means for a write. */
export function readBlueskyError(
  error: unknown,
  account: BlueskyAccount,
): Exclude<Attempt, { kind: 'sent' }> {
  if (error instanceof LoginRefused) return refuseLogin(error, account);
  if (error instanceof OtherAccount) return refuseOther(error, account);
  if (error instanceof BudgetSpent) {
    return { kind: 'unavailable', cause: error, retryAfterMs: error.retryAfterMs };
  }
  if (isAccountClosed(error)) {
    return {
      kind: 'refused',
      reason: `Bluesky has closed the account ${account.identifier}: ${error.message}`,
      remedy: 'Sign in to the account in a browser and settle it with Bluesky.',
      isClosed: true,
    };
  }
  if (isNeverConnected(error) || isSessionError(error))
    return { kind: 'unavailable', cause: error };
  if (!(error instanceof XRPCError)) return { kind: 'unknown', cause: error };
  const { status, message } = error;
  if (status === 429) return { kind: 'unavailable', cause: error, ...readRetryAfter(error) };
  if (status === 400 || status === 403 || status === 413) {
    return {
      kind: 'refused',
      reason: `Bluesky refused the thread: ${message}`,
      remedy: 'Correct the item and import the issue with --revise.',
    };
  }
  return { kind: 'unknown', cause: error };
}

/** An account that was taken down or deleted looks so too, to a program that signs in anew. */
function refuseLogin(error: LoginRefused, { identifier }: BlueskyAccount): Refusal {
  return {
    kind: 'refused',
    reason: `Bluesky does not accept the credentials of ${identifier}: ${error.message}`,
    remedy:
      'Look whether the account is still open to you in a browser; then make a new app password there (Settings, Privacy and security, App passwords) and set BLUESKY_APP_PASSWORD to it.',
    isClosed: true,
  };
}

/** A handle that was given to somebody else: what is in place is not theirs, and stays. */
function refuseOther({ did }: OtherAccount, { identifier, accountId }: BlueskyAccount): Refusal {
  return {
    kind: 'refused',
    reason: `the credentials of ${identifier} are those of ${did}, but this destination is the account ${accountId}`,
    remedy: `Set BLUESKY_IDENTIFIER and BLUESKY_APP_PASSWORD to those of ${accountId}; to post as the other account from now on, set BLUESKY_IDENTIFIER to ${did}`,
    isClosed: true,
  };
}

/** The wait that a 429 asks for: in so many words, or as the time when its bucket is full again. */
function readRetryAfter({ headers = {} }: XRPCError): { retryAfterMs?: number } {
  const seconds = Number(headers['retry-after']);
  if (Number.isFinite(seconds) && seconds > 0) return { retryAfterMs: seconds * 1000 };
  const resetMs = readResetMs({ get: (name) => headers[name] ?? null });
  return resetMs === undefined ? {} : { retryAfterMs: resetMs };
}
