import type { Spending } from '../../src/outbox/spending.ts';
import type { BlueskySpending } from '../../src/publishers/bluesky-budget.ts';

/** A budget's account in memory, with `taken` to look into. */
export function makeSpending(): Spending & {
  readonly taken: readonly { readonly atMs: number; readonly points: number }[];
} {
  const taken: { atMs: number; points: number }[] = [];
  return {
    taken,
    async take(points, limits, now) {
      const nowMs = now.getTime();
      let fitsAtMs = nowMs;
      for (const { most, windowMs } of limits) {
        const counted = taken.filter(({ atMs }) => atMs > nowMs - windowMs);
        let sum = counted.reduce((total, one) => total + one.points, points);
        for (const one of counted.toSorted((a, b) => a.atMs - b.atMs)) {
          if (sum <= most) break;
          sum -= one.points;
          fitsAtMs = Math.max(fitsAtMs, one.atMs + windowMs);
        }
      }
      if (fitsAtMs > nowMs) return new Date(fitsAtMs);
      taken.push({ atMs: nowMs, points });
      return undefined;
    },
  };
}

/** An account of Bluesky that has spent nothing. */
export function makeBlueskySpending(): BlueskySpending {
  return { writes: makeSpending(), uploads: makeSpending() };
}
