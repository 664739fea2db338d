import { lookup } from 'node:dns/promises';
import { describeError } from '../kit/errors.ts';
import { parseRetryAfter } from '../kit/retry-after.ts';
import { type Answer, exchange } from './exchange.ts';
import type { Fetch, Fetched, FetchOptions, Refused, Unavailable } from './fetch.ts';
import { isPublicAddress } from './public-address.ts';

export type GuardedFetchOptions = {
  /** Hosts, with their port where it is not the scheme's own, that may be on this machine or network. */
  readonly allow: readonly string[];
  /** Every address of a host name. */
  readonly resolve?: (host: string) => Promise<readonly string[]>;
  readonly now: () => Date;
  readonly timeoutMs?: number;
  readonly limitBytes?: number;
};

/** What a check says of an address: where to connect to, or why not. */
type Checked =
  | { readonly kind: 'allowed'; readonly addresses: readonly string[] }
  | Refused
  | Unavailable;

const TIMEOUT_MS = 30_000;
const LIMIT_BYTES = 10 * 1024 * 1024;
const MOST_REDIRECTS = 5;
/** A host with many addresses is tried at so many of them. */
const MOST_ADDRESSES = 4;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const TEMPORARY: ReadonlySet<number> = new Set([408, 425, 429]);

/**
 * Makes a fetch that never reaches this machine or a private network unless `allow` names the
 * host. A name is resolved once for each hop, every address of it must be public, and the
 * connection goes to the very address that was checked: neither a redirect nor a name whose
 * answer changes gets around it. One time-out covers the whole exchange, all redirects and the
 * last byte included.
 */
export function makeGuardedFetch(options: GuardedFetchOptions): Fetch {
  const { timeoutMs = TIMEOUT_MS, limitBytes = LIMIT_BYTES, now } = options;
  const resolve = options.resolve ?? resolveHost;
  const allow = new Set(options.allow.map((host) => host.toLowerCase()));

  return async (start, { etag, lastModified, signal } = {}) => {
    const timeout = AbortSignal.timeout(timeoutMs);
    const either = signal === undefined ? timeout : AbortSignal.any([timeout, signal]);
    let url = start;
    try {
      for (let hop = 0; hop <= MOST_REDIRECTS; hop += 1) {
        const checked = await raceAbort(check(url, allow, resolve), either);
        if (checked.kind !== 'allowed') return checked;
        const target = new URL(url);
        const answer = await connect(target, checked.addresses, {
          headers: makeConditions({ etag, lastModified }),
          limitBytes,
          signal: either,
        });
        const { status, location } = answer;
        if (!REDIRECTS.has(status) || location === undefined) {
          return judge(answer, target, now());
        }
        if (!URL.canParse(location, url)) return refuse(`${nameHost(target)} leads nowhere`);
        url = new URL(location, url).href;
      }
      return refuse(`it leads on more than ${MOST_REDIRECTS} times`);
    } catch (error) {
      const reason = timeout.aborted ? `no whole answer in ${timeoutMs / 1000} s` : undefined;
      return unavailable(reason ?? describeError(error));
    }
  };
}

async function check(
  text: string,
  allow: ReadonlySet<string>,
  resolve: (host: string) => Promise<readonly string[]>,
): Promise<Checked> {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    return refuse('it is no http(s) address');
  }
  if (url.username !== '' || url.password !== '') {
    return refuse(
      'it has a user or password in it',
      'Take what is before the @ out of the address.',
    );
  }
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  // The parser has turned 2130706433, 0x7f.1 and 017700000001 into 127.0.0.1.
  const isLiteral = host.includes(':') || /^[\d.]+$/.test(host);
  let addresses: readonly string[] = [host];
  try {
    if (!isLiteral) addresses = await resolve(host);
  } catch (error) {
    return unavailable(`${host} cannot be found: ${describeError(error)}`);
  }
  if (addresses.length === 0) return unavailable(`${host} has no address`);
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  const isAllowed = allow.has(url.host) || allow.has(`${url.hostname}:${port}`);
  if (isAllowed || addresses.every(isPublicAddress)) {
    return { kind: 'allowed', addresses: addresses.slice(0, MOST_ADDRESSES) };
  }
  return refuse(
    `${url.host} is on this machine or a private network`,
    `If that is meant, allow it in paperboy.yaml: fetch: { allow: ["${url.host}"] }`,
  );
}

/** Goes to the first address that can be connected to. */
async function connect(
  url: URL,
  addresses: readonly string[],
  options: Omit<Parameters<typeof exchange>[0], 'url' | 'address'>,
): Promise<Answer> {
  let failure: unknown;
  for (const address of addresses) {
    try {
      return await exchange({ url, address, ...options });
    } catch (error) {
      if (options.signal.aborted) throw error;
      failure = error;
    }
  }
  throw failure;
}

function makeConditions({ etag, lastModified }: FetchOptions): Record<string, string> {
  return {
    ...(etag === undefined ? {} : { 'if-none-match': etag }),
    ...(lastModified === undefined ? {} : { 'if-modified-since': lastModified }),
  };
}

function judge(answer: Answer, url: URL, now: Date): Fetched {
  const { status, body, retryAfter } = answer;
  const said = `${nameHost(url)} answers with ${status}`;
  if (status === 304) return { kind: 'unchanged' };
  if (status >= 500 || TEMPORARY.has(status)) {
    return unavailable(said, parseRetryAfter(retryAfter, now));
  }
  if (status !== 200) return refuse(said, 'Open the address in a browser and correct it.');
  switch (body.kind) {
    case 'encoded':
      return refuse(`${nameHost(url)} compresses it in a way that was not asked for`);
    case 'too large':
      return refuse('it is larger than an issue or a feed can be');
    case 'whole': {
      const { mediaType, etag, lastModified } = answer;
      return { kind: 'fetched', url: url.href, bytes: body.bytes, mediaType, etag, lastModified };
    }
  }
}

async function resolveHost(host: string): Promise<readonly string[]> {
  return (await lookup(host, { all: true })).map(({ address }) => address);
}

/** A look-up can't be called off: it is left behind. */
function raceAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => reject(signal.reason);
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort, { once: true });
  return Promise.race([work, promise]).finally(() => signal.removeEventListener('abort', onAbort));
}

/** The host alone: the rest of an address may be a secret. */
function nameHost({ host }: URL): string {
  return host;
}

function refuse(reason: string, remedy = 'Give another address, or import a file.'): Refused {
  return { kind: 'refused', reason, remedy };
}

function unavailable(reason: string, retryAfterMs?: number): Unavailable {
  return { kind: 'unavailable', reason, retryAfterMs };
}
