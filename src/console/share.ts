import type { Clock } from '../kit/clock.ts';

/**
 * What `work` resolves with, for everybody who asks while it is under way and for so long after it
 * has begun: however often somebody asks, the work is done now and then. A failure is not kept.
 */
export function share<T>(
  forMs: number,
  clock: Pick<Clock, 'now'>,
  work: () => Promise<T>,
): () => Promise<T> {
  let shared: { readonly atMs: number; readonly result: Promise<T> } | undefined;
  return () => {
    const nowMs = clock.now().getTime();
    // A clock that was set back must not make it last.
    const isFresh = shared !== undefined && Math.abs(nowMs - shared.atMs) < forMs;
    if (shared !== undefined && isFresh) return shared.result;
    const made = { atMs: nowMs, result: work() };
    made.result.catch(() => {
      if (shared === made) shared = undefined;
    });
    shared = made;
    return made.result;
  };
}
