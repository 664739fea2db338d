/** What a process does over and over. */
export type Loop = 'courier' | 'planner';

/** A loop that has not turned for long. */
export type Still = { readonly loop: Loop; readonly forMs: number };

/** Whether the loops of the process turn. */
export type Pulse = {
  /** Said by a loop each time that it has done its work, or has seen that there is none for it. */
  beat(loop: Loop): void;
  /** The loops that have stood still for too long. */
  findStill(): readonly Still[];
};

/** The planner looks once a minute. */
const LONGEST_MS = 90_000;

/**
 * The pulse of the loops that are named, each of which has just begun. It goes by milliseconds that
 * only grow: a clock that is set, or a machine that slept, stops no loop.
 */
export function makePulse(
  loops: readonly Loop[],
  nowMs: () => number = () => performance.now(),
): Pulse {
  const turnedAt = new Map(loops.map((loop) => [loop, nowMs()]));
  return {
    beat: (loop) => void turnedAt.set(loop, nowMs()),
    findStill: () =>
      [...turnedAt]
        .map(([loop, atMs]) => ({ loop, forMs: nowMs() - atMs }))
        .filter(({ forMs }) => forMs > LONGEST_MS),
  };
}
