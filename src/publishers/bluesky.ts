import { Agent, type CredentialSession, XRPCError } from '@atproto/api';
import { checkBlueskyPost } from '../../formatters/bluesky.ts';
import type { Receipt } from '../outbox/receipt.ts';
import { isSessionError, readBlueskyError } from './bluesky-errors.ts';
import { type ImageTools, recogniseImages, uploadImages } from './bluesky-images.ts';
import {
  makeThreadKeys,
  makeThreadRecords,
  POST_COLLECTION,
  type ThreadRecord,
} from './bluesky-records.ts';
import { type BlueskyAccount, openBlueskySession, type SessionStore } from './bluesky-session.ts';
import {
  type Attempt,
  type Found,
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
 *
 * A thread is ours when the content hash of every record is the one computed here. Images are
 * loaded anew by every attempt, so the bytes that were sent may differ from what their servers
 * answer now: the computation takes the blobs, and which images were left out, from the records in
 * place. All else counts, the words of the images and the hashes in the replies among it; and as
 * the keys take one thread only, all its blobs are those of one attempt.
 */
export function makeBlueskyPublisher(
  account: BlueskyAccount,
  store: SessionStore,
  images: ImageTools,
): Publisher {
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
  const read = (error: unknown): Exclude<Attempt, { kind: 'sent' }> => {
    // A session that the server turned down is opened anew by the next attempt.
    if (isSessionError(error)) opening = undefined;
    return readBlueskyError(error, account);
  };

  return {
    async find(outgoing, signal): Promise<Found> {
      if (outgoing.draft.platform !== 'bluesky') {
        return refusePlatform('bluesky', outgoing.draft.platform);
      }
      try {
        const { agent, did } = await connect();
        const { id, stampedAt, draft } = outgoing;
        const keys = makeThreadKeys(id, stampedAt, draft.posts.length);
        const found = await Promise.all(keys.map((key) => readRecord(agent, did, key, signal)));
        if (found.every((record) => record === undefined)) return { kind: 'absent' };
        const shown = draft.posts.map((post, i) => recogniseImages(post, found[i]?.value));
        const records = await makeThreadRecords(did, id, stampedAt, draft.posts, shown);
        return records.every(({ cid }, i) => cid === found[i]?.cid)
          ? { kind: 'whole', receipt: makeReceipt(did, records) }
          : torn(did, keys);
      } catch (error) {
        const outcome = read(error);
        return outcome.kind === 'unknown' ? { kind: 'unavailable', cause: outcome.cause } : outcome;
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
        const { id, stampedAt } = outgoing;
        const shown = await uploadImages(agent, outgoing, draft.posts, images, signal);
        const records = await makeThreadRecords(did, id, stampedAt, draft.posts, shown);
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
        const outcome = read(error);
        const isUnsent = outcome.kind === 'unknown' && !isSending;
        return isUnsent ? { kind: 'unavailable', cause: error } : outcome;
      }
    },
  };
}

async function readRecord(
  agent: Agent,
  repo: string,
  rkey: string,
  signal: AbortSignal,
): Promise<{ readonly cid: string | undefined; readonly value: unknown } | undefined> {
  try {
    const params = { repo, collection: POST_COLLECTION, rkey };
    const { data } = await agent.com.atproto.repo.getRecord(params, { signal });
    return { cid: data.cid, value: data.value };
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

function torn(did: string, keys: readonly string[]): Found {
  return {
    kind: 'refused',
    reason: 'part of the thread is on Bluesky, or was changed there; nothing more was sent',
    remedy: `Look at https://bsky.app/profile/${did}/post/${keys[0] ?? ''}, delete what is left of the thread, and post the item again.`,
  };
}
