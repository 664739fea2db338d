/**
 * Discord allows 50 in any second, as they come to it. Two fewer leave room for a network, or a busy
 * machine, that holds requests up for 40 ms and lets them go together.
 */
export const REQUESTS_PER_SECOND = 48;
/** What late timers lose is made up for by a few at a time: within so long never more than these. */
const SHORT_MS = 10;
const MOST_IN_SHORT = 3;
/** No more lost time than this is made up for. */
const MOST_LATENESS_MS = 250;
const ONE_SECOND_MS = 1_000;

/** Gives turns to requests, in the order of asking. */
export type Pacer = {
  /** Resolves when the request may leave; rejects with the reason of `signal` when that aborts. */
  takeTurn(signal: AbortSignal): Promise<void>;
  /** No turn is given for so long, as Discord asked everybody to wait. */
  pause(ms: number): void;
};

/** Milliseconds that only grow, and a call after some of them. */
export type PacerClock = {
  readonly nowMs: () => number;
  readonly callAfter: (ms: number, run: () => void) => void;
};

const systemPacerClock: PacerClock = {
  nowMs: () => performance.now(),
  callAfter: (ms, run) => void setTimeout(run, ms),
};

type Turn = { readonly give: () => void; isOver: boolean };

/**
 * Spaces the requests of one bot evenly under Discord's limit of 50 a second over all its routes.
 * However a second is laid, no more turns than a whole second's are given in it.
 * https://discord.com/developers/docs/topics/rate-limits#global-rate-limit
 */
export function makePacer(
  perSecond: number = REQUESTS_PER_SECOND,
  { nowMs, callAfter }: PacerClock = systemPacerClock,
): Pacer {
  const intervalMs = ONE_SECOND_MS / perSecond;
  const mostInSecond = Math.ceil(perSecond);
  const turns: Turn[] = [];
  /** When the last turns were given, as many as a second may hold. */
  const given: number[] = [];
  /** When the next turn would be, were no timer ever late. */
  let plannedMs = Number.NEGATIVE_INFINITY;
  let pausedUntilMs = Number.NEGATIVE_INFINITY;
  let isWaiting = false;

  const nextMs = (): number => {
    const last = given.at(-MOST_IN_SHORT) ?? Number.NEGATIVE_INFINITY;
    const oldest = given.length < mostInSecond ? undefined : given[0];
    const free = (oldest ?? Number.NEGATIVE_INFINITY) + ONE_SECOND_MS;
    return Math.max(plannedMs, last + SHORT_MS, free, pausedUntilMs);
  };

  const giveTurns = (): void => {
    isWaiting = false;
    for (let turn = turns[0]; turn !== undefined; turn = turns[0]) {
      if (turn.isOver) {
        turns.shift();
        continue;
      }
      const now = nowMs();
      const waitMs = nextMs() - now;
      if (waitMs > 0) {
        isWaiting = true;
        callAfter(Math.ceil(waitMs), giveTurns);
        return;
      }
      turns.shift();
      plannedMs = Math.max(plannedMs, now - MOST_LATENESS_MS) + intervalMs;
      given.push(now);
      if (given.length > mostInSecond) given.shift();
      turn.give();
    }
  };

  return {
    takeTurn(signal) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const leave = (): void => {
        turn.isOver = true;
        reject(signal.reason);
      };
      const turn: Turn = {
        isOver: signal.aborted,
        give: () => {
          signal.removeEventListener('abort', leave);
          resolve();
        },
      };
      if (signal.aborted) leave();
      else {
        signal.addEventListener('abort', leave, { once: true });
        // Where nobody waited, no time was lost that could be made up for.
        if (turns.length === 0) plannedMs = Math.max(plannedMs, nowMs());
        turns.push(turn);
        if (!isWaiting) giveTurns();
      }
      return promise;
    },
    pause(ms) {
      pausedUntilMs = Math.max(pausedUntilMs, nowMs() + ms);
    },
  };
}
