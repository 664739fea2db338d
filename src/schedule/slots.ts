import { createTask, parse } from 'node-cron';
import { toInstants, toWallTime } from './wall-clock.ts';

/** When something is posted: a cron expression of five fields, in a time zone (IANA name). */
export type Schedule = { readonly cron: string; readonly timeZone: string };

/** The rarest expression that makes sense is one day a year; leap days come every four or eight. */
const MOST_DAYS = 8 * 366 + 2;
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
 * The slots of each day from today on in a direction, in order within a day. node-cron decides
 * which minutes are slots; a time that exists twice on a day counts once, at its first.
 */
function* eachDay({ cron, timeZone }: Schedule, now: Date, step: 1 | -1): Generator<Date[]> {
  const { hour, minute } = parse(cron);
  const task = createTask(cron, () => {}, { timezone: timeZone });
  try {
    const today = toWallTime(now, timeZone);
    // Begin a day early: noon there may be another day here.
    const noon = Date.UTC(today.year, today.month - 1, today.day, 12) - step * DAY_MS;
    for (let i = 0; i < MOST_DAYS; i += 1) {
      const date = new Date(noon + i * step * DAY_MS);
      const day = {
        year: date.getUTCFullYear(),
        month: date.getUTCMonth() + 1,
        day: date.getUTCDate(),
      };
      const slots: Date[] = [];
      for (const h of hour) {
        for (const m of minute) {
          const instant = toInstants({ ...day, hour: h, minute: m }, timeZone)[0];
          if (instant !== undefined && task.match(instant)) slots.push(instant);
        }
      }
      yield slots.sort((a, b) => a.getTime() - b.getTime());
    }
  } finally {
    void task.destroy();
  }
}
