import { DiscordAPIError, HTTPError, RateLimitError } from '@discordjs/rest';
import { UnsentError } from './discord-rest.ts';
import { type Attempt, isNeverConnected, type Refusal } from './publisher.ts';
import { TOKEN_REFUSED } from './refused-token.ts';

/* https://discord.com/developers/docs/topics/opcodes-and-status-codes#json */
const UNKNOWN_CHANNEL = 10003;
const UNKNOWN_MESSAGE = 10008;
const UNKNOWN_TAG = 10087;
const ALREADY_CROSSPOSTED = 40033;
const TAG_REQUIRED = 40067;
const CLOSED_TO_BOT = 50007;
const NO_MESSAGES_HERE = 50008;
const ARCHIVED_THREAD = 50083;
const LOCKED_THREAD = 160005;
const TOO_MANY_THREADS = 160006;

/** What was asked for is not there, or its channel is not. */
export const isGone = (error: unknown): boolean =>
  hasCode(error, UNKNOWN_CHANNEL) || hasCode(error, UNKNOWN_MESSAGE);
/** A channel is gone, or hidden as if it were. */
export const isUnknownChannel = (error: unknown): boolean => hasCode(error, UNKNOWN_CHANNEL);
/** A channel is gone that is not the one that everything goes to: a thread of it. */
export const isThreadGone = (error: unknown, channelId: string): boolean =>
  isUnknownChannel(error) &&
  error instanceof DiscordAPIError &&
  !error.url.includes(`/channels/${channelId}`);
/** A message is gone. */
export const isUnknownMessage = (error: unknown): boolean => hasCode(error, UNKNOWN_MESSAGE);
/** A forum has no such tag any more. */
export const isUnknownTag = (error: unknown): boolean => hasCode(error, UNKNOWN_TAG);
/** A message was crossposted before. */
export const isCrossposted = (error: unknown): boolean => hasCode(error, ALREADY_CROSSPOSTED);
/** A thread is archived or locked. */
export const isOfThread = (error: unknown): boolean =>
  hasCode(error, ARCHIVED_THREAD) || hasCode(error, LOCKED_THREAD);
/** A thread is archived, and takes no edits. */
export const isArchived = (error: unknown): boolean => hasCode(error, ARCHIVED_THREAD);
/** A member’s direct messages cannot be opened: they are closed, or there is nobody to open them to. */
export const isClosedToBot = (error: unknown): boolean =>
  hasCode(error, CLOSED_TO_BOT) || (error instanceof DiscordAPIError && error.status === 400);
/** The bot lacks a right, or does not see the channel. */
export const isForbidden = (error: unknown): boolean =>
  error instanceof DiscordAPIError && error.status === 403;

function hasCode(error: unknown, code: number): boolean {
  return error instanceof DiscordAPIError && error.code === code;
}

/** Tells what an error of a call means for a delivery to a channel. */
export function readDiscordError(
  error: unknown,
  { channelId }: { readonly channelId: string },
): Exclude<Attempt, { kind: 'sent' }> {
  if (error instanceof RateLimitError) {
    // A bucket's reset stands in one field, the `retry-after` of a 429 in the other.
    const retryAfterMs = Math.max(error.timeToReset, error.retryAfter);
    return { kind: 'unavailable', cause: new Error('Discord asks to wait'), retryAfterMs };
  }
  if (error instanceof UnsentError || isNeverConnected(error)) {
    return { kind: 'unavailable', cause: error };
  }
  if (error instanceof HTTPError) {
    return { kind: 'unknown', cause: new Error(`Discord answered ${error.status}`) };
  }
  if (!(error instanceof DiscordAPIError)) return { kind: 'unknown', cause: error };
  const said = sayRefused(error);
  return readCode(Number(error.code), said, channelId) ?? readStatus(error.status, said, channelId);
}

/** What Discord says of why, with its code. */
export function sayRefused({ rawError, code }: DiscordAPIError): string {
  const message = rawError && 'message' in rawError ? rawError.message : 'no reason given';
  return `${message} (${code})`;
}

/** The codes that say more than their status. */
function readCode(
  code: number,
  said: string,
  channelId: string,
): Exclude<Attempt, { kind: 'sent' }> | undefined {
  switch (code) {
    case UNKNOWN_TAG:
      // The forum's tags have changed since they were read; the next attempt reads them anew.
      return { kind: 'unavailable', cause: new Error(`Discord does not know a tag: ${said}`) };
    case TAG_REQUIRED:
      return refuse(
        `the Discord forum ${channelId} wants a tag: ${said}`,
        'Add a tag named like a topic of the paper to the forum, or let it take posts without a tag',
      );
    case NO_MESSAGES_HERE:
      return close(
        `the Discord channel ${channelId} takes no messages: ${said}`,
        'Set DISCORD_CHANNEL_ID to a text, announcement, forum or media channel',
      );
    case ARCHIVED_THREAD:
    case LOCKED_THREAD:
      return refuse(
        `the thread on Discord is closed to the bot: ${said}`,
        'Open and unlock the thread, or give the bot Manage Threads there',
      );
    case TOO_MANY_THREADS:
      return close(
        `the Discord server has no room for another thread: ${said}`,
        'Close threads of the server that are not needed any more',
      );
    default:
      return undefined;
  }
}

function readStatus(
  status: number,
  said: string,
  channelId: string,
): Exclude<Attempt, { kind: 'sent' }> {
  switch (status) {
    case 401:
      return close(
        `${TOKEN_REFUSED}: ${said}`,
        'Reset the token on the Bot page of the Discord developer portal and set DISCORD_TOKEN to it',
      );
    case 403:
      return close(
        `Discord does not let the bot post in channel ${channelId}: ${said}`,
        'Give the bot View Channel, Send Messages, Send Messages in Threads, Embed Links and Read Message History there',
      );
    case 404:
      return close(
        `Discord knows no channel ${channelId} that the bot can see: ${said}`,
        'Set DISCORD_CHANNEL_ID to a channel of a server that the bot is in',
      );
    case 408:
      return { kind: 'unknown', cause: new Error(`Discord answered 408: ${said}`) };
    case 429:
      return { kind: 'unavailable', cause: new Error('Discord asks to wait') };
    default:
      return refuse(
        `Discord refused the message: ${said}`,
        'Correct the item and import the issue with --revise',
      );
  }
}

function refuse(reason: string, remedy: string): Refusal {
  return { kind: 'refused', reason, remedy };
}

function close(reason: string, remedy: string): Refusal {
  return { kind: 'refused', reason, remedy, isClosed: true };
}
