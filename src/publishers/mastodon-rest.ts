import type { mastodon } from 'masto';
import { HttpActionDispatcherHookMastodon } from 'masto/adapters/action/dispatcher-http-hook-mastodon.js';
import { createActionProxy, HttpActionDispatcher } from 'masto/adapters/action/index.js';
import { BaseHttp } from 'masto/adapters/http/index.js';
import { SerializerNativeImpl } from 'masto/adapters/serializers/index.js';
import type { HttpRequestParams, HttpResponse, Serializer } from 'masto/interfaces/index.js';
import { SECRET } from '../kit/redact-shapes.ts';
import { type Family, familyOf, makeRateGate, type RateGate } from './mastodon-rates.ts';

/** Whose account posts go to. */
export type MastodonAccount = {
  /** An https origin: `https://mastodon.social`. */
  readonly server: string;
  /** Of scopes `read:accounts read:statuses write:statuses write:media`. */
  readonly accessToken: string;
  /** Its id and host, where they are known: nothing is done with another one's token. */
  readonly accountId?: string;
};

/** The client, with one signal over every request that is made through it. */
export type MastodonRest = { open(signal: AbortSignal): mastodon.rest.Client };

/** An answer that is no success, or a wait that an earlier answer has asked for. */
export class MastodonRefusal extends Error {
  readonly status: number;
  /** The API's own words; undefined when something else answered: a proxy, another program. */
  readonly said: string | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(status: number, said?: string, retryAfterMs?: number) {
    super(`Mastodon answered ${status}${said === undefined ? '' : `: ${said}`}`);
    this.name = 'MastodonRefusal';
    this.status = status;
    this.said = said;
    this.retryAfterMs = retryAfterMs;
  }
}

/** Mastodon is asked no longer than this for one thing, body included. */
const REQUEST_TIMEOUT_MS = 20_000;
const UPLOAD_TIMEOUT_MS = 30_000;

const serializer: Serializer = new SerializerNativeImpl();

/**
 * Mastodon's API by the routes and types of `masto`, over a transport of its own: the library's
 * loses the status of an error page that is no JSON, follows redirects, and can be handed neither
 * a deadline over a whole list nor somebody who reads every answer's rate limits. Nothing is
 * retried here.
 */
export function makeMastodonRest(
  { server, accessToken }: { readonly server: string; readonly accessToken?: string },
  now: () => Date,
  gate: RateGate = makeRateGate(now),
): MastodonRest {
  return {
    open(signal) {
      const http = new Transport(server, accessToken, gate, signal);
      const hook = new HttpActionDispatcherHookMastodon(http);
      const dispatcher = new HttpActionDispatcher(http, hook);
      return createActionProxy<mastodon.rest.Client>(dispatcher, { context: ['api'] });
    },
  };
}

class Transport extends BaseHttp {
  readonly #server: string;
  readonly #token: string | undefined;
  readonly #gate: RateGate;
  readonly #signal: AbortSignal;

  constructor(server: string, token: string | undefined, gate: RateGate, signal: AbortSignal) {
    super();
    this.#server = server;
    this.#token = token;
    this.#gate = gate;
    this.#signal = signal;
  }

  override async request<T>(params: HttpRequestParams): Promise<HttpResponse<T>> {
    const { method, path, search, body, encoding = 'json', requestInit } = params;
    const family = familyOf(method, path);
    const waitMs = this.#gate.waitMs(family);
    if (waitMs > 0) throw new MastodonRefusal(429, 'its rate limit is used up', waitMs);
    this.#signal.throwIfAborted();

    // Pages of a list are asked for by address: whatever host a server writes there, ours is asked.
    const url = new URL(path, this.#server);
    url.search = typeof search === 'string' ? search : writeQuery(search);
    const headers = new Headers(requestInit?.headers);
    if (this.#token !== undefined) headers.set('authorization', writeAuthorization(this.#token));
    if (body !== undefined && encoding === 'json') headers.set('content-type', 'application/json');
    const timeoutMs = family === 'media' ? UPLOAD_TIMEOUT_MS : REQUEST_TIMEOUT_MS;
    const response = await fetch(url, {
      method,
      headers,
      // A redirected POST would come as a GET, and the token must not go elsewhere.
      redirect: 'manual',
      signal: AbortSignal.any([this.#signal, AbortSignal.timeout(timeoutMs)]),
      ...(body === undefined ? {} : { body: serializer.serialize(encoding, body) }),
    });
    const text = await response.text();
    return this.#read<T>(response, text, family);
  }

  #read<T>(response: Response, text: string, family: Family): HttpResponse<T> {
    const { status, headers } = response;
    const retryAfterMs = this.#gate.note(family, status, headers);
    const isJson = /\bjson\b/.test(headers.get('content-type') ?? '');
    if (!response.ok) {
      throw new MastodonRefusal(status, isJson ? this.#readReason(text) : undefined, retryAfterMs);
    }
    if (!isJson) throw new Error('Mastodon answered with something that is no JSON');
    return { headers, data: serializer.deserialize<T>('json', text) };
  }

  /** What the API says of an error, without the token; uncut, as of another secret a part would not be known for one. */
  #readReason(text: string): string | undefined {
    try {
      const { error } = JSON.parse(text) as { error?: unknown };
      if (typeof error !== 'string') return undefined;
      return this.#token === undefined ? error : error.replaceAll(this.#token, SECRET);
    } catch {
      return undefined;
    }
  }
}

/** A token that no header can hold is turned away here: the client's own error would repeat it. */
function writeAuthorization(token: string): string {
  if (/^[\x21-\x7e]+$/.test(token)) return `Bearer ${token}`;
  throw new MastodonRefusal(401, 'it has characters that no token has');
}

function writeQuery(search: Record<string, unknown> | undefined): string {
  return search === undefined ? '' : String(serializer.serialize('querystring', search));
}
