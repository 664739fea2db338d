import { eachDay } from './each-day.ts';
import { isBlackout, toDay } from './is-blackout.ts';
import { LANES, type Lane, type LaneSlot, type Programme } from './programme.ts';

/** What of a programme makes its slots. */
export type Timetable = Pick<Programme, 'crons' | 'timeZone' | 'blackouts'>;

const DAY_MS = 24 * 60 * 60 * 1000;
const YEAR_MS = 366 * DAY_MS;

/**
 * The slots of some lanes after one instant, up to and including another: by time, and at one
 * instant as the lanes go. Each lane has an instant once, however many of its expressions name it.
 * Nothing of a blackout day is there: neither what it names nor what falls on it.
 */
export function listSlots(
  timetable: Timetable,
  after: Date,
  until: Date,
  lanes: readonly Lane[] = LANES,
): LaneSlot[] {
  return LANES.filter((lane) => lanes.includes(lane))
    .flatMap((lane) => {
      const instants = new Set<number>();
      for (const cron of timetable.crons[lane]) {
        for (const slots of eachOpenDay(timetable, cron, after, until, 1)) {
          for (const at of slots) instants.add(at.getTime());
        }
      }
      return [...instants].map((ms): LaneSlot => ({ lane, at: new Date(ms) }));
    })
    .sort((one, other) => one.at.getTime() - other.at.getTime());
}

/**
 * The last slot of a lane after one instant, up to and including another, and no longer than a year
 * before that; undefined when it has none: of an expression that never comes this is asked every minute.
 */
export function findLastSlot(
  timetable: Timetable,
  lane: Lane,
  after: Date,
  until: Date,
): Date | undefined {
  let last: Date | undefined;
  const earliest = new Date(Math.max(after.getTime(), until.getTime() - YEAR_MS));
  for (const cron of timetable.crons[lane]) {
    for (const slots of eachOpenDay(timetable, cron, last ?? earliest, until, -1)) {
      const slot = slots.at(-1);
      if (slot === undefined) continue;
      last = slot;
      break;
    }
  }
  return last;
}

/** Day by day in a direction, the slots of an expression in the interval. */
function* eachOpenDay(
  { timeZone, blackouts }: Timetable,
  cron: string,
  after: Date,
  until: Date,
  step: 1 | -1,
): Generator<readonly Date[]> {
  if (until <= after) return;
  const from = step > 0 ? after : until;
  // A day more at each end, for what falls on the day beside, and for the zone's side of UTC.
  const mostDays = Math.ceil((until.getTime() - after.getTime()) / DAY_MS) + 4;
  for (const { day, slots } of eachDay({ cron, timeZone }, from, step, mostDays)) {
    if (isBlackout(blackouts, day)) continue;
    const open = slots.filter((at) => at > after && at <= until);
    const last = open.at(-1);
    // What a jump over midnight moves to the next day is the last of its own.
    if (last !== undefined && isBlackout(blackouts, toDay(last, timeZone))) open.pop();
    yield open;
  }
}
