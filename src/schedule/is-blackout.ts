import type { Blackout } from './programme.ts';
import { toWallTime } from './wall-clock.ts';

/** True for a day (an ISO date) on which nothing is posted by the clock. */
export function isBlackout(blackouts: readonly Blackout[], day: string): boolean {
  return blackouts.some((one) =>
    'weekday' in one ? new Date(day).getUTCDay() === one.weekday : one.from <= day && day <= one.to,
  );
}

/** The day that the wall clock of a zone shows at an instant, as an ISO date. */
export function toDay(instant: Date, timeZone: string): string {
  const { year, month, day } = toWallTime(instant, timeZone);
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
}
