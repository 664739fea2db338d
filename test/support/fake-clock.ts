import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../src/kit/clock.ts';

/** A clock that only moves when it is told to, or when somebody sleeps. */
export type FakeClock = Clock & {
  advance(ms: number): void;
  set(instant: string | Date): void;
};

/**
 * A clock that stands at `start`. A sleep moves it on by the time slept, and gives way to everything
 * else that waits, so that nothing in a test waits for real.
 */
export function makeFakeClock(start = '2026-11-23T08:00:00.000Z'): FakeClock {
  let nowMs = Date.parse(start);
  return {
    now: () => new Date(nowMs),
    sleep: async (ms, signal) => {
      if (signal?.aborted) return;
      nowMs += ms;
      await setImmediate();
    },
    advance: (ms) => {
      nowMs += ms;
    },
    set: (instant) => {
      nowMs = new Date(instant).getTime();
    },
  };
}
