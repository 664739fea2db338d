/**
 * What is counted together: uploads, deletions and posts have limits of their own beside the one
 * of all requests. https://docs.joinmastodon.org/api/rate-limits/ (and 300 posts or edits in three
 * hours: https://github.com/mastodon/mastodon/blob/main/app/lib/rate_limiter.rb)
 */
export type Family = 'media' | 'deletes' | 'statuses' | 'other';

/** Remembers what the answers say of the rate limits, so that nothing is sent that must fail. */
export type RateGate = {
  /** How long nothing of a family is to be sent; 0 when it may be. */
  waitMs(family: Family): number;
  /** Takes note of an answer; how long it asks to wait, where it does and says so. */
  note(family: Family, status: number, headers: Headers): number | undefined;
};

const TOO_MANY_REQUESTS = 429;
const LEAST_WAIT_MS = 1000;
/** No limit is longer than three hours: what asks for more is a mistake, and is asked again. */
const LONGEST_WAIT_MS = 6 * 60 * 60 * 1000;

/** No limit is known to be used up at first. */
export function makeRateGate(now: () => Date): RateGate {
  const shutUntil = new Map<Family, number>();
  return {
    waitMs: (family) => Math.max(0, (shutUntil.get(family) ?? 0) - now().getTime()),
    note(family, status, headers) {
      const isOver = status === TOO_MANY_REQUESTS;
      const isLast = headers.get('x-ratelimit-remaining') === '0';
      if (!isOver && !isLast) return undefined;
      const waitMs = readWait(headers, now);
      if (waitMs !== undefined) shutUntil.set(family, now().getTime() + waitMs);
      return isOver ? waitMs : undefined;
    },
  };
}

/** Tells which limit a request counts against. */
export function familyOf(method: string, path: string): Family {
  if (method === 'POST' && /^\/api\/v\d+\/media$/.test(path)) return 'media';
  if (!/^\/api\/v1\/statuses(?:\/[^/]+)?$/.test(path) || method === 'GET') return 'other';
  return method === 'DELETE' ? 'deletes' : 'statuses';
}

/** The reset is an instant of the server's clock, which its own date tells, not this machine's. */
function readWait(headers: Headers, now: () => Date): number | undefined {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  if (Number.isFinite(seconds)) return bound(seconds * 1000);
  const resetAt = Date.parse(headers.get('x-ratelimit-reset') ?? '');
  const sentAt = Date.parse(headers.get('date') ?? '');
  const waitMs = resetAt - (Number.isNaN(sentAt) ? now().getTime() : sentAt);
  return Number.isFinite(waitMs) ? bound(waitMs) : undefined;
}

function bound(waitMs: number): number {
  return Math.min(LONGEST_WAIT_MS, Math.max(LEAST_WAIT_MS, waitMs));
}
