import { PaperboyError } from '../kit/errors.ts';
import { findJump } from '../schedule/find-jump.ts';
import { parseTime } from '../schedule/parse-time.ts';
import { toWallTime } from '../schedule/wall-clock.ts';
import type { Desk } from './desk.ts';

/**
 * A time to come, as a person writes it on the wall clock of the desk. Throws `time.unreadable`,
 * `time.skipped` and `time.past`.
 */
export function readTime(
  { clock, timeZone }: Pick<Desk, 'clock' | 'timeZone'>,
  text: string,
): Date {
  const now = clock.now();
  const time = parseTime(text, now, timeZone);
  if (time === undefined) {
    const landing = findLanding(text, now, timeZone);
    if (landing !== undefined) {
      throw new PaperboyError(
        'time.skipped',
        `Cannot post at “${text}” as the clock in ${timeZone} skips that time on that day`,
        `Give ${landing}, to which it jumps, or another time that it shows.`,
      );
    }
    throw new PaperboyError(
      'time.unreadable',
      `Cannot post at “${text}” as it is no time`,
      `Write it as 09:00 or 2026-11-23 09:00 (in ${timeZone}), or 2026-11-23T09:00Z.`,
    );
  }
  if (time > now) return time;
  throw new PaperboyError(
    'time.past',
    `Cannot post at “${text}” as that is over`,
    'Give a time to come, or leave it out to post now.',
  );
}

/** Where the clock of a zone lands that jumps over a time, as it is written here. */
function findLanding(text: string, now: Date, timeZone: string): string | undefined {
  // UTC skips nothing: what is no time there is none anywhere.
  const asUtc = parseTime(text, now, 'UTC');
  const jump = asUtc && findJump(toWallTime(asUtc, 'UTC'), timeZone);
  if (jump === undefined) return undefined;
  const { year, month, day, hour, minute } = toWallTime(jump, timeZone);
  const landing = new Date(Date.UTC(year, month - 1, day, hour, minute));
  return landing.toISOString().slice(0, 16).replace('T', ' ');
}
