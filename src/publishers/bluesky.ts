import { checkBlueskyPost } from '../../formatters/bluesky.ts';
import type { DraftFor } from '../../formatters/draft.ts';
import type { Receipt } from '../outbox/receipt.ts';
import { recogniseMedia } from './bluesky-blobs.ts';
import { type BlueskySpending, makeBlueskyBudget } from './bluesky-budget.ts';
import { makeConnect } from './bluesky-connection.ts';
import { isSessionError, readBlueskyError } from './bluesky-errors.ts';
import { uploadImages } from './bluesky-images.ts';
import { type PlacedRecord, readKeys, readRecords, readReply } from './bluesky-place.ts';
import {
  makeThreadKeys,
  makeThreadRecords,
  type ReplyRefs,
  type ThreadRecord,
} from './bluesky-records.ts';
import type { BlueskyAccount, SessionStore } from './bluesky-session.ts';
import {
  MOST_WRITES,
  prepareCorrection,
  refuseForeign,
  takeBack,
  writeRecords,
} from './bluesky-writes.ts';
import type { ImageTools } from './gather-images.ts';
import {
  type Attempt,
  type Found,
  type Publisher,
  type Refusal,
  type Replaced,
  type Retraction,
  refuseOverLimit,
  refusePlatform,
} from './publisher.ts';

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
  spending: BlueskySpending,
): Publisher {
  const budget = makeBlueskyBudget(spending, images.now);
  const connect = makeConnect(account, store, budget);
  /** Where nothing was sent, nothing is unknown. */
  const readUnsent = (error: unknown): Exclude<Attempt, { kind: 'sent' | 'unknown' }> => {
    const outcome = readBlueskyError(error, account);
    return outcome.kind === 'unknown' ? { ...outcome, kind: 'unavailable' } : outcome;
  };

  return {
    async find(outgoing, signal): Promise<Found> {
      const { id, stampedAt, draft, replaces } = outgoing;
      if (draft.platform !== 'bluesky') return refusePlatform('bluesky', draft.platform);
      try {
        return await connect(signal, async ({ agent, did }): Promise<Found> => {
          const keys = makeThreadKeys(id, stampedAt, draft.posts.length);
          const found = await readRecords(agent, did, keys, signal);
          if (found.every((record) => record === undefined)) return { kind: 'absent' };
          const media = draft.posts.map((post, i) => recogniseMedia(post, found[i]?.value));
          const answered = readAnswered(replaces, found[0]);
          const records = await makeThreadRecords(did, id, stampedAt, draft.posts, media, answered);
          return records.every(({ cid }, i) => cid === found[i]?.cid)
            ? { kind: 'whole', receipt: makeReceipt(did, records) }
            : torn(did, keys);
        });
      } catch (error) {
        return readUnsent(error);
      }
    },

    async publish(outgoing, _inPlace, signal): Promise<Attempt> {
      const { draft } = outgoing;
      if (draft.platform !== 'bluesky') return refusePlatform('bluesky', draft.platform);
      const wrong = checkThread(draft);
      if (wrong !== undefined) return wrong;
      try {
        return await connect(signal, async (connection): Promise<Attempt> => {
          const { agent, did } = connection;
          const { id, stampedAt } = outgoing;
          const correction = await prepareCorrection(connection, outgoing, signal);
          if (correction.kind === 'refused') return asUnsent(correction);
          const media = await uploadImages(agent, budget, outgoing, draft.posts, images, signal);
          const { answered, deletes } = correction;
          const records = await makeThreadRecords(did, id, stampedAt, draft.posts, media, answered);
          await budget.takeWrites(records.length, deletes.length);
          signal.throwIfAborted();
          try {
            await writeRecords(connection, records, deletes, signal);
          } catch (error) {
            // From here on it may be there; but not where the session was turned down.
            if (isSessionError(error)) throw error;
            return asUnsent(readBlueskyError(error, account));
          }
          return { kind: 'sent', receipt: makeReceipt(did, records) };
        });
      } catch (error) {
        return asUnsent(readUnsent(error));
      }
    },

    async retract(outgoing, receipt, signal): Promise<Retraction> {
      const { id, stampedAt, draft } = outgoing;
      if (draft.platform !== 'bluesky') return refusePlatform('bluesky', draft.platform);
      try {
        return await connect(signal, async (connection): Promise<Retraction> => {
          const { did } = connection;
          const keys =
            receipt === undefined
              ? makeThreadKeys(id, stampedAt, draft.posts.length)
              : readKeys(did, receipt);
          if (keys === undefined) return refuseForeign(did);
          return await takeBack(connection, keys, signal, readUnsent);
        });
      } catch (error) {
        return readUnsent(error);
      }
    },
  };
}

/** A thread is refused whole. */
function asUnsent<T extends Attempt>(attempt: T): T {
  return attempt.kind === 'refused' ? { ...attempt, isUnsent: true } : attempt;
}

/** What a thread in place answers, by its own word: the other one may be gone since, or changed. */
function readAnswered(
  replaces: Replaced | undefined,
  first: PlacedRecord | undefined,
): ReplyRefs | undefined {
  if (replaces?.how !== 'reply') return undefined;
  const reply = readReply(first);
  return reply?.parent.uri === replaces.receipt.posts.at(-1)?.id ? reply : undefined;
}

/** Says why a thread would not be taken, before the network is touched. */
function checkThread({ posts }: DraftFor<'bluesky'>): Refusal | undefined {
  for (const [index, post] of posts.entries()) {
    const why = checkBlueskyPost(post);
    if (why !== undefined) return refuseOverLimit(index, why);
  }
  return posts.length > MOST_WRITES
    ? refuseOverLimit(MOST_WRITES, `a thread has at most ${MOST_WRITES} posts`)
    : undefined;
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
    remedy: `Look at https://bsky.app/profile/${did}/post/${keys[0] ?? ''} and delete what is left of the thread, or take back what is left of it: paperboy retract.`,
  };
}
