import { createTask, parse } from 'node-cron';
import { listDaySlots } from './list-day-slots.ts';
import { toWallTime } from './wall-clock.ts';

/** When something is posted: a cron expression of five fields, in a time zone (IANA name). */
export type Schedule = { readonly cron: string; readonly timeZone: string };

/** A day that an expression names, as an ISO date, and its slots in order, each once. */
export type SlotDay = { readonly day: string; readonly slots: readonly Date[] };

/** The rarest expression is a leap day on one day of the week: every 28 years, 40 across 2100. */
const MOST_DAYS = 40 * 366;
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * The days that a schedule names, from `now` on in a direction, so that no slot on that side of it
 * is left out; some of the first may be on the other side. node-cron decides which days and minutes
 * are slots. It ends after `mostDays` days, however many of them were named.
 */
export function* eachDay(
  { cron, timeZone }: Schedule,
  now: Date,
  step: 1 | -1,
  mostDays = MOST_DAYS,
): Generator<SlotDay> {
  const today = toWallTime(now, timeZone);
  // Begin a day early: what the clock jumps over or shows twice may belong to the day beside.
  const first = Date.UTC(today.year, today.month - 1, today.day) - step * DAY_MS;
  for (let i = 0; i < mostDays; i += 1) {
    const day = readDay(cron, timeZone, first + i * step * DAY_MS);
    if (day !== undefined) yield day;
  }
}

/** The same few days are asked for every minute. */
const knownDays = new Map<string, SlotDay | undefined>();
const MOST_KNOWN_SLOTS = 20_000;
let knownSlots = 0;

/** A day, by its midnight as if the zone were UTC; undefined where the expression does not name it. */
function readDay(cron: string, timeZone: string, midnight: number): SlotDay | undefined {
  const key = `${midnight} ${timeZone} ${cron}`;
  if (knownDays.has(key)) return knownDays.get(key);
  const { minutes, isNamed } = readCron(cron);
  const date = new Date(midnight);
  const day = isNamed(date)
    ? { day: date.toISOString().slice(0, 10), slots: listDaySlots(midnight, minutes, timeZone) }
    : undefined;
  if (knownSlots > MOST_KNOWN_SLOTS) {
    knownDays.clear();
    knownSlots = 0;
  }
  knownSlots += 1 + (day?.slots.length ?? 0);
  knownDays.set(key, day);
  return day;
}

/** An expression as it is read once: the minutes of a day, in order, and which days it names. */
type Cron = { readonly minutes: readonly number[]; readonly isNamed: (midnight: Date) => boolean };

const crons = new Map<string, Cron>();

function readCron(cron: string): Cron {
  const known = crons.get(cron);
  if (known !== undefined) return known;
  const { hour, minute, month } = parse(cron);
  // Days are told apart before their minutes are looked at: "* * 29 2 *" has 1440 of them a day.
  const everyMinute = `* * ${cron.trim().split(/\s+/).slice(2).join(' ')}`;
  const days = createTask(everyMinute, () => {}, { timezone: 'UTC' });
  const read = {
    minutes: hour.flatMap((h) => minute.map((m) => h * 60 + m)).sort((one, other) => one - other),
    isNamed: (midnight: Date) => month.includes(midnight.getUTCMonth() + 1) && days.match(midnight),
  };
  // It was never started, and only tells days apart.
  void days.destroy();
  crons.set(cron, read);
  return read;
}
