import { findJump } from './find-jump.ts';
import { toInstants, toWallTime } from './wall-clock.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/**
 * The instants at which a day of a zone reaches each of some times, in order and each once. `day` is
 * its midnight as if the zone were UTC; the times are minutes since then, in order. A time that the
 * clock shows twice counts at its first, one that it jumps over at the moment of the jump; a day
 * that the zone has not has none.
 */
export function listDaySlots(day: number, minutes: readonly number[], timeZone: string): Date[] {
  const offset = findOffset(day, timeZone);
  if (offset !== undefined) {
    return minutes.map((minute) => new Date(day + minute * MINUTE_MS - offset));
  }
  const date = new Date(day);
  const slots = new Set<number>();
  for (const minute of minutes) {
    const wall = {
      year: date.getUTCFullYear(),
      month: date.getUTCMonth() + 1,
      day: date.getUTCDate(),
      hour: Math.floor(minute / 60),
      minute: minute % 60,
    };
    const at = toInstants(wall, timeZone)[0] ?? findJump(wall, timeZone);
    if (at !== undefined) slots.add(at.getTime());
  }
  return [...slots].sort((a, b) => a - b).map((ms) => new Date(ms));
}

/** How far the zone is ahead of UTC on a day, in milliseconds; undefined when its clock may change. */
function findOffset(day: number, timeZone: string): number | undefined {
  const offset = readOffset(day + 12 * HOUR_MS, timeZone);
  // Some hours more: a clock that goes back the evening before may show this day twice.
  const ends = [day - offset - 3 * HOUR_MS, day - offset + 27 * HOUR_MS];
  return ends.every((end) => readOffset(end, timeZone) === offset) ? offset : undefined;
}

function readOffset(at: number, timeZone: string): number {
  const { year, month, day, hour, minute } = toWallTime(new Date(at), timeZone);
  return Date.UTC(year, month - 1, day, hour, minute) - at;
}
