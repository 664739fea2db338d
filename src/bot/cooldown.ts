import type { Clock } from '../kit/clock.ts';

/** How often something may be done: so many times at once, and again after so long each. */
export type Allowance = { readonly burst: number; readonly everyMs: number };

/** Says how long somebody has to wait; 0 where it may be done now, which is then noted. */
export type Cooldown = { take(key: string, allowance: Allowance): number };

/** So many are remembered before those that are full again are forgotten. */
const KEPT = 5_000;

/** Token buckets by a key, in memory: after a restart everybody begins anew. */
export function makeCooldown({ now }: Pick<Clock, 'now'>): Cooldown {
  const fullAt = new Map<string, number>();
  return {
    take(key, { burst, everyMs }) {
      const at = now().getTime();
      if (fullAt.size >= KEPT) {
        for (const [other, when] of fullAt) if (when <= at) fullAt.delete(other);
      }
      // A bucket is told by when it is full again: each use puts that off by one.
      const next = Math.max(at, fullAt.get(key) ?? 0) + everyMs;
      const waitMs = next - at - burst * everyMs;
      if (waitMs > 0) return waitMs;
      fullAt.set(key, next);
      return 0;
    },
  };
}
