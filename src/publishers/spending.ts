/** A platform's limit: so many points at most within any stretch of so many milliseconds. */
export type SpendingLimit = { readonly most: number; readonly windowMs: number };

/** What an account has spent of a platform's budget, kept for all processes. */
export type Spending = {
  /**
   * Takes points, unless that would exceed a limit: then nothing is taken, and the answer is the
   * first instant at which they would fit. What was taken stays taken, whatever becomes of it: a
   * platform counts what it refuses too. Points are never more than the least limit allows.
   */
  take(points: number, limits: readonly SpendingLimit[], now: Date): Promise<Date | undefined>;
};
