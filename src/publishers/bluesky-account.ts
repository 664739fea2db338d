import { readBlueskyError } from './bluesky-errors.ts';
import { type BlueskyAccount, openBlueskySession, type SessionStore } from './bluesky-session.ts';
import type { Asked } from './meet-account.ts';

/**
 * Asks whose the credentials are, by signing in. A DID says so itself; a handle, or an address of
 * e-mail, may be that of another account one day.
 */
export async function askBlueskyAccount(
  account: BlueskyAccount,
  store: SessionStore,
  signal: AbortSignal,
): Promise<Asked> {
  const { identifier } = account;
  if (identifier.startsWith('did:')) return identify(identifier, identifier);
  try {
    const { did } = await openBlueskySession(account, store, signal);
    if (did !== undefined) return identify(did, identifier);
    return { kind: 'unavailable', cause: new Error('the session ended as soon as it began') };
  } catch (error) {
    const read = readBlueskyError(error, account);
    return read.kind === 'unknown' ? { kind: 'unavailable', cause: read.cause } : read;
  }
}

function identify(did: string, identifier: string): Asked {
  return {
    kind: 'known',
    id: did,
    name: `bluesky/${identifier.toLowerCase()}`,
    formerName: `bluesky/${identifier}`,
    owns: (receipt) => (receipt.includes('at://') ? receipt.includes(`at://${did}/`) : undefined),
  };
}
