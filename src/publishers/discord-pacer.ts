/** Requests leave one after another, this many a second at most. */
export const REQUESTS_PER_SECOND = 48.5;
/**
 * A timer that fires late makes up for it, but for no more than this: a second that begins with a
 * late turn still holds at most floor(48.5 × 1.01) + 1 = 49 of them, and leaves some milliseconds
 * of Discord's 50 to a network that bunches them.
 */
const LATENESS_MS = 10;

/** Gives turns to requests, in the order of asking. */
export type Pacer = {
  /** Resolves when the request may leave; rejects with the reason of `signal` when that aborts. */
  takeTurn(signal: AbortSignal): Promise<void>;
  /** No turn is given for so long, as Discord asked everybody to wait. */
  pause(ms: number): void;
};

type Turn = { readonly give: () => void; isOver: boolean };

/**
 * Spaces the requests of one bot evenly under Discord's limit of 50 a second over all its routes,
 * so that no window of a second holds more, however it is laid:
 * https://discord.com/developers/docs/topics/rate-limits#global-rate-limit
 */
export function makePacer(perSecond: number = REQUESTS_PER_SECOND): Pacer {
  const intervalMs = 1_000 / perSecond;
  const turns: Turn[] = [];
  let nextAtMs = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;

  const giveTurns = (): void => {
    timer = undefined;
    for (let turn = turns[0]; turn !== undefined; turn = turns[0]) {
      const nowMs = performance.now();
      if (!turn.isOver && nowMs < nextAtMs) {
        timer = setTimeout(giveTurns, Math.ceil(nextAtMs - nowMs));
        return;
      }
      turns.shift();
      if (turn.isOver) continue;
      nextAtMs = Math.max(nextAtMs, nowMs - LATENESS_MS) + intervalMs;
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
        turns.push(turn);
        if (timer === undefined) giveTurns();
      }
      return promise;
    },
    pause(ms) {
      nextAtMs = Math.max(nextAtMs, performance.now() + ms);
    },
  };
}
