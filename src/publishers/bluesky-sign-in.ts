import { Agent, type AtpSessionData, XRPCError } from '@atproto/api';
import { isAccountClosed } from './bluesky-errors.ts';
import { type BlueskyAccount, LoginRefused, openBlueskySession } from './bluesky-session.ts';

/** Somebody is signed in, and nothing of the session is kept. */
export type SignedIn = {
  readonly kind: 'in';
  readonly agent: Agent;
  readonly did: string;
  readonly handle: string;
  /** Ends the session on the server, where that can be reached. */
  readonly leave: () => Promise<void>;
};

export type BlueskySignIn =
  | SignedIn
  /** The server takes no such identifier with that password. */
  | { readonly kind: 'turned-down'; readonly said: string }
  /** The account is shut, or what answers is no server of Bluesky. */
  | { readonly kind: 'refused'; readonly said: string }
  | { readonly kind: 'unreachable'; readonly cause: unknown };

/** Signs in with credentials that are new here, to see whether they are good. Never rejects. */
export async function signInToBluesky(
  account: BlueskyAccount,
  signal: AbortSignal,
): Promise<BlueskySignIn> {
  let held: AtpSessionData | undefined;
  const store = {
    read: async () => undefined,
    write: async (data: AtpSessionData) => {
      held = data;
    },
    forget: async () => undefined,
  };
  try {
    const session = await openBlueskySession(account, store, signal);
    const { did } = session;
    if (did === undefined || held === undefined) throw new Error('the session ended at once');
    return {
      kind: 'in',
      agent: new Agent((path, init) => session.fetchHandler(path, init)),
      did,
      handle: held.handle,
      leave: () => session.logout().catch(() => undefined),
    };
  } catch (error) {
    if (isAccountClosed(error)) return { kind: 'refused', said: error.message };
    if (error instanceof LoginRefused) return { kind: 'turned-down', said: error.message };
    if (error instanceof XRPCError && [404, 405, 501].includes(error.status)) {
      return { kind: 'refused', said: 'it does not answer as a server of Bluesky' };
    }
    return { kind: 'unreachable', cause: error };
  }
}
