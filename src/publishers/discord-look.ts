import type { APIMessage } from 'discord-api-types/v10';
import type { PostReceipt } from '../outbox/receipt.ts';
import { findMessages, type Search, type Sighting } from './discord-find.ts';
import { listMarkers, makeMark } from './discord-marker.ts';
import { describeMessage } from './discord-place.ts';
import { type DiscordTask, isPublic } from './discord-send.ts';
import { findInForum } from './discord-threads.ts';
import { type Found, type Refusal, waitOut } from './publisher.ts';

/** Where the delivery's messages are to be seen; a text says why nobody can tell. */
export async function lookFor(
  task: DiscordTask,
  isThorough: boolean,
): Promise<readonly Sighting[] | string> {
  const { rest, place, outgoing, signal } = task;
  const search = makeSearch(task, isThorough);
  if (place.kind === 'forum') {
    return findInForum(rest, place, outgoing.companions, search, signal);
  }
  const seen = await findMessages(rest, place.channelId, undefined, search, signal);
  return typeof seen === 'string' ? seen : [seen];
}

/** What the delivery's messages are known by. */
export function makeSearch({ place, outgoing, draft }: DiscordTask, isThorough: boolean): Search {
  const markers = listMarkers(draft.posts, makeMark(outgoing));
  return { markers, botId: place.botId, isThorough };
}

/** What is in place of a delivery that corrects nothing. */
export async function findSent(task: DiscordTask): Promise<Found> {
  const { place, draft, outgoing } = task;
  const sightings = await lookFor(task, false);
  if (typeof sightings === 'string') return refuseLost(sightings);
  const [seen] = sightings;
  if (seen === undefined) {
    const early =
      // Nothing but this look keeps a second thread from a forum.
      place.kind === 'forum' ? waitOut(outgoing, new Date()) : undefined;
    return early ?? { kind: 'absent' };
  }
  const { threadId, messages } = seen;
  const inPlace = messages.filter((message) => message !== undefined);
  const isBeginning = messages.slice(0, inPlace.length).every((message) => message !== undefined);
  if (!isBeginning) {
    return refuseLost('some of its messages are in the channel, but not the first ones');
  }
  return tellPosts(
    inPlace.map(({ id }) => describeMessage(place, id, threadId)),
    inPlace.length === draft.posts.length && inPlace.every((one) => isPublic(place, one)),
  );
}

/** Messages in place, and whether nothing is left to do about them. */
export function tellPosts(posts: readonly PostReceipt[], isWhole: boolean): Found {
  if (posts.length === 0) return { kind: 'absent' };
  return isWhole ? { kind: 'whole', receipt: { posts } } : { kind: 'begun', posts };
}

/** A refusal as nobody can tell what is in place. */
export function refuseLost(why: string): Refusal {
  return {
    kind: 'refused',
    reason: `whether the item is on Discord cannot be told: ${why}`,
    remedy: 'Look at the channel and take back what is left of it: paperboy retract',
  };
}

/** A refusal as what is to be changed is gone. */
export function refuseDeleted(): Refusal {
  return {
    kind: 'refused',
    reason: 'a message of the item was deleted on Discord',
    remedy: 'Take back what is left of it: paperboy retract',
  };
}

/** The messages from the first on without a hole. */
export function countBeginning(messages: readonly (APIMessage | undefined)[]): number {
  const hole = messages.indexOf(undefined);
  return hole < 0 ? messages.length : hole;
}
