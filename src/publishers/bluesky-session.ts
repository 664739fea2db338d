import { type AtpSessionData, CredentialSession, XRPCError } from '@atproto/api';

export type BlueskyAccount = {
  readonly service: string;
  readonly identifier: string;
  readonly appPassword: string;
};

/** Where a session is kept between runs and between processes, as logins are limited. */
export type SessionStore = {
  read(): Promise<AtpSessionData | undefined>;
  write(session: AtpSessionData): Promise<void>;
  /** Forgets the session with this refresh token; another process's newer one stays. */
  forget(refreshJwt: string): Promise<void>;
};

/** The server does not take identifier and password: a person must act. */
export class LoginRefused extends Error {}

/** Bluesky is asked no longer than this for one thing. */
const REQUEST_TIMEOUT_MS = 20_000;

/**
 * A session for the account: the stored one resumed if that works, else a new login. Rejects with
 * `LoginRefused` when the server turns the password down, else with the client's error.
 */
export async function openBlueskySession(
  account: BlueskyAccount,
  store: SessionStore,
): Promise<CredentialSession> {
  let writing = Promise.resolve();
  let held: string | undefined;
  const session = new CredentialSession(new URL(account.service), fetchInTime, (event, data) => {
    const expired = event === 'expired' ? held : undefined;
    held = data?.refreshJwt;
    // The client does not wait for this: keep the writes in order, and lose a session rather than
    // a post when the disk is full.
    writing = writing
      .then(async () => {
        if (data !== undefined) await store.write(data);
        else if (expired !== undefined) await store.forget(expired);
      })
      .catch(() => undefined);
  });
  let tried: string | undefined;
  // Another process may have put a newer session there while ours was being turned down.
  for (let stored = await store.read(); stored !== undefined; stored = await store.read()) {
    if (stored.refreshJwt === tried) break;
    tried = stored.refreshJwt;
    held = tried;
    try {
      await session.resumeSession(stored);
      await writing;
      return session;
    } catch (error) {
      // Still set: the server could not be asked. Gone: it no longer takes this session.
      if (session.session !== undefined) throw error;
      await writing;
    }
  }
  try {
    await session.login({ identifier: account.identifier, password: account.appPassword });
  } catch (error) {
    const isRefused = error instanceof XRPCError && (error.status === 401 || error.status === 400);
    throw isRefused ? new LoginRefused(error.message, { cause: error }) : error;
  }
  await writing;
  return session;
}

const fetchInTime: typeof fetch = (input, init) => {
  const signals = [AbortSignal.timeout(REQUEST_TIMEOUT_MS)];
  if (init?.signal) signals.push(init.signal);
  if (input instanceof Request) signals.push(input.signal);
  return fetch(input, { ...init, signal: AbortSignal.any(signals) });
};
