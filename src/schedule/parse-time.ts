import { toInstants, toWallTime } from './wall-clock.ts';

const CLOCK = /^(\d{1,2}):(\d{2})$/;
const DAY_AND_CLOCK = /^(\d{4})-(\d{2})-(\d{2})[ T](\d{1,2}):(\d{2})$/;
const INSTANT =
  /^(\d{4})-(\d{2})-(\d{2})[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})$/i;

/**
 * Reads a time as a person writes it: "2026-11-23T09:00Z" is an instant, "2026-11-23 09:00" is on
 * the wall clock of the zone, "09:00" is the next time that clock shows it. Undefined when it is
 * none of these, or a time that the clock jumps over.
 */
export function parseTime(text: string, now: Date, timeZone: string): Date | undefined {
  const trimmed = text.trim();
  const date = INSTANT.exec(trimmed)?.slice(1).map(Number);
  if (date !== undefined) {
    const [year = 0, month = 0, day = 0] = date;
    // V8 reads February 30 as March 2.
    if (new Date(Date.UTC(year, month - 1, day)).getUTCDate() !== day) return undefined;
    const instant = new Date(trimmed.replace(' ', 'T'));
    return Number.isNaN(instant.getTime()) ? undefined : instant;
  }
  const full = DAY_AND_CLOCK.exec(trimmed)?.slice(1).map(Number);
  if (full !== undefined) {
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = full;
    return toInstants({ year, month, day, hour, minute }, timeZone)[0];
  }
  const clock = CLOCK.exec(trimmed)?.slice(1).map(Number);
  if (clock === undefined) return undefined;
  const [hour = 0, minute = 0] = clock;
  const today = toWallTime(now, timeZone);
  for (let ahead = 0; ahead < 3; ahead += 1) {
    const day = new Date(Date.UTC(today.year, today.month - 1, today.day + ahead));
    const instants = toInstants(
      {
        year: day.getUTCFullYear(),
        month: day.getUTCMonth() + 1,
        day: day.getUTCDate(),
        hour,
        minute,
      },
      timeZone,
    );
    const next = instants.find((instant) => instant > now);
    if (next !== undefined) return next;
  }
  return undefined;
}

/** An instant as the wall clock of a zone shows it, for people: "Mon, Nov 23, 09:00"; the year where it is another. */
export function formatTime(instant: Date, timeZone: string, now: Date): string {
  const isThisYear = toWallTime(instant, timeZone).year === toWallTime(now, timeZone).year;
  return new Intl.DateTimeFormat('en-US', {
    timeZone,
    weekday: 'short',
    month: 'short',
    day: 'numeric',
    ...(isThisYear ? {} : { year: 'numeric' }),
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(instant);
}
