import { PaperboyError } from '../kit/errors.ts';
import { parseTime } from '../schedule/parse-time.ts';
import type { Desk } from './desk.ts';

/**
 * A time to come, as a person writes it on the wall clock of the desk. Throws `time.unreadable` and
 * `time.past`.
 */
export function readTime(
  { clock, timeZone }: Pick<Desk, 'clock' | 'timeZone'>,
  text: string,
): Date {
  const now = clock.now();
  const time = parseTime(text, now, timeZone);
  if (time === undefined) {
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
