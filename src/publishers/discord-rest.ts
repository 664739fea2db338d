import { AsyncLocalStorage } from 'node:async_hooks';
import {
  DefaultRestOptions,
  DefaultUserAgent,
  REST,
  type RESTOptions,
  type RouteLike,
} from '@discordjs/rest';
import type { APIUser } from 'discord-api-types/v10';
import { makePacer, type Pacer } from './discord-pacer.ts';

/** A bot, and where Discord is. */
export type DiscordAccess = {
  readonly token: string;
  /** `https://discord.com/api`, without the version. */
  readonly api: string;
};

/**
 * Discord's REST API for one bot. All publishers of the bot share it, as Discord counts over all
 * that the bot does. A call rejects with an `UnsentError` when its request surely did nothing.
 */
export type DiscordRest = {
  get<T>(path: RouteLike, signal: AbortSignal, query?: string): Promise<T>;
  post<T>(path: RouteLike, body: unknown, signal: AbortSignal): Promise<T>;
  patch<T>(path: RouteLike, body: unknown, signal: AbortSignal): Promise<T>;
  delete(path: RouteLike, signal: AbortSignal): Promise<void>;
  /** The bot's user id, which is asked for once. */
  readBotId(signal: AbortSignal): Promise<string>;
};

/** The request never left, or Discord said that it did nothing with it. */
export class UnsentError extends Error {
  override readonly name = 'UnsentError';
}

/** Discord is asked no longer than this for one thing, body included; waiting for a turn is free. */
const REQUEST_TIMEOUT_MS = 15_000;
/** Shorter rate limits are waited for; longer ones give the delivery back. */
const LONGEST_WAIT_MS = 10_000;
/** The client and the pacer remember a wait: one that Discord got wrong must not last for ever. */
const LONGEST_ASKED_MS = 6 * 60 * 60 * 1000;
/** The client's own timeout covers the headers only, and the wait for a turn: it never strikes. */
const NEVER_MS = 2 ** 31 - 1;

/** Where the request of a call is: from its turn until a 429 it may have taken effect. */
type Trip = { isOnWire: boolean };
type MakeRequest = RESTOptions['makeRequest'];
type Answer = Awaited<ReturnType<MakeRequest>>;

/**
 * Discord's REST API with the client's queues, one a bucket, and the pacer under them. Not with the
 * client's retries: it repeats a POST after a lost answer, which posts twice. Nor with its token,
 * which one 401 wipes.
 */
export function makeDiscordRest(
  { token, api }: DiscordAccess,
  pacer: Pacer = makePacer(),
  requestTimeoutMs: number = REQUEST_TIMEOUT_MS,
): DiscordRest {
  const trips = new AsyncLocalStorage<Trip>();

  const makeRequest: MakeRequest = async (url, init) => {
    const outer = (init.signal ?? undefined) as AbortSignal | undefined;
    const trip = trips.getStore() ?? { isOnWire: false };
    const endTurn = await pacer.takeTurn(outer ?? new AbortController().signal);
    trip.isOnWire = true;
    const deadline = AbortSignal.timeout(requestTimeoutMs);
    const signal = outer === undefined ? deadline : AbortSignal.any([outer, deadline]);
    const answer = await Promise.race([
      readAnswer(url, { ...init, signal }),
      rejectOnAbort(signal),
    ]).finally(endTurn);
    if (answer.status === 429) {
      trip.isOnWire = false;
      const wait = Number(answer.headers.get('retry-after') ?? Number.NaN) * 1_000;
      if (Number.isNaN(wait))
        throw new UnsentError('Discord asks to wait, without saying how long');
      const waitMs = Math.min(wait, LONGEST_ASKED_MS);
      answer.headers.set('retry-after', String(waitMs / 1_000));
      if (answer.headers.has('x-ratelimit-global')) pacer.pause(waitMs);
    }
    return answer;
  };

  const client = new REST({
    version: '10',
    api,
    retries: 0,
    timeout: NEVER_MS,
    // The pacer keeps that limit, without the bursts.
    globalRequestsPerSecond: Number.POSITIVE_INFINITY,
    rejectOnRateLimit: ({ timeToReset, retryAfter }) =>
      Math.max(timeToReset, retryAfter) > LONGEST_WAIT_MS,
    headers: { authorization: `Bot ${token}` },
    makeRequest,
    hashSweepInterval: 0,
    handlerSweepInterval: 0,
    userAgentAppendix: DefaultUserAgent,
  });

  const ask = async <T>(run: () => Promise<unknown>, signal: AbortSignal): Promise<T> => {
    const trip: Trip = { isOnWire: false };
    try {
      signal.throwIfAborted();
      // A wait of the client for a bucket does not end with the signal; its request stays unsent.
      return (await Promise.race([trips.run(trip, run), rejectOnAbort(signal)])) as T;
    } catch (error) {
      if (!trip.isOnWire && signal.aborted) {
        throw new UnsentError('the request was not sent in time', { cause: error });
      }
      throw error;
    }
  };

  const rest: Omit<DiscordRest, 'readBotId'> = {
    get: (path, signal, query) => {
      const search = query === undefined ? {} : { query: new URLSearchParams(query) };
      return ask(() => client.get(path, { auth: false, signal, ...search }), signal);
    },
    post: (path, body, signal) =>
      ask(() => client.post(path, { auth: false, body, signal }), signal),
    patch: (path, body, signal) =>
      ask(() => client.patch(path, { auth: false, body, signal }), signal),
    delete: (path, signal) => ask(() => client.delete(path, { auth: false, signal }), signal),
  };
  return { ...rest, readBotId: readOnce((signal) => rest.get<APIUser>('/users/@me', signal)) };
}

/** An answer with all of its body: a body that hangs is a request that hangs. */
async function readAnswer(url: string, init: Parameters<MakeRequest>[1]): Promise<Answer> {
  const answer = await DefaultRestOptions.makeRequest(url, init);
  const bytes = await answer.arrayBuffer();
  const { status, statusText, headers } = answer;
  const isEmpty = status === 204 || status === 205 || status === 304;
  return new Response(isEmpty ? null : bytes, {
    status,
    statusText,
    headers: [...headers] as [string, string][],
  }) as unknown as Answer;
}

/** Callers share one question; each stops waiting at its own signal. A failure is forgotten. */
function readOnce(ask: (signal: AbortSignal) => Promise<APIUser>): DiscordRest['readBotId'] {
  let asked: Promise<string> | undefined;
  return (signal) => {
    asked ??= ask(AbortSignal.timeout(2 * REQUEST_TIMEOUT_MS + LONGEST_WAIT_MS)).then(
      ({ id }) => id,
      (error: unknown) => {
        asked = undefined;
        throw error;
      },
    );
    return Promise.race([asked, rejectOnAbort(signal)]);
  };
}

function rejectOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const fail = (): void => reject(signal.reason);
    if (signal.aborted) fail();
    else signal.addEventListener('abort', fail, { once: true });
  });
}
