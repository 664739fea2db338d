/** https://discord.com/developers/docs/topics/rate-limits#global-rate-limit */
export const REQUESTS_PER_SECOND = 50;
/** What late timers lose is made up for by a few at a time: within so long never more than these. */
const SHORT_MS = 10;
const MOST_IN_SHORT = 3;
/** No more lost time than this is made up for. */
const MOST_LATENESS_MS = 250;
const ONE_SECOND_MS = 1_000;

/** Gives turns to requests, in the order of asking. */
export type Pacer = {
  /**
   * Resolves when the request may leave, with what is to be called once it is answered or given up;
   * rejects with the reason of `signal` when that aborts.
   */
  takeTurn(signal: AbortSignal): Promise<() => void>;
  /** No turn is given for so long, as Discord asked everybody to wait. */
  pause(ms: number): void;
  /** How many requests may still leave in this second; none while Discord asks to wait. */
  countLeft(): number;
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

type Turn = { readonly give: (end: () => void) => void; isOver: boolean };
/** A request that had its turn; its end is infinite while it is under way. */
type Given = { readonly atMs: number; endedMs: number };

/**
 * Spaces the requests of one bot evenly, and within Discord's limit over all its routes. Discord
 * counts a request when it comes, which is some time between its turn and its answer: a busy machine
 * or a network may hold several up and let them go together. So the fifty-first leaves a second
 * after the first was *answered*: whatever held them up, no second holds more than fifty.
 */
export function makePacer(
  perSecond: number = REQUESTS_PER_SECOND,
  { nowMs, callAfter }: PacerClock = systemPacerClock,
): Pacer {
  const intervalMs = ONE_SECOND_MS / perSecond;
  const mostInSecond = Math.ceil(perSecond);
  const turns: Turn[] = [];
  /** The last turns that were given, as many as a second may hold. */
  const given: Given[] = [];
  /** When the next turn would be, were no timer ever late. */
  let plannedMs = Number.NEGATIVE_INFINITY;
  let pausedUntilMs = Number.NEGATIVE_INFINITY;
  let isWaiting = false;

  const nextMs = (): number => {
    const last = given.at(-MOST_IN_SHORT)?.atMs ?? Number.NEGATIVE_INFINITY;
    const oldest = given.length < mostInSecond ? undefined : given[0]?.endedMs;
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
      // Until the oldest is answered nobody knows for how long; its end calls again.
      if (waitMs === Number.POSITIVE_INFINITY) return;
      if (waitMs > 0) {
        isWaiting = true;
        callAfter(Math.ceil(waitMs), giveTurns);
        return;
      }
      turns.shift();
      plannedMs = Math.max(plannedMs, now - MOST_LATENESS_MS) + intervalMs;
      const own: Given = { atMs: now, endedMs: Number.POSITIVE_INFINITY };
      given.push(own);
      if (given.length > mostInSecond) given.shift();
      turn.give(() => {
        own.endedMs = Math.min(own.endedMs, nowMs());
        if (!isWaiting) giveTurns();
      });
    }
  };

  return {
    takeTurn(signal) {
      const { promise, resolve, reject } = Promise.withResolvers<() => void>();
      const leave = (): void => {
        turn.isOver = true;
        reject(signal.reason);
      };
      const turn: Turn = {
        isOver: signal.aborted,
        give: (end) => {
          signal.removeEventListener('abort', leave);
          resolve(end);
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
    countLeft() {
      const now = nowMs();
      if (now < pausedUntilMs) return 0;
      return mostInSecond - given.filter(({ endedMs }) => endedMs + ONE_SECOND_MS > now).length;
    },
  };
}
