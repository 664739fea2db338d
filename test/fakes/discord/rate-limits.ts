import { createHash } from 'node:crypto';

/** How many requests a bucket lets through in a window. */
export type BucketRule = { readonly limit: number; readonly windowMs: number };

/** The rules of the fake; each may be replaced, and `global` is per second over the whole bot. */
export type RateLimitRules = {
  readonly createMessage: BucketRule;
  readonly crosspost: BucketRule;
  /** Of messages older than an hour. */
  readonly editOld: BucketRule;
  readonly other: BucketRule;
  readonly globalPerSecond: number;
};

/** What the limits say about one request. */
export type Verdict = {
  readonly headers: Readonly<Record<string, string>>;
  /** Present when the request must be answered with 429. */
  readonly limited?: { readonly retryAfterMs: number; readonly isGlobal: boolean };
};

/** Counts requests against the rules; time is the real one, as clients really wait. */
export type RateLimits = {
  /** Counts one request of a route (`POST /channels/:id/messages`) on its major resource. */
  count(route: string, majorId: string): Verdict;
};

/** The route under which edits of messages older than an hour are counted. */
export const EDIT_OLD = 'PATCH /channels/:id/messages/:id of old';

/**
 * The numbers are the usual ones, not promised by Discord, which says to learn them from the
 * headers (https://discord.com/developers/docs/topics/rate-limits); the global one is documented.
 */
export const DEFAULT_RATE_LIMITS: RateLimitRules = {
  createMessage: { limit: 5, windowMs: 5_000 },
  crosspost: { limit: 10, windowMs: 3_600_000 },
  editOld: { limit: 3, windowMs: 6_000 },
  other: { limit: 50, windowMs: 1_000 },
  globalPerSecond: 50,
};

/** A counter per route and major resource, and a global one. */
export function makeRateLimits(rules: RateLimitRules = DEFAULT_RATE_LIMITS): RateLimits {
  const buckets = new Map<string, { used: number; resetsAtMs: number }>();

  function take(key: string, rule: BucketRule): { remaining: number; resetsInMs: number } {
    const nowMs = Date.now();
    let bucket = buckets.get(key);
    if (bucket === undefined || bucket.resetsAtMs <= nowMs) {
      bucket = { used: 0, resetsAtMs: nowMs + rule.windowMs };
      buckets.set(key, bucket);
    }
    bucket.used += 1;
    return { remaining: rule.limit - bucket.used, resetsInMs: bucket.resetsAtMs - nowMs };
  }

  return {
    count(route, majorId) {
      // Interactions and their webhooks are outside of the bot's limits.
      if (route.includes(':token')) return { headers: {} };
      const all = take('global', { limit: rules.globalPerSecond, windowMs: 1_000 });
      if (all.remaining < 0) {
        const limited = { retryAfterMs: all.resetsInMs, isGlobal: true };
        return { headers: limitedHeaders(limited), limited };
      }

      const rule = ruleOf(route, rules);
      const own = take(`${route} ${majorId}`, rule);
      const headers = {
        'x-ratelimit-limit': String(rule.limit),
        'x-ratelimit-remaining': String(Math.max(0, own.remaining)),
        'x-ratelimit-reset': ((Date.now() + own.resetsInMs) / 1_000).toFixed(3),
        'x-ratelimit-reset-after': (own.resetsInMs / 1_000).toFixed(3),
        'x-ratelimit-bucket': createHash('md5').update(route).digest('hex'),
      };
      if (own.remaining >= 0) return { headers };
      const limited = { retryAfterMs: own.resetsInMs, isGlobal: false };
      return { headers: { ...headers, ...limitedHeaders(limited) }, limited };
    },
  };
}

/** The headers that only a 429 carries; `retry-after` is in whole seconds, rounded up. */
export function limitedHeaders(limited: {
  readonly retryAfterMs: number;
  readonly isGlobal: boolean;
  readonly hasRetryAfter?: boolean;
}): Record<string, string> {
  const headers: Record<string, string> = {
    'x-ratelimit-scope': limited.isGlobal ? 'global' : 'user',
  };
  if (limited.isGlobal) headers['x-ratelimit-global'] = 'true';
  if (limited.hasRetryAfter !== false) {
    headers['retry-after'] = String(Math.ceil(limited.retryAfterMs / 1_000));
  }
  return headers;
}

/** The JSON body of a 429; `retry_after` is in seconds with a fraction. */
export function limitedBody(limited: {
  readonly retryAfterMs: number;
  readonly isGlobal: boolean;
  readonly hasRetryAfter?: boolean;
}): Record<string, unknown> {
  const wait = limited.hasRetryAfter === false ? {} : { retry_after: limited.retryAfterMs / 1_000 };
  return { message: 'You are being rate limited.', ...wait, global: limited.isGlobal };
}

function ruleOf(route: string, rules: RateLimitRules): BucketRule {
  if (route === 'POST /channels/:id/messages') return rules.createMessage;
  if (route === 'POST /channels/:id/messages/:id/crosspost') return rules.crosspost;
  if (route === EDIT_OLD) return rules.editOld;
  return rules.other;
}
