import { readBlueskyError } from './bluesky-errors.ts';
import { type BlueskyAccount, openBlueskySession, type SessionStore } from './bluesky-session.ts';
import type { Refusal, Unavailable } from './publisher.ts';

/** Whose credentials are, and whether the account's profile says that it is a bot. */
export type ExaminedBluesky =
  | {
      readonly kind: 'known';
      readonly did: string;
      readonly handle: string;
      readonly isLabelled: boolean;
    }
  | Refusal
  | Unavailable;

/** Signs in and looks at the profile; nothing of it changes. Never rejects. */
export async function examineBluesky(
  account: BlueskyAccount,
  store: SessionStore,
  signal: AbortSignal,
): Promise<ExaminedBluesky> {
  try {
    const session = await openBlueskySession(account, store, signal);
    const { did } = session;
    if (did === undefined) throw new Error('the session ended as soon as it began');
    const query = new URLSearchParams({
      repo: did,
      collection: 'app.bsky.actor.profile',
      rkey: 'self',
    });
    // An account without a profile has no such record.
    const answer = await session.fetchHandler(`/xrpc/com.atproto.repo.getRecord?${query}`);
    const profile: unknown = answer.ok ? await answer.json() : undefined;
    const handle = session.session?.handle ?? account.identifier;
    return { kind: 'known', did, handle, isLabelled: hasBotLabel(profile) };
  } catch (error) {
    const read = readBlueskyError(error, account);
    return read.kind === 'unknown' ? { kind: 'unavailable', cause: read.cause } : read;
  }
}

/** https://github.com/bluesky-social/atproto/blob/main/lexicons/com/atproto/label/defs.json */
function hasBotLabel(record: unknown): boolean {
  const { value } = (record ?? {}) as { value?: { labels?: { values?: unknown } } };
  const values = value?.labels?.values;
  return Array.isArray(values) && values.some((one: { val?: unknown }) => one?.val === 'bot');
}
