import { toWallTime, type WallTime } from './wall-clock.ts';

const MINUTE_MS = 60_000;
/** No zone is further from UTC. */
const FURTHEST_MS = 15 * 60 * MINUTE_MS;

/**
 * The moment at which the wall clock of a zone jumps over a time, as to the minute; undefined for a
 * time that it shows, and for one on a day that the zone or the calendar has not.
 */
export function findJump(wall: WallTime, timeZone: string): Date | undefined {
  const wanted = toUtc(wall);
  if (!isReal(wall, wanted)) return undefined;
  const shows = (minute: number): WallTime => toWallTime(new Date(minute * MINUTE_MS), timeZone);
  // The first minute that shows the time or a later one is between these two.
  let before = (wanted - FURTHEST_MS) / MINUTE_MS;
  let after = (wanted + FURTHEST_MS) / MINUTE_MS;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (toUtc(shows(middle)) < wanted) before = middle;
    else after = middle;
  }
  const landing = shows(after);
  if (toUtc(landing) === wanted) return undefined;
  // A zone that changes sides of the date line skips a day, and nothing of it falls anywhere.
  const hasDay = isSameDay(shows(before), wall) || isSameDay(landing, wall);
  return hasDay ? new Date(after * MINUTE_MS) : undefined;
}

function toUtc({ year, month, day, hour, minute }: WallTime): number {
  return Date.UTC(year, month - 1, day, hour, minute);
}

/** False for February 30 and for 24:00, which `Date.UTC` reads as another time. */
function isReal({ year, month, day, hour, minute }: WallTime, utc: number): boolean {
  const read = new Date(utc);
  return (
    read.getUTCFullYear() === year &&
    read.getUTCMonth() === month - 1 &&
    read.getUTCDate() === day &&
    read.getUTCHours() === hour &&
    read.getUTCMinutes() === minute
  );
}

function isSameDay(one: WallTime, other: WallTime): boolean {
  return one.year === other.year && one.month === other.month && one.day === other.day;
}
