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
  /** What is left of each limit that an answer has told of; all of it once its time is over. */
  listLeft(): readonly { readonly family: Family; readonly left: number }[];
};

/** A limit as the last answer told of it: `left` of `most` until an instant, in milliseconds since 1970. */
type Told = { readonly most: number; readonly left: number; readonly untilMs: number };

const TOO_MANY_REQUESTS = 429;
const LEAST_WAIT_MS = 1000;
/** No limit is longer than three hours: what asks for more is a mistake, and is asked again. */
const LONGEST_WAIT_MS = 6 * 60 * 60 * 1000;

/** No limit is known to be used up at first. */
export function makeRateGate(now: () => Date): RateGate {
  const shutUntil = new Map<Family, number>();
  const told = new Map<Family, Told>();
  const waitMs = (family: Family): number =>
    Math.max(0, (shutUntil.get(family) ?? 0) - now().getTime());
  return {
    waitMs,
    note(family, status, headers) {
      const limit = readLimit(headers, now);
      if (limit !== undefined) told.set(family, limit);
      const isOver = status === TOO_MANY_REQUESTS;
      const isLast = headers.get('x-ratelimit-remaining') === '0';
      if (!isOver && !isLast) return undefined;
      const askedMs = readWait(headers, now);
      if (askedMs !== undefined) shutUntil.set(family, now().getTime() + askedMs);
      return isOver ? askedMs : undefined;
    },
    listLeft: () =>
      [...told].map(([family, { most, left, untilMs }]) => {
        if (waitMs(family) > 0) return { family, left: 0 };
        return { family, left: now().getTime() >= untilMs ? most : left };
      }),
  };
}

/** Tells which limit a request counts against. */
export function familyOf(method: string, path: string): Family {
  if (method === 'POST' && /^\/api\/v\d+\/media$/.test(path)) return 'media';
  if (!/^\/api\/v1\/statuses(?:\/[^/]+)?$/.test(path) || method === 'GET') return 'other';
  return method === 'DELETE' ? 'deletes' : 'statuses';
}

function readLimit(headers: Headers, now: () => Date): Told | undefined {
  const most = readCount(headers.get('x-ratelimit-limit'));
  const left = readCount(headers.get('x-ratelimit-remaining'));
  const resetMs = readReset(headers, now);
  if (most === undefined || left === undefined || resetMs === undefined) return undefined;
  return { most, left, untilMs: now().getTime() + resetMs };
}

function readCount(text: string | null): number | undefined {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

function readWait(headers: Headers, now: () => Date): number | undefined {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) ? bound(seconds * 1000) : readReset(headers, now);
}

/** The reset is an instant of the server's clock, which its own date tells, not this machine's. */
function readReset(headers: Headers, now: () => Date): number | undefined {
  const resetAt = Date.parse(headers.get('x-ratelimit-reset') ?? '');
  const sentAt = Date.parse(headers.get('date') ?? '');
  const waitMs = resetAt - (Number.isNaN(sentAt) ? now().getTime() : sentAt);
  return Number.isFinite(waitMs) ? bound(waitMs) : undefined;
}

function bound(waitMs: number): number {
  return Math.min(LONGEST_WAIT_MS, Math.max(LEAST_WAIT_MS, waitMs));
}
