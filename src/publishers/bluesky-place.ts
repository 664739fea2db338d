import { type Agent, XRPCError } from '@atproto/api';
import type { Receipt } from '../outbox/receipt.ts';
import { AccountClosed } from './bluesky-errors.ts';
import { POST_COLLECTION, type ReplyRefs, type StrongRef } from './bluesky-records.ts';

/** A record as it stands in the account. */
export type PlacedRecord = { readonly cid: string | undefined; readonly value: unknown };

/** A thread's records are asked for so many at a time. */
const AT_ONCE = 16;

/**
 * The records under these keys, in order; undefined for those that are not there. The posts of an
 * account that is shut look as if they were not there, or cannot be looked up: so where nothing is
 * found it is asked whether the account is open, and this rejects if not.
 */
export async function readRecords(
  agent: Agent,
  repo: string,
  keys: readonly string[],
  signal: AbortSignal,
): Promise<(PlacedRecord | undefined)[]> {
  const found: (PlacedRecord | undefined)[] = keys.map(() => undefined);
  const waiting = [...keys.entries()];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, rkey] = next;
      found[index] = await readRecord(agent, repo, rkey, signal);
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, keys.length) }, work));
  } catch (error) {
    if (error instanceof XRPCError && error.status === 400) await assertOpen(agent, signal);
    throw error;
  }
  if (found.every((record) => record === undefined)) await assertOpen(agent, signal);
  return found;
}

/** Of an account that was deleted nothing is known: the server takes the question for a wrong one. */
async function assertOpen(agent: Agent, signal: AbortSignal): Promise<void> {
  try {
    const { data } = await agent.com.atproto.server.getSession({}, { signal });
    if (data.active === false) throw new AccountClosed(`Account is ${data.status ?? 'not active'}`);
  } catch (error) {
    const isUnknown = error instanceof XRPCError && error.error === 'InvalidRequest';
    throw isUnknown ? new AccountClosed(error.message, { cause: error }) : error;
  }
}

async function readRecord(
  agent: Agent,
  repo: string,
  rkey: string,
  signal: AbortSignal,
): Promise<PlacedRecord | undefined> {
  try {
    const params = { repo, collection: POST_COLLECTION, rkey };
    const { data } = await agent.com.atproto.repo.getRecord(params, { signal });
    return { cid: data.cid, value: data.value };
  } catch (error) {
    if (error instanceof XRPCError && error.error === 'RecordNotFound') return undefined;
    throw error;
  }
}

/** Those of the keys under which a record is. */
export async function listPlaced(
  agent: Agent,
  repo: string,
  keys: readonly string[],
  signal: AbortSignal,
): Promise<string[]> {
  const found = await readRecords(agent, repo, keys, signal);
  return keys.filter((_, index) => found[index] !== undefined);
}

/** The record keys of a receipt; undefined when one of its posts is not of this account. */
export function readKeys(repo: string, { posts }: Receipt): string[] | undefined {
  const own = `at://${repo}/${POST_COLLECTION}/`;
  if (!posts.every(({ id }) => id.startsWith(own))) return undefined;
  return posts.map(({ id }) => id.slice(own.length));
}

/** What a record in place answers, as it says itself. */
export function readReply(record: PlacedRecord | undefined): ReplyRefs | undefined {
  const { reply } = (record?.value ?? {}) as { reply?: Partial<ReplyRefs> };
  const [root, parent] = [readRef(reply?.root), readRef(reply?.parent)];
  return root === undefined || parent === undefined ? undefined : { root, parent };
}

function readRef({ uri, cid }: Partial<StrongRef> = {}): StrongRef | undefined {
  return typeof uri === 'string' && typeof cid === 'string' ? { uri, cid } : undefined;
}
