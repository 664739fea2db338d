import { createTask, parse } from 'node-cron';
import { toInstants, toWallTime } from './wall-clock.ts';

/** When something is posted: a cron expression of five fields, in a time zone (IANA name). */
export type Schedule = { readonly cron: string; readonly timeZone: string };

/** The rarest expression is a leap day on one day of the week: every 28 years, 40 across 2100. */
const MOST_DAYS = 40 * 366;
const DAY_MS = 24 * 60 * 60 * 1000;

/** The last slot at or before `now`; undefined for an expression that never comes. */
export function findPreviousSlot(schedule: Schedule, now: Date): Date | undefined {
  for (const slots of eachDay(schedule, now, -1)) {
    const slot = slots.findLast((instant) => instant <= now);
    if (slot !== undefined) return slot;
  }
  return undefined;
}

/** The first slot after `now`; undefined for an expression that never comes. */
export function findNextSlot(schedule: Schedule, now: Date): Date | undefined {
  for (const slots of eachDay(schedule, now, 1)) {
    const slot = slots.find((instant) => instant > now);
    if (slot !== undefined) return slot;
  }
  return undefined;
}

/**
 * The slots of each day that has one, from today on in a direction, in order within a day. node-cron
 * decides which days and minutes are slots; a time that exists twice on a day counts once, at its
 * first, and one that the clock jumps over not at all.
 */
function* eachDay({ cron, timeZone }: Schedule, now: Date, step: 1 | -1): Generator<Date[]> {
  const { hour, minute, month } = parse(cron);
  // Days are told apart before their minutes are looked at: "* * 29 2 *" has 1440 of them a day.
  const everyMinute = `* * ${cron.trim().split(/\s+/).slice(2).join(' ')}`;
  const days = createTask(everyMinute, () => {}, { timezone: 'UTC' });
  try {
    const today = toWallTime(now, timeZone);
    // Begin a day early: noon there may be another day here.
    const noon = Date.UTC(today.year, today.month - 1, today.day, 12) - step * DAY_MS;
    for (let i = 0; i < MOST_DAYS; i += 1) {
      const date = new Date(noon + i * step * DAY_MS);
      if (!month.includes(date.getUTCMonth() + 1) || !days.match(date)) continue;
      const day = {
        year: date.getUTCFullYear(),
        month: date.getUTCMonth() + 1,
        day: date.getUTCDate(),
      };
      const slots: Date[] = [];
      for (const h of hour) {
        for (const m of minute) {
          const instant = toInstants({ ...day, hour: h, minute: m }, timeZone)[0];
          if (instant !== undefined) slots.push(instant);
        }
      }
      yield slots.sort((a, b) => a.getTime() - b.getTime());
    }
  } finally {
    void days.destroy();
  }
}
