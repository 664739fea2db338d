import { eachDay, type Schedule } from './each-day.ts';

export type { Schedule } from './each-day.ts';

/** The last slot at or before `now`; undefined for an expression that never comes. */
export function findPreviousSlot(schedule: Schedule, now: Date): Date | undefined {
  for (const { slots } of eachDay(schedule, now, -1)) {
    const slot = slots.findLast((instant) => instant <= now);
    if (slot !== undefined) return slot;
  }
  return undefined;
}

/** The first slot after `now`; undefined for an expression that never comes. */
export function findNextSlot(schedule: Schedule, now: Date): Date | undefined {
  for (const { slots } of eachDay(schedule, now, 1)) {
    const slot = slots.find((instant) => instant > now);
    if (slot !== undefined) return slot;
  }
  return undefined;
}
