import type { APIMessage } from 'discord-api-types/v10';
import type { DiscordMessage } from '../../formatters/discord.ts';
import type { DraftFor } from '../../formatters/draft.ts';
import { makeNonce } from '../kit/ids.ts';
import type { PostReceipt } from '../outbox/receipt.ts';
import { isCrossposted, isGone } from './discord-errors.ts';
import { createThread, labelThread } from './discord-forum.ts';
import { makeMark, stampMessage } from './discord-marker.ts';
import { type DiscordPlace, describeMessage, pathOf } from './discord-place.ts';
import type { DiscordRest } from './discord-rest.ts';
import { findIssueThread, inOpenThread } from './discord-threads.ts';
import type { Outgoing, Refusal } from './publisher.ts';

/** One delivery at one place. */
export type DiscordTask = {
  readonly rest: DiscordRest;
  readonly place: DiscordPlace;
  readonly outgoing: Outgoing;
  readonly draft: DraftFor<'discord'>;
  readonly signal: AbortSignal;
};

/** What was done of a delivery until an error, if one came. */
export type Progress = {
  /** The draft's messages that are in place, in order. */
  readonly posts: PostReceipt[];
  /** Something was written, or its answer is awaited. */
  isBegun: boolean;
};

/** https://discord.com/developers/docs/resources/message#message-object-message-flags */
const CROSSPOSTED = 1;

/**
 * Sends the messages that are not in place yet, one after another, in a forum into a thread. Each
 * has a nonce that Discord enforces for some minutes, but for the message that begins a thread.
 * https://discord.com/developers/docs/resources/message#create-message
 */
export async function sendMissing(
  task: DiscordTask,
  progress: Progress,
): Promise<Refusal | undefined> {
  const { rest, place, outgoing, draft, signal } = task;
  const { posts } = progress;
  let threadId = posts[0]?.threadId;
  if (place.kind === 'forum' && posts.length === 0) {
    if (place.forumPer === 'issue') {
      threadId = await findIssueThread(rest, place, outgoing.companions, signal);
    }
    if (threadId === undefined) {
      const label = labelThread(place, draft);
      if ('kind' in label) return label;
      progress.isBegun = true;
      const mark = makeMark(outgoing);
      threadId = await createThread(rest, place, label, draft.posts, mark, signal);
      posts.push(describeMessage(place, threadId, threadId));
    }
  }
  for (const [index, message] of draft.posts.entries()) {
    if (index < posts.length) continue;
    progress.isBegun = true;
    const { id } = await postMessage(task, threadId, message, index);
    posts.push(describeMessage(place, id, threadId));
  }
  return undefined;
}

/** Crossposts the messages of an announcement channel that are not yet: some ten an hour. */
export async function crosspostAll(
  { rest, place, signal }: DiscordTask,
  progress: Progress,
  known: readonly PostReceipt[],
): Promise<void> {
  if (place.kind !== 'plain' || !place.isCrossposted) return;
  for (const post of progress.posts) {
    const path = pathOf(place, post);
    // Asking is free, while each try counts for the limit.
    if (known.includes(post) && hasCrosspost(await rest.get<APIMessage>(path, signal))) continue;
    progress.isBegun = true;
    await rest.post(`${path}/crosspost`, undefined, signal).catch((error: unknown) => {
      if (!isCrossposted(error)) throw error;
    });
  }
}

/** Whether nothing is left to be done about a message: it is crossposted, or is not to be. */
export function isPublic(place: DiscordPlace, message: APIMessage): boolean {
  return place.kind !== 'plain' || !place.isCrossposted || hasCrosspost(message);
}

/** Does something where the messages are, which may be an archived thread. */
export function inPlaceOf<T>(
  { rest, place, signal }: DiscordTask,
  threadId: string | undefined,
  run: () => Promise<T>,
): Promise<T> {
  const isThread = place.kind === 'plain' && place.isThread;
  const thread = threadId ?? (isThread ? place.channelId : undefined);
  return thread === undefined ? run() : inOpenThread(rest, thread, run, signal);
}

/** Deletes a message; one that is gone already is deleted. */
export async function deleteMessage(task: DiscordTask, post: PostReceipt): Promise<void> {
  const { rest, place, signal } = task;
  const remove = (): Promise<void> => rest.delete(pathOf(place, post), signal);
  await inPlaceOf(task, post.threadId, remove).catch((error: unknown) => {
    if (!isGone(error)) throw error;
  });
}

function postMessage(
  task: DiscordTask,
  threadId: string | undefined,
  message: DiscordMessage,
  index: number,
): Promise<APIMessage> {
  const { rest, place, outgoing, signal } = task;
  const { id, stampedAt } = outgoing;
  const nonce = makeNonce(id, stampedAt, index);
  const body = { ...stampMessage(message, makeMark(outgoing)), nonce, enforce_nonce: true };
  const path = `/channels/${threadId ?? place.channelId}/messages` as const;
  return inPlaceOf(task, threadId, () => rest.post<APIMessage>(path, body, signal));
}

function hasCrosspost({ flags }: APIMessage): boolean {
  return ((flags ?? 0) & CROSSPOSTED) !== 0;
}
