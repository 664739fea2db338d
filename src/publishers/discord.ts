import { checkDiscordMessage } from '../../formatters/discord.ts';
import type { DraftFor } from '../../formatters/draft.ts';
import { tellUnpublished } from './discord-crosspost.ts';
import { findEdited, publishEdited } from './discord-edit.ts';
import {
  isOfThread,
  isThreadGone,
  isUnknownChannel,
  isUnknownMessage,
  isUnknownTag,
  readDiscordError,
} from './discord-errors.ts';
import { findSent, refuseDeleted } from './discord-look.ts';
import { type DiscordOptions, type DiscordPlace, readPlace } from './discord-place.ts';
import type { DiscordRest } from './discord-rest.ts';
import { retractMessages } from './discord-retract.ts';
import { crosspostAll, type DiscordTask, type Progress, sendMissing } from './discord-send.ts';
import {
  type Attempt,
  countRemains,
  type Found,
  type Outgoing,
  type Publisher,
  type Refusal,
  type Retraction,
  refuseOverLimit,
  refusePlatform,
  type Unavailable,
} from './publisher.ts';

/**
 * Publishes to a channel of Discord as a bot: messages in a text or announcement channel or in a
 * thread, threads in a forum or media channel. Each message carries a nonce that Discord enforces
 * for a few minutes, but for those that begin a thread; its footer names issue, paper and part, and
 * its timestamp is the delivery's stamp: an answer that was lost is looked up by both before
 * anything is sent again. Corrects by editing.
 */
export function makeDiscordPublisher(
  { channelId }: { readonly channelId: string },
  rest: DiscordRest,
  options: DiscordOptions,
): Publisher {
  let place: DiscordPlace | undefined;

  /** What kind of place it is, and the delivery; or why nothing can be done. */
  const begin = async (outgoing: Outgoing, signal: AbortSignal): Promise<DiscordTask | Refusal> => {
    const { draft } = outgoing;
    if (draft.platform !== 'discord') return refusePlatform('discord', draft.platform);
    const read = place ?? (await readPlace(rest, channelId, options, signal));
    if (read.kind === 'refused') return read;
    place = read;
    return { rest, place, outgoing, draft, signal };
  };

  /** A person changes the place, or its tags, after a refusal: then it is read anew. */
  const tell = (error: unknown): Exclude<Attempt, { kind: 'sent' }> => {
    const read = readDiscordError(error, { channelId });
    const isWholePlace = place?.kind === 'plain' && place.isThread;
    if (read.kind === 'refused' || isUnknownTag(error)) place = undefined;
    return read.kind === 'refused' && isWholePlace && isOfThread(error)
      ? { ...read, isClosed: true }
      : read;
  };
  const tellUnwritten = (error: unknown): Refusal | Unavailable => {
    const read = tell(error);
    return read.kind === 'unknown' ? { kind: 'unavailable', cause: read.cause } : read;
  };

  return {
    async find(outgoing, signal): Promise<Found> {
      try {
        const task = await begin(outgoing, signal);
        if ('kind' in task) return task;
        const { replaces } = outgoing;
        return replaces?.how === 'edit'
          ? await findEdited(task, replaces.receipt)
          : await findSent(task);
      } catch (error) {
        return tellUnwritten(error);
      }
    },

    async publish(outgoing, inPlace, signal): Promise<Attempt> {
      const { draft, replaces } = outgoing;
      if (draft.platform !== 'discord') return refusePlatform('discord', draft.platform);
      const tooLong = checkPosts(draft);
      if (tooLong !== undefined) return tooLong;
      const isEdit = replaces?.how === 'edit';
      const progress: Progress = { posts: isEdit ? [] : [...inPlace], isBegun: false };
      const { posts } = progress;
      let isInPlace = false;
      try {
        const task = await begin(outgoing, signal);
        if ('kind' in task) return task;
        const refusal = isEdit
          ? await publishEdited(task, replaces.receipt, inPlace, progress)
          : await sendMissing(task, progress);
        if (refusal !== undefined) {
          place = undefined;
          return refusal;
        }
        isInPlace = true;
        await crosspostAll(task, progress, isEdit ? posts : inPlace);
        return { kind: 'sent', receipt: { posts } };
      } catch (error) {
        const begun = { done: posts.length, changing: isEdit ? draft.posts.length : undefined };
        if (isUnknownMessage(error)) return countRemains(refuseDeleted(), begun);
        // The next attempt sees what is left, and where to go on.
        if (isThreadGone(error, channelId))
          return isEdit ? countRemains(refuseDeleted(), begun) : { kind: 'unknown', cause: error };
        const read = tell(error);
        if (isInPlace && !isUnknownChannel(error)) {
          return tellUnpublished(error, read, { channelId, isEdit });
        }
        if (read.kind === 'refused') {
          if (posts.length > 0) return withRemains(countRemains(read, begun));
          // Of an edit, the thread may be named anew.
          return isEdit ? read : { ...read, isUnsent: true };
        }
        if (read.kind === 'unavailable') {
          // With some messages in place, the next attempt must see which.
          return posts.length > 0 ? { ...read, kind: 'unknown' } : read;
        }
        return progress.isBegun ? read : { ...read, kind: 'unavailable' };
      }
    },

    async retract(outgoing, receipt, signal): Promise<Retraction> {
      try {
        const task = await begin(outgoing, signal);
        if ('kind' in task) return task;
        return (await retractMessages(task, receipt)) ?? { kind: 'retracted' };
      } catch (error) {
        // With its channel, everything of it is gone.
        return isUnknownChannel(error) ? { kind: 'retracted' } : tellUnwritten(error);
      }
    },
  };
}

/** A refusal of a draft that does not fit; nothing when it does. */
function checkPosts({ posts }: DraftFor<'discord'>): Refusal | undefined {
  for (const [index, message] of posts.entries()) {
    const why = checkDiscordMessage(message);
    if (why !== undefined) return refuseOverLimit(index, why);
  }
  return undefined;
}

/** A refusal in the middle of a delivery leaves its first messages there. */
function withRemains(refusal: Refusal): Refusal {
  const remedy = `${refusal.remedy}, or take back what is left of it: paperboy retract`;
  return { ...refusal, remedy };
}
