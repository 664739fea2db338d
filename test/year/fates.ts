import type { FakeClock } from '../support/fake-clock.ts';
import { WORKS } from '../support/fake-platform.ts';
import { PLACES } from './places.ts';
import type { Fate } from './process.ts';
import type { Random } from './random.ts';
import type { Tick } from './run-year.ts';
import type { Fortune, Mishap, Trouble } from './troubles.ts';

const MINUTE_MS = 60_000;
/** Until another process has taken over what a dead one had in hand. */
const KILLED_MS = 6 * MINUTE_MS;
/** Until a lost answer was looked up: after many attempts it is a quarter of an hour until the next. */
const LOST_MS = 17 * MINUTE_MS;

export type Fates = {
  readonly fate: Fate;
  /** Whether a restart is due now; once. */
  takeRestart(): boolean;
  /** Forgets which slots somebody died over. */
  clearCut(): void;
  readCut(): Tick['cut'];
};

/** Deals out what befalls processes when its time has come, each once, and tells of it. */
export function makeFates(
  { mishaps, outage }: Fortune,
  clock: FakeClock,
  random: Random,
  tell: (trouble: Trouble) => void,
): Fates {
  const waiting = [...mishaps];
  let cut: Tick['cut'];
  const take = (mishap: Mishap): boolean => {
    const now = clock.now();
    const at = waiting.findIndex((one) => one.mishap === mishap && one.at <= now);
    if (at < 0) return false;
    waiting.splice(at, 1);
    return true;
  };
  const last = (kind: Trouble['kind'], lastsMs: number, place?: string): void => {
    const from = clock.now();
    const to = new Date(from.getTime() + lastsMs);
    tell({ kind, from, to, ...(place === undefined ? {} : { place }) });
  };
  const die = (mishap: Mishap): boolean => {
    const isTaken = take(mishap);
    if (isTaken) last('process killed', KILLED_MS);
    return isTaken;
  };
  return {
    fate: {
      find: (place) => {
        if (isDown(place)) return 'is unavailable';
        if (!take('cannot look up')) return 'answers';
        last('answer lost', LOST_MS, place);
        return 'is unavailable';
      },
      publish: (place) => {
        if (isDown(place)) return { kind: 'is unavailable', posts: 0 };
        if (die('dies in publish')) return { kind: 'dies', posts: random.between(0, 2) };
        if (!take('loses answer')) return WORKS;
        last('answer lost', LOST_MS, place);
        return { kind: 'is unknown', posts: random.between(0, 2) };
      },
      settle: () => {
        if (die('dies before settle')) return 'dies before';
        return die('dies after settle') ? 'dies after' : 'works';
      },
      takeSlots: (key) => {
        const place = PLACES.find(({ destination }) => destination.key === key);
        const name = place?.destination.name ?? key;
        for (const how of ['before', 'after'] as const) {
          if (!die(`dies ${how} slots`)) continue;
          cut = { place: name, isTaken: how === 'after' };
          return `dies ${how}`;
        }
        return 'works';
      },
    },
    takeRestart: () => take('restart'),
    clearCut: () => {
      cut = undefined;
    },
    readCut: () => cut,
  };

  function isDown(place: string): boolean {
    const now = clock.now();
    return place === outage.place && outage.from <= now && now < outage.to;
  }
}
