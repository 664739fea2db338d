import { type Agent, XRPCError } from '@atproto/api';
import type { Connection } from './bluesky-connection.ts';
import { isSessionError } from './bluesky-errors.ts';
import { listPlaced, readKeys, readRecords, readReply } from './bluesky-place.ts';
import { POST_COLLECTION, type ReplyRefs, type ThreadRecord } from './bluesky-records.ts';
import type { Outgoing, Refusal, Retraction, Unavailable } from './publisher.ts';

/** What a thread does to an older one. */
export type Correction = {
  readonly kind: 'ready';
  /** What its first post answers. */
  readonly answered?: ReplyRefs;
  /** The keys of the records whose place it takes. */
  readonly deletes: readonly string[];
};

/** One applyWrites takes this many writes; more could not be atomic. https://github.com/bluesky-social/atproto/blob/main/packages/pds/src/api/com/atproto/repo/applyWrites.ts */
export const MOST_WRITES = 200;

/** Creates and deletes in one step: readers see all of it or nothing. */
export async function writeRecords(
  { agent, did }: Connection,
  creates: readonly ThreadRecord[],
  deletes: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const writes = [
    ...deletes.map((rkey) => ({
      $type: 'com.atproto.repo.applyWrites#delete' as const,
      collection: POST_COLLECTION,
      rkey,
    })),
    ...creates.map(({ rkey, value }) => ({
      $type: 'com.atproto.repo.applyWrites#create' as const,
      collection: POST_COLLECTION,
      rkey,
      value: value as { [key: string]: unknown },
    })),
  ];
  await agent.com.atproto.repo.applyWrites(
    { repo: did, validate: true, writes },
    { signal, encoding: 'application/json' },
  );
}

/**
 * Looks at the thread that is corrected, as it is now. Of one that is posted anew, the records that
 * are still there go: to delete a missing one would fail the whole write. One that is answered must
 * be there.
 */
export async function prepareCorrection(
  { agent, did }: Connection,
  { draft, replaces }: Outgoing,
  signal: AbortSignal,
): Promise<Correction | Refusal> {
  if (replaces === undefined) return { kind: 'ready', deletes: [] };
  const keys = readKeys(did, replaces.receipt);
  if (keys === undefined) return refuseForeign(did);
  switch (replaces.how) {
    case 'repost': {
      const deletes = await listPlaced(agent, did, keys, signal);
      const count = deletes.length + draft.posts.length;
      return count > MOST_WRITES ? refuseTooMany(count) : { kind: 'ready', deletes };
    }
    case 'reply': {
      const answered = await findAnswered(agent, did, keys, signal);
      return answered === undefined ? refuseGone() : { kind: 'ready', answered, deletes: [] };
    }
    case 'edit':
      return {
        kind: 'refused',
        reason: 'posts on Bluesky cannot be changed in place; nothing was sent',
        remedy: 'Correct it by posting it anew (repost) or by answering it (reply).',
      };
  }
}

/** The last post of a thread and its root, if both are there. */
async function findAnswered(
  agent: Agent,
  did: string,
  keys: readonly string[],
  signal: AbortSignal,
): Promise<ReplyRefs | undefined> {
  const key = keys.at(-1);
  if (key === undefined) return undefined;
  const [last] = await readRecords(agent, did, [key], signal);
  if (last?.cid === undefined) return undefined;
  const parent = { uri: `at://${did}/${POST_COLLECTION}/${key}`, cid: last.cid };
  // A thread that was itself an answer has its root in another one.
  const root = readReply(last)?.root ?? parent;
  const rootKeys = readKeys(did, { posts: [{ id: root.uri }] });
  const isThere = rootKeys && (await listPlaced(agent, did, rootKeys, signal)).length > 0;
  return isThere ? { root, parent } : undefined;
}

/**
 * Deletes the records under these keys, as many as there are, with whatever others have answered to
 * them left as it is. When the server fails it is looked again: someone else may have deleted some,
 * or all. When no answer comes, the way there is in doubt, and the next attempt looks.
 */
export async function takeBack(
  connection: Connection,
  keys: readonly string[],
  signal: AbortSignal,
  read: (error: unknown) => Refusal | Unavailable,
): Promise<Retraction> {
  const { agent, did, budget } = connection;
  let placed = await listPlaced(agent, did, keys, signal);
  while (placed.length > 0) {
    const batch = placed.slice(0, MOST_WRITES);
    try {
      await budget.takeWrites(0, batch.length);
      await writeRecords(connection, [], batch, signal);
      placed = placed.slice(MOST_WRITES);
    } catch (error) {
      if (isSessionError(error)) throw error;
      const outcome = read(error);
      if (outcome.kind === 'refused' || outcome.retryAfterMs !== undefined) return outcome;
      if (!isAnswered(error)) return outcome;
      const left = await listPlaced(agent, did, keys, signal);
      if (left.length >= placed.length) return outcome;
      placed = left;
    }
  }
  return { kind: 'retracted' };
}

function isAnswered(error: unknown): boolean {
  return error instanceof XRPCError && error.status >= 400;
}

/** A refusal because a receipt's posts are those of another account. */
export function refuseForeign(did: string): Refusal {
  return {
    kind: 'refused',
    reason: `what was posted is not of the account ${did}; nothing was touched`,
    remedy: 'Set BLUESKY_IDENTIFIER and BLUESKY_APP_PASSWORD back to the account that posted it.',
  };
}

function refuseTooMany(count: number): Refusal {
  return {
    kind: 'refused',
    reason: `to post it anew takes ${count} writes at once, at most ${MOST_WRITES}; nothing was sent`,
    remedy: 'Take the old thread back first, or correct it by a reply.',
  };
}

function refuseGone(): Refusal {
  return {
    kind: 'refused',
    reason: 'the thread that it answers is no longer on Bluesky; nothing was sent',
    remedy: 'Take back what is left of the old thread and post the item anew.',
  };
}
