/** How many requests are let through in a window. */
export type Rule = { readonly limit: number; readonly windowMs: number };
export type Family = 'all' | 'media' | 'deletes' | 'statuses';
export type RateRules = Readonly<Record<Family, Rule>>;

export type Verdict = {
  readonly headers: Readonly<Record<string, string>>;
  readonly isOver: boolean;
};

const MINUTE_MS = 60_000;

/**
 * https://docs.joinmastodon.org/api/rate-limits/
 * https://github.com/mastodon/mastodon/blob/main/config/initializers/rack_attack.rb
 * and, for statuses: https://github.com/mastodon/mastodon/blob/main/app/lib/rate_limiter.rb
 */
export const DEFAULT_RATE_RULES: RateRules = {
  all: { limit: 300, windowMs: 5 * MINUTE_MS },
  media: { limit: 30, windowMs: 30 * MINUTE_MS },
  deletes: { limit: 30, windowMs: 30 * MINUTE_MS },
  statuses: { limit: 300, windowMs: 180 * MINUTE_MS },
};

/** Counts by account; windows begin at whole multiples of their length, as Rack::Attack's do. */
export function makeRateLimits(
  rules: RateRules,
  now: () => Date,
): { count(who: string, families: readonly Family[]): Verdict } {
  const used = new Map<string, number>();
  return {
    count(who, families) {
      const counted = families.map((family) => {
        const { limit, windowMs } = rules[family];
        const start = Math.floor(now().getTime() / windowMs) * windowMs;
        const key = `${who} ${family} ${start}`;
        const count = (used.get(key) ?? 0) + 1;
        used.set(key, count);
        return { limit, remaining: limit - count, resetAt: new Date(start + windowMs) };
      });
      // The headers tell of the limit that is closest.
      const closest = counted.reduce((a, b) => (b.remaining < a.remaining ? b : a));
      return {
        headers: {
          'x-ratelimit-limit': String(closest.limit),
          'x-ratelimit-remaining': String(Math.max(0, closest.remaining)),
          'x-ratelimit-reset': writeReset(closest.resetAt),
        },
        isOver: closest.remaining < 0,
      };
    },
  };
}

/** ISO 8601 with six digits of fraction. */
export function writeReset(at: Date): string {
  return at.toISOString().replace(/Z$/, '000Z');
}

/** The limits that a request counts against. */
export function familiesOf(method: string, path: string): readonly Family[] {
  if (method === 'POST' && /^\/api\/v\d+\/media$/.test(path)) return ['all', 'media'];
  if (method === 'DELETE' && /^\/api\/v1\/statuses\/\d+$/.test(path)) return ['all', 'deletes'];
  if (method === 'POST' && path === '/api/v1/statuses') return ['all', 'statuses'];
  if (method === 'PUT' && /^\/api\/v1\/statuses\/\d+$/.test(path)) return ['all', 'statuses'];
  return ['all'];
}
