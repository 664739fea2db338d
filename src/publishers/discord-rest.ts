import {
  DefaultUserAgent,
  DiscordAPIError,
  HTTPError,
  RateLimitError,
  REST,
  type RouteLike,
} from '@discordjs/rest';
import { type Attempt, isNeverConnected } from './publisher.ts';

export type DiscordAccount = {
  readonly token: string;
  readonly channelId: string;
  /** `https://discord.com/api`, without the version. */
  readonly api: string;
};

export type DiscordRest = {
  get<T>(path: RouteLike, signal: AbortSignal, query?: string): Promise<T>;
  post<T>(path: RouteLike, body: unknown, signal: AbortSignal): Promise<T>;
};

/** Discord is asked no longer than this for one thing, body included. */
const REQUEST_TIMEOUT_MS = 15_000;
/** Shorter rate limits are waited for; longer ones give the delivery back. */
const LONGEST_WAIT_MS = 10_000;

/**
 * Discord's REST API, with the client's queues but without its retries: it repeats a POST after a
 * lost answer, which posts twice. A 401 wipes the client's token, so a new client is made after one.
 */
export function makeDiscordRest({ token, api }: DiscordAccount): DiscordRest {
  let client: REST | undefined;
  const ask = async <T>(
    run: (rest: REST, signal: AbortSignal) => Promise<unknown>,
    outer: AbortSignal,
  ): Promise<T> => {
    client ??= new REST({
      version: '10',
      api,
      retries: 0,
      timeout: REQUEST_TIMEOUT_MS,
      rejectOnRateLimit: (limit) => waitOf(limit) > LONGEST_WAIT_MS,
      hashSweepInterval: 0,
      handlerSweepInterval: 0,
      userAgentAppendix: DefaultUserAgent,
    }).setToken(token);
    const signal = AbortSignal.any([
      outer,
      AbortSignal.timeout(REQUEST_TIMEOUT_MS + LONGEST_WAIT_MS),
    ]);
    try {
      // The client's own timeout covers the headers only; a body that hangs ends here.
      return (await Promise.race([run(client, signal), rejectOnAbort(signal)])) as T;
    } catch (error) {
      if (error instanceof DiscordAPIError && error.status === 401) client = undefined;
      throw error;
    }
  };
  return {
    get: (path, signal, query) =>
      ask(
        (rest, inner) =>
          rest.get(path, {
            signal: inner,
            ...(query === undefined ? {} : { query: new URLSearchParams(query) }),
          }),
        signal,
      ),
    post: (path, body, signal) =>
      ask((rest, inner) => rest.post(path, { body, signal: inner }), signal),
  };
}

/** The client tells a bucket's reset in one field and a 429's `retry-after` in the other. */
function waitOf(limit: { readonly timeToReset: number; readonly retryAfter: number }): number {
  return Math.max(limit.timeToReset, limit.retryAfter);
}

function rejectOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const fail = (): void => reject(signal.reason);
    if (signal.aborted) fail();
    else signal.addEventListener('abort', fail, { once: true });
  });
}

/** Tells what an error of the client means for a message. */
export function readDiscordError(
  error: unknown,
  { channelId }: DiscordAccount,
): Exclude<Attempt, { kind: 'sent' }> {
  if (error instanceof RateLimitError) {
    return {
      kind: 'unavailable',
      cause: new Error('Discord asks to wait'),
      retryAfterMs: waitOf(error),
    };
  }
  if (isNeverConnected(error)) return { kind: 'unavailable', cause: error };
  if (!(error instanceof DiscordAPIError)) {
    const cause =
      error instanceof HTTPError ? new Error(`Discord answered ${error.status}`) : error;
    return { kind: 'unknown', cause };
  }
  const said = `${error.rawError && 'message' in error.rawError ? error.rawError.message : 'no reason given'} (${error.code})`;
  switch (error.status) {
    case 401:
      return {
        kind: 'refused',
        reason: `Discord does not accept the bot token: ${said}`,
        remedy:
          'Reset the token on the Bot page of the Discord developer portal, set DISCORD_TOKEN to it, and post the item again.',
      };
    case 403:
      return {
        kind: 'refused',
        reason: `Discord does not let the bot post in channel ${channelId}: ${said}`,
        remedy:
          'Give the bot View Channel, Send Messages, Embed Links and Read Message History there, and post the item again.',
      };
    case 404:
      return {
        kind: 'refused',
        reason: `Discord knows no channel ${channelId} that the bot can see: ${said}`,
        remedy:
          'Set DISCORD_CHANNEL_ID to a channel of a server that the bot is in, and post the item again.',
      };
    case 429:
      return { kind: 'unavailable', cause: new Error('Discord asks to wait') };
    default:
      return {
        kind: 'refused',
        reason: `Discord refused the message: ${said}`,
        remedy: 'Correct the item, import the issue with --revise and post it again.',
      };
  }
}
