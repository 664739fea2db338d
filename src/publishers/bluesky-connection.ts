import { Agent, type CredentialSession } from '@atproto/api';
import type { BlueskyBudget } from './bluesky-budget.ts';
import { isSessionError, OtherAccount } from './bluesky-errors.ts';
import { type BlueskyAccount, openBlueskySession, type SessionStore } from './bluesky-session.ts';

/** A client that is signed in to an account, and what it may still do. */
export type Connection = {
  readonly agent: Agent;
  readonly did: string;
  readonly budget: BlueskyBudget;
};

/** Does work that needs a session; rejects with what the work or the signing in rejects with. */
export type Connect = <T>(
  signal: AbortSignal,
  work: (connection: Connection) => Promise<T>,
) => Promise<T>;

/**
 * Joins an account, where its session is kept, and its budget. A session is opened when it is first
 * needed, and kept. When the server turns it down in the middle, the work is done once more with a
 * new one: nothing was written with the old.
 */
export function makeConnect(
  account: BlueskyAccount,
  store: SessionStore,
  budget: BlueskyBudget,
): Connect {
  let opening: Promise<CredentialSession> | undefined;

  const start = (): Promise<CredentialSession> => {
    const started = openBlueskySession(account, store);
    opening = started;
    started.catch(() => {
      if (opening === started) opening = undefined;
    });
    return started;
  };
  const connect = async (signal: AbortSignal): Promise<Connection> => {
    // An opening that takes longer than an attempt is waited for by the next one.
    let session = await orAbort(opening ?? start(), signal);
    if (session.did === undefined) session = await orAbort(start(), signal);
    const { did } = session;
    if (did === undefined) throw new Error('the session ended as soon as it began');
    if (did !== (account.accountId ?? did)) throw new OtherAccount(did);
    const agent = new Agent(async (path, init) => {
      const response = await session.fetchHandler(path, init);
      budget.heed(path, response.headers);
      return response;
    });
    return { agent, did, budget };
  };

  return async (signal, work) => {
    const connection = await connect(signal);
    const used = opening;
    try {
      return await work(connection);
    } catch (error) {
      if (!isSessionError(error)) throw error;
      if (opening === used) opening = undefined;
      return await work(await connect(signal));
    }
  };
}

/** What `work` gives, unless the signal aborts first; then `work` goes on by itself. */
async function orAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => reject(signal.reason);
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
