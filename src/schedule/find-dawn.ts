import { findJump } from './find-jump.ts';
import { isBlackout } from './is-blackout.ts';
import type { Programme } from './programme.ts';
import { toInstants, toWallTime } from './wall-clock.ts';

const MOST_DAYS = 800;

/** When the next day begins on which something may be posted; undefined when none comes. */
export function findDawn(
  { blackouts, timeZone }: Pick<Programme, 'blackouts' | 'timeZone'>,
  now: Date,
): Date | undefined {
  const today = toWallTime(now, timeZone);
  for (let ahead = 1; ahead < MOST_DAYS; ahead += 1) {
    const date = new Date(Date.UTC(today.year, today.month - 1, today.day + ahead));
    if (isBlackout(blackouts, date.toISOString().slice(0, 10))) continue;
    const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
    const midnight = { year, month, day, hour: 0, minute: 0 };
    const at = toInstants(midnight, timeZone)[0] ?? findJump(midnight, timeZone);
    if (at !== undefined) return at;
  }
  return undefined;
}
