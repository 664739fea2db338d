import type { APIChannel, APIThreadChannel } from 'discord-api-types/v10';
import type { Receipt } from '../outbox/receipt.ts';
import { isArchived, isForbidden, isGone, isUnknownChannel } from './discord-errors.ts';
import { findMessages, floorOf, type Search, type Sighting } from './discord-find.ts';
import type { ForumPlace } from './discord-place.ts';
import type { DiscordRest } from './discord-rest.ts';
import { instantOf } from './discord-snowflake.ts';

const MOST_PAGES = 30;

type Threads = { readonly threads: APIThreadChannel[]; readonly has_more?: boolean };

/**
 * Where in a forum a delivery's messages stand: in threads of the bot's own that are not older than
 * the delivery (for one thread an issue: in which something was said since), and in those of its
 * companions. Creating a thread has no nonce, so this is the only way to know. A text says why
 * nobody can tell. Rejects as the REST calls do.
 */
export async function findInForum(
  rest: DiscordRest,
  place: ForumPlace,
  companions: readonly Receipt[],
  search: Search,
  signal: AbortSignal,
): Promise<readonly Sighting[] | string> {
  const since = floorOf(search.markers);
  const threads = await listThreads(rest, place, since, signal);
  const recent = threads.filter((thread) => lastUse(thread, place) >= since).map(({ id }) => id);
  const sightings: Sighting[] = [];
  for (const threadId of new Set([...listThreadIds(companions), ...recent])) {
    const seen = await passOver(isGone, () =>
      findMessages(rest, place.channelId, threadId, search, signal),
    );
    if (typeof seen === 'string') return seen;
    if (seen === undefined || seen.all.length === 0) continue;
    sightings.push(seen);
    if (!search.isThorough) break;
  }
  return sightings;
}

/** The threads of a forum that receipts tell of, the newest first. */
export function listThreadIds(receipts: readonly Receipt[]): readonly string[] {
  const ids = receipts.flatMap(({ posts }) => posts.flatMap(({ threadId }) => threadId ?? []));
  return [...new Set(ids.reverse())];
}

/** The thread that the issue has in a forum, if one of its companions' is still there. */
export async function findIssueThread(
  rest: DiscordRest,
  place: ForumPlace,
  companions: readonly Receipt[],
  signal: AbortSignal,
): Promise<string | undefined> {
  for (const threadId of listThreadIds(companions)) {
    const thread = await readThread(rest, threadId, signal);
    if (thread?.parent_id === place.channelId) return threadId;
  }
  return undefined;
}

/** A thread as it is now; nothing when it was deleted. */
export async function readThread(
  rest: DiscordRest,
  threadId: string,
  signal: AbortSignal,
): Promise<APIThreadChannel | undefined> {
  const path = `/channels/${threadId}` as const;
  const channel = await passOver(isUnknownChannel, () => rest.get<APIChannel>(path, signal));
  return channel !== undefined && 'thread_metadata' in channel
    ? (channel as APIThreadChannel)
    : undefined;
}

/** Does something in a thread that may be archived: it is opened when it is closed to that. */
export async function inOpenThread<T>(
  rest: DiscordRest,
  threadId: string,
  run: () => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!isArchived(error)) throw error;
    // Where the bot may not open it, as it is locked, that it is closed says more.
    await rest.patch(`/channels/${threadId}`, { archived: false }, signal).catch((why: unknown) => {
      throw isForbidden(why) ? error : why;
    });
    return await run();
  }
}

/** Active ones first, so that one that is archived meanwhile is not missed. */
async function listThreads(
  rest: DiscordRest,
  { channelId, guildId, botId }: ForumPlace,
  since: number,
  signal: AbortSignal,
): Promise<APIThreadChannel[]> {
  const active = await rest.get<Threads>(`/guilds/${guildId}/threads/active`, signal);
  const threads = [...active.threads];
  const archivedPath = `/channels/${channelId}/threads/archived/public` as const;
  let before = '';
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const listed = await rest.get<Threads>(archivedPath, signal, `limit=100${before}`);
    threads.push(...listed.threads);
    const archivedAt = listed.threads.at(-1)?.thread_metadata?.archive_timestamp;
    if (!listed.has_more || archivedAt === undefined || Date.parse(archivedAt) < since) break;
    before = `&before=${encodeURIComponent(archivedAt)}`;
  }
  return threads.filter((one) => one.parent_id === channelId && one.owner_id === botId);
}

/** A paper's thread begins with the paper; an issue's may be older than what is looked for. */
function lastUse({ id, last_message_id }: APIThreadChannel, { forumPer }: ForumPlace): number {
  const begun = instantOf(id);
  if (forumPer === 'paper' || !last_message_id) return begun;
  return Math.max(begun, instantOf(last_message_id));
}

async function passOver<T>(
  isExpected: (error: unknown) => boolean,
  run: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await run();
  } catch (error) {
    if (isExpected(error)) return undefined;
    throw error;
  }
}
