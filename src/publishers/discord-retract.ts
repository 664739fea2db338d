import type { APIMessage } from 'discord-api-types/v10';
import type { Receipt } from '../outbox/receipt.ts';
import { readOld } from './discord-edit.ts';
import { isForbidden, isGone } from './discord-errors.ts';
import { findMessages } from './discord-find.ts';
import { lookFor, makeSearch, refuseLost } from './discord-look.ts';
import { findMarker, isCard } from './discord-marker.ts';
import type { ForumPlace } from './discord-place.ts';
import { type DiscordTask, deleteMessage } from './discord-send.ts';
import { readThread } from './discord-threads.ts';
import type { Refusal } from './publisher.ts';

const PAGE = 100;
const MOST_PAGES = 30;

/** Messages of a delivery that stand together: in the channel, or in a thread of the forum. */
type Group = { readonly threadId: string | undefined; readonly ids: readonly string[] };

/** Takes back the messages of a receipt, or all that bear the delivery's markers. */
export async function retractMessages(
  task: DiscordTask,
  receipt: Receipt | undefined,
): Promise<Refusal | undefined> {
  const groups = receipt === undefined ? await findGroups(task) : groupPosts(receipt);
  if (typeof groups === 'string') return refuseLost(groups);
  for (const { threadId, ids } of groups) {
    const { place } = task;
    const isAllGone =
      place.kind === 'forum' &&
      threadId !== undefined &&
      (await retractThread(task, place, threadId, ids));
    // From the last on: what is left when this is cut short is a beginning.
    if (!isAllGone) await deleteEach(task, threadId, ids);
  }
  return undefined;
}

async function deleteEach(
  task: DiscordTask,
  threadId: string | undefined,
  ids: readonly string[],
): Promise<void> {
  for (const id of ids.toReversed()) {
    await deleteMessage(task, threadId === undefined ? { id } : { id, threadId });
  }
}

async function findGroups(task: DiscordTask): Promise<readonly Group[] | string> {
  const { replaces } = task.outgoing;
  if (replaces?.how === 'edit') return findEditedGroup(task, replaces.receipt);
  const sightings = await lookFor(task, true);
  if (typeof sightings === 'string') return sightings;
  return sightings.map(({ threadId, all }) => ({ threadId, ids: sortIds(all) }));
}

/** Of what a correction changes, what it has changed already; and what it has sent besides. */
async function findEditedGroup(
  task: DiscordTask,
  { posts }: Receipt,
): Promise<readonly Group[] | string> {
  const { rest, place, signal } = task;
  const threadId = posts[0]?.threadId;
  const search = makeSearch(task, true);
  const old = await readOld(task, posts);
  const changed = old.flatMap(({ message }) =>
    message !== undefined && findMarker(message, search.markers) >= 0 ? [message] : [],
  );
  const seen = await findMessages(rest, place.channelId, threadId, search, signal).catch(
    (error) => {
      if (isGone(error)) return undefined;
      throw error;
    },
  );
  if (typeof seen === 'string') return seen;
  return [{ threadId, ids: sortIds([...changed, ...(seen?.all ?? [])]) }];
}

function groupPosts({ posts }: Receipt): Group[] {
  const byThread = Map.groupBy(posts, ({ threadId }) => threadId);
  return [...byThread].map(([threadId, of]) => ({ threadId, ids: of.map(({ id }) => id) }));
}

function sortIds(messages: readonly APIMessage[]): string[] {
  const ids = [...new Set(messages.map(({ id }) => id))];
  return ids.sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1));
}

/**
 * Deletes the thread when it is the delivery's own; or when its last card goes, and nobody has said
 * anything. Never one in which other cards stand. False where messages are left to be deleted: a
 * bot without Manage Threads deletes those alone.
 */
async function retractThread(
  { rest, signal }: DiscordTask,
  place: ForumPlace,
  threadId: string,
  ids: readonly string[],
): Promise<boolean> {
  const thread = await readThread(rest, threadId, signal);
  if (thread === undefined) return true;
  if (thread.owner_id !== place.botId || thread.parent_id !== place.channelId) return false;
  const isOwn = place.forumPer === 'paper' || ids.includes(threadId);
  let point = BigInt(threadId) - 1n;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const path = `/channels/${threadId}/messages` as const;
    const listed = await rest.get<APIMessage[]>(path, signal, `limit=${PAGE}&after=${point}`);
    const others = listed.filter(({ id }) => !ids.includes(id));
    const hasCards = others.some((one) => one.author.id === place.botId && isCard(one));
    if (hasCards || (!isOwn && others.length > 0)) return false;
    const [newest] = listed;
    if (newest === undefined || listed.length < PAGE) return deleteThread();
    point = BigInt(newest.id);
  }
  return false;

  async function deleteThread(): Promise<boolean> {
    try {
      await rest.delete(`/channels/${threadId}`, signal);
      return true;
    } catch (error) {
      if (isForbidden(error)) return false;
      if (isGone(error)) return true;
      throw error;
    }
  }
}
