import { Agent, type CredentialSession, XRPCError } from '@atproto/api';
import { checkBlueskyPost } from '../../formatters/bluesky.ts';
import type { Receipt } from '../outbox/receipt.ts';
import { makeThreadRecords, POST_COLLECTION, type ThreadRecord } from './bluesky-records.ts';
import { type BlueskyAccount, openBlueskySession, type SessionStore } from './bluesky-session.ts';
import {
  type Attempt,
  type Found,
  isNeverConnected,
  type Publisher,
  refuseOverLimit,
  refusePlatform,
} from './publisher.ts';

/** One applyWrites takes this many writes, so a longer thread cannot be atomic. */
const MOST_POSTS = 200;

/**
 * Publishes to a Bluesky account. A thread is one `applyWrites` under record keys that are known
 * beforehand: followers see all of it or nothing, and what was sent is decided by reading the
 * records back, never by an error code.
 */
export function makeBlueskyPublisher(account: BlueskyAccount, store: SessionStore): Publisher {
  let opening: Promise<CredentialSession> | undefined;

  const connect = async (): Promise<{ agent: Agent; did: string }> => {
    opening ??= openBlueskySession(account, store);
    try {
      const session = await opening;
      if (session.did === undefined) throw new Error('the session has ended');
      return {
        agent: new Agent((path, init) => session.fetchHandler(path, init)),
        did: session.did,
      };
    } catch (error) {
      opening = undefined;
      throw error;
    }
  };
  /** A session that the server turned down is opened anew by the next attempt. */
  const forget = (outcome: { readonly kind: string }): void => {
    if (outcome.kind === 'refused') opening = undefined;
  };

  return {
    async find(outgoing, signal): Promise<Found> {
      if (outgoing.draft.platform !== 'bluesky') {
        return refusePlatform('bluesky', outgoing.draft.platform);
      }
      try {
        const { agent, did } = await connect();
        const { id, firstAttemptAt, draft } = outgoing;
        const records = await makeThreadRecords(did, id, firstAttemptAt, draft.posts);
        const cids = await Promise.all(
          records.map((record) => readCid(agent, did, record, signal)),
        );
        if (cids.every((cid) => cid === undefined)) return { kind: 'absent' };
        if (cids.every((cid, i) => cid === records[i]?.cid)) {
          return { kind: 'whole', receipt: makeReceipt(did, records) };
        }
        return torn(did, records);
      } catch (error) {
        const read = readError(error, account);
        forget(read);
        return read.kind === 'unknown' ? { kind: 'unavailable', cause: read.cause } : read;
      }
    },

    async publish(outgoing, _inPlace, signal): Promise<Attempt> {
      const { draft } = outgoing;
      if (draft.platform !== 'bluesky') return refusePlatform('bluesky', draft.platform);
      for (const [index, post] of draft.posts.entries()) {
        const why = checkBlueskyPost(post);
        if (why !== undefined) return refuseOverLimit(index, why);
      }
      if (draft.posts.length > MOST_POSTS) {
        return refuseOverLimit(MOST_POSTS, `a thread has at most ${MOST_POSTS} posts`);
      }
      let isSending = false;
      try {
        const { agent, did } = await connect();
        const records = await makeThreadRecords(
          did,
          outgoing.id,
          outgoing.firstAttemptAt,
          draft.posts,
        );
        signal.throwIfAborted();
        isSending = true;
        await agent.com.atproto.repo.applyWrites(
          {
            repo: did,
            validate: true,
            writes: records.map(({ rkey, value }) => ({
              $type: 'com.atproto.repo.applyWrites#create' as const,
              collection: POST_COLLECTION,
              rkey,
              value: value as { [key: string]: unknown },
            })),
          },
          { signal, encoding: 'application/json' },
        );
        return { kind: 'sent', receipt: makeReceipt(did, records) };
      } catch (error) {
        const read = readError(error, account);
        forget(read);
        return read.kind === 'unknown' && !isSending ? { kind: 'unavailable', cause: error } : read;
      }
    },
  };
}

async function readCid(
  agent: Agent,
  repo: string,
  { rkey }: ThreadRecord,
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    const params = { repo, collection: POST_COLLECTION, rkey };
    const { data } = await agent.com.atproto.repo.getRecord(params, { signal });
    return data.cid ?? 'unknown';
  } catch (error) {
    if (error instanceof XRPCError && error.error === 'RecordNotFound') return undefined;
    throw error;
  }
}

function makeReceipt(did: string, records: readonly ThreadRecord[]): Receipt {
  return {
    posts: records.map(({ rkey, uri, cid }) => ({
      id: uri,
      cid,
      url: `https://bsky.app/profile/${did}/post/${rkey}`,
    })),
  };
}

/** Tells what an error of the client means for a write. */
function readError(error: unknown, account: BlueskyAccount): Exclude<Attempt, { kind: 'sent' }> {
  if (isNeverConnected(error)) return { kind: 'unavailable', cause: error };
  if (!(error instanceof XRPCError)) return { kind: 'unknown', cause: error };
  const { status, error: name, message } = error;
  if (status === 429) return { kind: 'unavailable', cause: error, ...readRetryAfter(error) };
  const isCredential =
    status === 401 ||
    name === 'ExpiredToken' ||
    name === 'InvalidToken' ||
    name === 'AccountTakedown';
  if (isCredential) {
    return {
      kind: 'refused',
      reason: `Bluesky does not accept the credentials of ${account.identifier}: ${message}`,
      remedy:
        'Make a new app password in Bluesky (Settings, Privacy and security, App passwords), set BLUESKY_APP_PASSWORD to it, and post the item again.',
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

function torn(did: string, records: readonly ThreadRecord[]): Found {
  return {
    kind: 'refused',
    reason: 'part of the thread is on Bluesky, or was changed there; nothing more was sent',
    remedy: `Look at https://bsky.app/profile/${did}/post/${records[0]?.rkey ?? ''}, delete what is left of the thread, and post the item again.`,
  };
}
