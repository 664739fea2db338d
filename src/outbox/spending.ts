import { sql } from 'kysely';
import type { Database } from '../database/open-database.ts';

/** At most so many points within any stretch of so many milliseconds. */
export type SpendingLimit = { readonly most: number; readonly windowMs: number };

/** What an account has spent of a platform's budget, kept for all processes. */
export type Spending = {
  /**
   * Takes points, unless that would exceed a limit: then it takes none and gives the first instant
   * at which they would fit. What alone exceeds a limit is let through when nothing else counts.
   */
  take(points: number, limits: readonly SpendingLimit[], now: Date): Promise<Date | undefined>;
};

/** A worker that waited for its turn asks for an instant that is over: what counted then is kept. */
const KEPT_MS = 60_000;

/** The spending of an account in a database. */
export function makeSpending(database: Database, account: string): Spending {
  return {
    take: (points, limits, now) =>
      database.transaction().execute(async (transaction) => {
        const longestMs = Math.max(...limits.map(({ windowMs }) => windowMs));
        // A write comes first: it takes turns with every other worker.
        await transaction
          .deleteFrom('spending')
          .where('account', '=', account)
          .where('at', '<=', new Date(now.getTime() - longestMs - KEPT_MS).toISOString())
          .execute();
        const rows = await transaction
          .selectFrom('spending')
          .select(['at', sql<number>`sum(points)`.as('points')])
          .where('account', '=', account)
          .groupBy('at')
          .orderBy('at')
          .execute();
        const spent = rows.map((row) => ({
          atMs: Date.parse(row.at),
          points: Number(row.points),
        }));
        const fitsAt = Math.max(...limits.map((limit) => findRoom(spent, points, limit, now)));
        if (fitsAt > now.getTime()) return new Date(fitsAt);
        await transaction
          .insertInto('spending')
          .values({ account, at: now.toISOString(), points })
          .execute();
        return undefined;
      }),
  };
}

/** When so much of the past has ceased to count that the points fit, in milliseconds. */
function findRoom(
  spent: readonly { readonly atMs: number; readonly points: number }[],
  points: number,
  { most, windowMs }: SpendingLimit,
  now: Date,
): number {
  const counted = spent.filter(({ atMs }) => atMs > now.getTime() - windowMs);
  let sum = counted.reduce((total, one) => total + one.points, 0);
  for (const one of counted) {
    if (sum + points <= most) break;
    sum -= one.points;
    if (sum + points <= most || one === counted.at(-1)) return one.atMs + windowMs;
  }
  return now.getTime();
}
