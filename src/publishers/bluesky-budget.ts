import type { Spending, SpendingLimit } from '../outbox/spending.ts';

/** What an account has spent: points of its writes, and uploads. Each has its own limits. */
export type BlueskySpending = { readonly writes: Spending; readonly uploads: Spending };

/** The account's budget does not allow it now: nothing was sent. */
export class BudgetSpent extends Error {
  readonly retryAfterMs: number;

  constructor(what: string, retryAfterMs: number) {
    super(`${what} of the account are spent for now`);
    this.retryAfterMs = retryAfterMs;
  }
}

/** Holds a client within what the platform allows, so that it never has to say 429. */
export type BlueskyBudget = {
  /** Notes what an answer says is left. */
  heed(path: string, headers: Headers): void;
  /** Takes the points of one `applyWrites`; rejects with `BudgetSpent`. */
  takeWrites(creates: number, deletes: number): Promise<void>;
  /** Takes one `uploadBlob`; rejects with `BudgetSpent`. */
  takeUpload(): Promise<void>;
};

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Points, of the limits below. https://docs.bsky.app/docs/advanced-guides/rate-limits */
const CREATE_POINTS = 3;
const DELETE_POINTS = 1;
export const WRITE_LIMITS: readonly SpendingLimit[] = [
  { most: 5_000, windowMs: HOUR_MS },
  { most: 35_000, windowMs: DAY_MS },
];
/** https://github.com/bluesky-social/atproto/blob/main/packages/pds/src/api/com/atproto/repo/uploadBlob.ts */
export const UPLOAD_LIMITS: readonly SpendingLimit[] = [{ most: 1_000, windowMs: DAY_MS }];

/** What an answer said of the bucket that is nearest to its end. */
type Standing = { readonly remaining: number; readonly resetAt: number };

type Route = 'writes' | 'uploads' | 'others';

/**
 * Keeps a budget by two accounts: our own, of all processes, and the server's word, which counts
 * what other programs and people did with the account too.
 */
export function makeBlueskyBudget(spending: BlueskySpending, now: () => Date): BlueskyBudget {
  const standings = new Map<Route, Standing>();

  const waitFor = (route: Route, points: number): number => {
    const standing = standings.get(route);
    if (standing === undefined || standing.remaining >= points) return 0;
    return Math.max(0, standing.resetAt - now().getTime());
  };
  const take = async (
    route: 'writes' | 'uploads',
    points: number,
    limits: readonly SpendingLimit[],
  ): Promise<void> => {
    // A write costs one request too, of those that all answers count.
    const asked = Math.max(waitFor(route, points), waitFor('others', 1));
    if (asked > 0) throw new BudgetSpent(`the ${route}`, asked);
    const at = now();
    const fitsAt = await spending[route].take(points, limits, at);
    if (fitsAt === undefined) return;
    throw new BudgetSpent(`the ${route}`, Math.max(1, fitsAt.getTime() - at.getTime()));
  };

  return {
    heed(path, headers) {
      const remaining = readNumber(headers.get('ratelimit-remaining'));
      const resetMs = readResetMs(headers);
      if (remaining === undefined || resetMs === undefined) return;
      standings.set(tellRoute(path), { remaining, resetAt: now().getTime() + resetMs });
    },
    takeWrites: (creates, deletes) =>
      take('writes', creates * CREATE_POINTS + deletes * DELETE_POINTS, WRITE_LIMITS),
    takeUpload: () => take('uploads', 1, UPLOAD_LIMITS),
  };
}

function tellRoute(path: string): Route {
  if (path.includes('com.atproto.repo.applyWrites')) return 'writes';
  return path.includes('com.atproto.repo.uploadBlob') ? 'uploads' : 'others';
}

/**
 * How long until the server's bucket is full again: by its own clock, which its `date` tells, as
 * ours may be wrong. Undefined where the headers do not say it.
 */
export function readResetMs(headers: { get(name: string): string | null }): number | undefined {
  const reset = readNumber(headers.get('ratelimit-reset'));
  if (reset === undefined) return undefined;
  const date = Date.parse(headers.get('date') ?? '');
  // Both are whole seconds, cut off: one more, so as not to come too soon.
  return Math.max(0, reset * 1000 - (Number.isNaN(date) ? Date.now() : date)) + 1000;
}

function readNumber(value: string | null): number | undefined {
  const number = Number(value ?? '');
  return value !== null && value.trim() !== '' && Number.isFinite(number) ? number : undefined;
}
