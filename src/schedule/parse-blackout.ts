import type { Blackout } from './programme.ts';

const RANGE = /^(\d{4}-\d{2}-\d{2})(?:\.\.(\d{4}-\d{2}-\d{2}))?$/;
const WEEKDAYS = [
  'sunday',
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
] as const;

/**
 * Reads a day on which the clock posts nothing: "2026-12-24", "2026-12-31..2027-01-02" with both
 * ends, "Sun" or "Sunday". Undefined for anything else, a day that no calendar has and a range that
 * ends before it begins.
 */
export function parseBlackout(text: string): Blackout | undefined {
  const name = text.toLowerCase();
  const weekday = WEEKDAYS.findIndex((one) => one === name || one.slice(0, 3) === name);
  if (weekday >= 0) return { weekday };
  const [, from, to = from] = RANGE.exec(text) ?? [];
  if (from === undefined || to === undefined) return undefined;
  return isDay(from) && isDay(to) && from <= to ? { from, to } : undefined;
}

/** V8 reads February 30 as March 2, and others not at all. */
function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
