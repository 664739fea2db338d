import type { APIMessage } from 'discord-api-types/v10';
import type { PostReceipt, Receipt } from '../outbox/receipt.ts';
import { isThreadGone, isUnknownMessage } from './discord-errors.ts';
import { findMessages } from './discord-find.ts';
import { labelThread, relabelThread } from './discord-forum.ts';
import {
  countBeginning,
  makeSearch,
  refuseDeleted,
  refuseLost,
  tellPosts,
} from './discord-look.ts';
import {
  findMarker,
  isOfComponents,
  listMarkers,
  makeMark,
  stampMessage,
} from './discord-marker.ts';
import { describeMessage, pathOf } from './discord-place.ts';
import {
  type DiscordTask,
  deleteMessage,
  inPlaceOf,
  isPublic,
  type Progress,
  sendMissing,
} from './discord-send.ts';
import { inOpenThread, readThread } from './discord-threads.ts';
import type { Found, Refusal } from './publisher.ts';

/** A message that a correction finds in place, as it is now; nothing when it was deleted. */
export type OldMessage = { readonly post: PostReceipt; readonly message: APIMessage | undefined };

/**
 * What is in place of a correction. Messages are changed from the first to the last, then the
 * further ones are sent, then those too many go: what is done is always a beginning of that.
 */
export async function findEdited(task: DiscordTask, { posts }: Receipt): Promise<Found> {
  const { place, draft, outgoing } = task;
  const old = await readOld(task, posts);
  const kept = old.slice(0, draft.posts.length);
  if (kept.some(({ message }) => message === undefined)) return refuseDeleted();
  const markers = listMarkers(draft.posts, makeMark(outgoing));
  const messages = kept.map(({ message }, index) =>
    message && findMarker(message, markers) === index ? message : undefined,
  );
  if (countBeginning(messages) === kept.length) {
    const further = await findFurther(task, posts);
    if (typeof further === 'string') return refuseLost(further);
    messages.push(...further);
  }
  const done = messages.slice(0, countBeginning(messages)).filter((one) => one !== undefined);
  const isWhole =
    done.length === draft.posts.length &&
    done.every((message) => isPublic(place, message)) &&
    old.slice(draft.posts.length).every(({ message }) => message === undefined);
  const threadId = posts[0]?.threadId;
  return tellPosts(
    done.map(({ id }) => describeMessage(place, id, threadId)),
    isWhole,
  );
}

/** Brings what is in place to the draft, but for crossposts. Every step can be done again. */
export async function publishEdited(
  task: DiscordTask,
  { posts: oldPosts }: Receipt,
  inPlace: readonly PostReceipt[],
  progress: Progress,
): Promise<Refusal | undefined> {
  const { place, draft } = task;
  const old = await readOld(task, oldPosts);
  const kept = old.slice(0, draft.posts.length);
  const refusal = checkKept(task, kept) ?? (await relabel(task, oldPosts, progress));
  if (refusal !== undefined) return refusal;
  for (const [index, one] of kept.entries()) {
    await changeMessage(task, one, index, progress);
    progress.posts.push(describeMessage(place, one.post.id, one.post.threadId));
  }
  progress.posts.push(...inPlace.slice(oldPosts.length));
  const refused = await sendMissing(task, progress);
  if (refused !== undefined) return refused;
  for (const { post, message } of old.slice(draft.posts.length)) {
    if (message === undefined) continue;
    progress.isBegun = true;
    await deleteMessage(task, post);
  }
  return undefined;
}

/** Each message of a receipt as it is now. */
export async function readOld(
  task: DiscordTask,
  posts: readonly PostReceipt[],
): Promise<OldMessage[]> {
  const { rest, place, signal } = task;
  const old: OldMessage[] = [];
  for (const post of posts) {
    const message = await rest.get<APIMessage>(pathOf(place, post), signal).catch((error) => {
      // With its thread it is gone; with the channel, nothing can be done here at all.
      if (isUnknownMessage(error) || isThreadGone(error, place.channelId)) return undefined;
      throw error;
    });
    old.push({ post, message });
  }
  return old;
}

/** The messages that the draft has more than the old one, in its places. */
async function findFurther(
  task: DiscordTask,
  old: readonly PostReceipt[],
): Promise<readonly (APIMessage | undefined)[] | string> {
  const { rest, place, draft, signal } = task;
  if (draft.posts.length <= old.length) return [];
  // Those that were changed are not looked for: they are far back.
  const { markers, ...search } = makeSearch(task, false);
  const footers = markers.footers.slice(old.length);
  const wanted = { ...search, markers: { ...markers, footers } };
  const threadId = old[0]?.threadId;
  const seen = await findMessages(rest, place.channelId, threadId, wanted, signal);
  return typeof seen === 'string' ? seen : seen.messages;
}

function checkKept({ draft }: DiscordTask, kept: readonly OldMessage[]): Refusal | undefined {
  if (kept.some(({ message }) => message === undefined)) return refuseDeleted();
  const isStuck = kept.some(
    ({ message }, index) =>
      message !== undefined && isOfComponents(message) && draft.posts[index]?.embeds !== undefined,
  );
  if (!isStuck) return undefined;
  return {
    kind: 'refused',
    reason: 'a message of components cannot become a card on Discord',
    remedy:
      'Set the layout for Discord to components again, or take back what is there: paperboy retract',
  };
}

/** The thread that a paper has to itself is called as the paper is, and tagged so. */
async function relabel(
  { rest, place, draft, signal }: DiscordTask,
  [first]: readonly PostReceipt[],
  progress: Progress,
): Promise<Refusal | undefined> {
  const threadId = first?.threadId;
  const isOwn = threadId !== undefined && first?.id === threadId;
  if (place.kind !== 'forum' || place.forumPer !== 'paper' || !isOwn) return undefined;
  const label = labelThread(place, draft);
  if ('kind' in label) return label;
  const thread = await readThread(rest, threadId, signal);
  if (thread === undefined) return refuseDeleted();
  progress.isBegun = true;
  await inOpenThread(
    rest,
    threadId,
    () => relabelThread(rest, place, thread, label, signal),
    signal,
  );
  return undefined;
}

/**
 * Changes a message where it is not what it is to be. Those older than an hour can be changed three
 * times in six seconds only, which the client waits for.
 */
async function changeMessage(
  task: DiscordTask,
  { post, message }: OldMessage,
  index: number,
  progress: Progress,
): Promise<void> {
  const { rest, place, draft, outgoing, signal } = task;
  const next = draft.posts[index];
  if (message === undefined || next === undefined) return;
  if (findMarker(message, listMarkers(draft.posts, makeMark(outgoing))) === index) return;
  const isTurned = next.components !== undefined && !isOfComponents(message);
  const body = {
    ...stampMessage(next, makeMark(outgoing)),
    ...(isTurned ? { content: null, embeds: [] } : {}),
  };
  progress.isBegun = true;
  await inPlaceOf(task, post.threadId, () => rest.patch(pathOf(place, post), body, signal));
}
