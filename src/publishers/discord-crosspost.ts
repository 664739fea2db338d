import { DiscordAPIError } from '@discordjs/rest';
import { isForbidden, sayRefused } from './discord-errors.ts';
import type { Attempt } from './publisher.ts';

/** What crossposting is for, as people know it. */
const FOLLOWERS = 'to the servers that follow';

/**
 * What an error of crossposting means: the messages are all in place, as the next attempt sees, and
 * only those who follow the channel elsewhere do not have them yet. `read` is what the error would
 * mean of a message.
 */
export function tellUnpublished(
  error: unknown,
  read: Exclude<Attempt, { kind: 'sent' }>,
  { channelId, isEdit }: { readonly channelId: string; readonly isEdit: boolean },
): Attempt {
  const done = isEdit ? 'corrected' : 'posted';
  if (read.kind === 'refused') {
    const { isClosed, reason, remedy } = read;
    const closed = isClosed === undefined ? {} : { isClosed };
    if (error instanceof DiscordAPIError && isForbidden(error)) {
      return {
        kind: 'refused',
        reason: `${done}, but Discord does not let the bot publish it ${FOLLOWERS}: ${sayRefused(error)}`,
        // https://discord.com/developers/docs/resources/message#crosspost-message
        remedy: `Give the bot View Channel, Read Message History and Send Messages in channel ${channelId} (and Manage Messages for what another has written) or publish it there by hand`,
        ...closed,
      };
    }
    return {
      kind: 'refused',
      reason: `${done}, but not published ${FOLLOWERS}: ${reason}`,
      remedy: isClosed ? remedy : 'Publish it by hand in the channel',
      ...closed,
    };
  }
  const { cause, retryAfterMs } = read;
  const how = read.kind === 'unavailable' ? 'not yet' : 'perhaps not yet';
  return {
    kind: 'unknown',
    cause: new Error(`${done}, ${how} published ${FOLLOWERS}`, { cause }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}
