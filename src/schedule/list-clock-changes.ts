import { toWallTime } from './wall-clock.ts';

/** The wall clock of a zone is put forward or back. */
export type ClockChange = {
  /** The first minute that it shows otherwise. */
  readonly at: Date;
  /** By how much: below zero where it goes back. */
  readonly minutes: number;
};

const MINUTE_MS = 60_000;
/** No zone changes twice within a day. */
const STEP_MINUTES = 24 * 60;

/** When the wall clock of a zone (IANA name) is changed after one instant, up to another. */
export function listClockChanges(timeZone: string, after: Date, until: Date): ClockChange[] {
  const end = Math.floor(until.getTime() / MINUTE_MS);
  const changes: ClockChange[] = [];
  let from = Math.floor(after.getTime() / MINUTE_MS);
  while (from < end) {
    const to = Math.min(from + STEP_MINUTES, end);
    const [before, later] = [tellOffset(from, timeZone), tellOffset(to, timeZone)];
    if (before !== later) {
      const at = findFirst(from, to, (minute) => tellOffset(minute, timeZone) !== before);
      changes.push({ at: new Date(at * MINUTE_MS), minutes: later - before });
    }
    from = to;
  }
  return changes;
}

/** How many minutes the wall clock is before UTC, at a minute since 1970. */
function tellOffset(minute: number, timeZone: string): number {
  const wall = toWallTime(new Date(minute * MINUTE_MS), timeZone);
  return Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute) / MINUTE_MS - minute;
}

/** The first minute after `before`, up to `after`, of which something is true; it is of `after`. */
function findFirst(before: number, after: number, isTrue: (minute: number) => boolean): number {
  let [low, high] = [before, after];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (isTrue(middle)) high = middle;
    else low = middle;
  }
  return high;
}
