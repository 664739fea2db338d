import { type MastodonAccount, MastodonRefusal } from './mastodon-rest.ts';
import { type Attempt, isNeverConnected, type Refusal } from './publisher.ts';

/** The token is good, but it is another account's than the destination's. */
export class OtherAccount extends Error {
  constructor(acct: string) {
    super(`the Mastodon access token is that of @${acct}`);
  }
}

const SCOPES = 'read:accounts, read:statuses, write:statuses and write:media';

/**
 * Tells what an error means where the server is asked for the account, its limits or its posts: a
 * missing page means that the API is missing.
 */
export function readMastodonError(
  error: unknown,
  account: Pick<MastodonAccount, 'server'>,
): Exclude<Attempt, { kind: 'sent' }> {
  if (isNeverConnected(error)) return { kind: 'unavailable', cause: error };
  if (error instanceof OtherAccount) {
    return {
      kind: 'refused',
      reason: `${error.message}, but this destination is another account`,
      remedy: 'Set MASTODON_ACCESS_TOKEN to a token of the account that the posts are on',
      isClosed: true,
    };
  }
  if (!(error instanceof MastodonRefusal)) return { kind: 'unknown', cause: error };
  const { status, said, retryAfterMs } = error;
  if (status === 429) {
    return {
      kind: 'unavailable',
      cause: new Error('Mastodon asks to wait'),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    };
  }
  if (status >= 500 || status === 408) return { kind: 'unknown', cause: error };
  return { ...explainRefusal(status, said, account.server), isClosed: true };
}

/**
 * Tells what an error means for a post: as above, but what the API says of its content or of the
 * post that it answers is about this post alone.
 */
export function readStatusError(
  error: unknown,
  account: Pick<MastodonAccount, 'server'>,
): Exclude<Attempt, { kind: 'sent' }> {
  if (!(error instanceof MastodonRefusal) || error.said === undefined) {
    return readMastodonError(error, account);
  }
  const { status, said } = error;
  // 404: the post that is changed or answered, or the one that this key stands for, was deleted.
  if (status === 404) return refuseDeleted(said);
  if (status === 400 || status === 413 || status === 422) {
    return {
      kind: 'refused',
      reason: `Mastodon refused a post: ${said}`,
      remedy:
        'Correct the item and import the issue with --revise, or take back what is in place: paperboy retract',
    };
  }
  return readMastodonError(error, account);
}

/** A post in the midst of what is to be sent, changed or answered is not there. */
export function refuseDeleted(why: string): Refusal {
  return {
    kind: 'refused',
    reason: `a post of the thread was deleted on Mastodon (${why}); nothing more was sent`,
    remedy: 'Take back what is left of the thread: paperboy retract',
  };
}

/**
 * The server gave another text than it was sent: it changes texts, or the key stands for a post
 * that was made of an earlier draft of this delivery. `place` counts from 1.
 */
export function refuseChanged(place: number): Refusal {
  return {
    kind: 'refused',
    reason: `post ${place} is on Mastodon with another text than it has now`,
    remedy: 'Look at the account and delete what is there of the thread, or: paperboy retract',
  };
}

function explainRefusal(status: number, said: string | undefined, server: string): Refusal {
  const words = said === undefined ? `${status}` : `${said} (${status})`;
  if (status === 401) {
    return {
      kind: 'refused',
      reason: `Mastodon does not accept the access token: ${words}`,
      remedy: `Make a new token at ${server}/settings/applications with ${SCOPES}, and set MASTODON_ACCESS_TOKEN to it`,
    };
  }
  if (status === 403 && /scope/i.test(said ?? '')) {
    return {
      kind: 'refused',
      reason: `the Mastodon access token may not do this: ${words}`,
      remedy: `Give the application ${SCOPES} at ${server}/settings/applications, renew its token there, and set MASTODON_ACCESS_TOKEN to it`,
    };
  }
  if (status === 403) {
    return {
      kind: 'refused',
      reason: `Mastodon does not let the account post: ${words}`,
      remedy: `Sign in at ${server} in a browser and settle it with its moderators`,
    };
  }
  if (status === 422) {
    return {
      kind: 'refused',
      reason: `the Mastodon access token stands for no account: ${words}`,
      remedy: `Set MASTODON_ACCESS_TOKEN to “Your access token” of an application at ${server}/settings/applications`,
    };
  }
  return {
    kind: 'refused',
    reason: `${server} does not answer as a Mastodon server: ${words}`,
    remedy: 'Set MASTODON_SERVER to the address of the Mastodon server that the account is on',
  };
}
