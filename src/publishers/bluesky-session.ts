import { type AtpSessionData, CredentialSession } from '@atproto/api';

export type BlueskyAccount = {
  readonly service: string;
  readonly identifier: string;
  readonly appPassword: string;
};

/** Where a session is kept between runs, as logins are limited. */
export type SessionStore = {
  read(): Promise<AtpSessionData | undefined>;
  /** `undefined` forgets the session. */
  write(session: AtpSessionData | undefined): Promise<void>;
};

/** Bluesky is asked no longer than this for one thing. */
const REQUEST_TIMEOUT_MS = 20_000;

/**
 * A session for the account: the stored one resumed if that works, else a new login. Rejects with
 * the client's error when neither does.
 */
export async function openBlueskySession(
  account: BlueskyAccount,
  store: SessionStore,
): Promise<CredentialSession> {
  let writing = Promise.resolve();
  const session = new CredentialSession(new URL(account.service), fetchInTime, (_event, data) => {
    // The client does not wait for this: keep the writes in order, and lose a session rather than
    // a post when the disk is full.
    writing = writing.then(() => store.write(data)).catch(() => undefined);
  });
  const stored = await store.read();
  if (stored !== undefined) {
    try {
      await session.resumeSession(stored);
      await writing;
      return session;
    } catch (error) {
      // Still set: the server could not be asked. Gone: it no longer takes this session.
      if (session.session !== undefined) throw error;
    }
  }
  await session.login({ identifier: account.identifier, password: account.appPassword });
  await writing;
  return session;
}

const fetchInTime: typeof fetch = (input, init) => {
  const signals = [AbortSignal.timeout(REQUEST_TIMEOUT_MS)];
  if (init?.signal) signals.push(init.signal);
  if (input instanceof Request) signals.push(input.signal);
  return fetch(input, { ...init, signal: AbortSignal.any(signals) });
};
