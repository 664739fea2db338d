import { type AtpSessionData, CredentialSession, XRPCError } from '@atproto/api';

export type BlueskyAccount = {
  readonly service: string;
  readonly identifier: string;
  readonly appPassword: string;
  /** The account's DID, where it is known: nothing is done with another one's session. */
  readonly accountId?: string;
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
 * `LoginRefused` when the server turns the password down, else with the client's error. Once `signal`
 * aborts, the session asks nothing more.
 */
export async function openBlueskySession(
  account: BlueskyAccount,
  store: SessionStore,
  signal?: AbortSignal,
): Promise<CredentialSession> {
  const fetchUntil: typeof fetch = (input, init) => fetchInTime(input, init, signal);
  let writing = Promise.resolve();
  let held: string | undefined;
  const session = new CredentialSession(new URL(account.service), fetchUntil, (event, data) => {
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
      await writing;
      // It no longer takes the session; but a closed account would turn the password down too, and
      // say less about why.
      if (error instanceof XRPCError && error.error === 'AccountTakedown') throw error;
      if (session.session === undefined) continue;
      if (!isTurnedDown(error)) throw error;
      await store.forget(stored.refreshJwt);
    }
  }
  try {
    await session.login({ identifier: account.identifier, password: account.appPassword });
  } catch (error) {
    throw isTurnedDown(error) ? new LoginRefused(error.message, { cause: error }) : error;
  }
  await writing;
  return session;
}

/** True when the server was asked and said no; else it could not be asked. */
function isTurnedDown(error: unknown): error is XRPCError {
  return error instanceof XRPCError && [400, 401, 403].includes(error.status);
}

function fetchInTime(
  input: Parameters<typeof fetch>[0],
  init: RequestInit | undefined,
  signal: AbortSignal | undefined,
): Promise<Response> {
  const signals = [AbortSignal.timeout(REQUEST_TIMEOUT_MS)];
  if (signal) signals.push(signal);
  if (init?.signal) signals.push(init.signal);
  if (input instanceof Request) signals.push(input.signal);
  return fetch(input, { ...init, signal: AbortSignal.any(signals) });
}
