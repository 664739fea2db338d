import type { PlanEntry } from '../desk/plan/read-plan.ts';
import { toDay } from '../schedule/is-blackout.ts';
import { toWallTime } from '../schedule/wall-clock.ts';
import type { Output } from './output.ts';
import { nameWithIssue } from './tell-items.ts';

/** Something that is said of a day, an ISO date, before what is posted on it. */
export type DayNote = { readonly day: string; readonly said: string };

export type CalendarView = {
  readonly entries: readonly PlanEntry[];
  readonly notes: readonly DayNote[];
  readonly now: Date;
  /** The zone that times are told in. */
  readonly timeZone: string;
  /** The zone that a destination has its slots in, by its name. */
  readonly zoneOf: (destination: string) => string;
};

type Line = {
  readonly week: string;
  readonly day: string;
  /** Time, state, destination, what. */
  readonly cells: readonly [string, string, string, string];
};

const STYLES = { held: 'magenta', waits: 'yellow', paused: 'red' } as const;
const DAY_MS = 24 * 60 * 60 * 1000;
const MOST_NAME = 18;

/**
 * A plan as the rows of a table: under each week its days, under each day its posts. What is due
 * already stands before the weeks. The last cell, which a table cuts, says what is posted.
 */
export function drawCalendar(
  { entries, notes, now, timeZone, zoneOf }: CalendarView,
  style: Output['style'],
): string[][] {
  const today = toDay(now, timeZone);
  const isStated = entries.some(
    (entry) => tellStanding(entry) !== 'planned' || entry.otherwise !== undefined,
  );
  const isZoned = (entry: PlanEntry): boolean => zoneOf(entry.destination.name) !== timeZone;
  const toLine = (entry: PlanEntry): Line => {
    const { at, destination, issue, title } = entry;
    const day = toDay(at, timeZone);
    const clock = tellClock(at, timeZone);
    const there = isZoned(entry) ? tellThere(at, zoneOf(destination.name), day) : undefined;
    const isNow = entry.isCatchUp === true && at <= now;
    const time = isNow
      ? 'now'
      : there === undefined || there === clock
        ? clock
        : `${clock} (${there})`;
    const week = at <= now ? 'Due' : nameWeek(day, today);
    const what = nameWithIssue(issue, title);
    const state = tellState(entry, timeZone, style);
    return { week, day, cells: [time, state, cut(destination.name), what] };
  };
  const said = notes.map(
    ({ day, said: what }): Line => ({
      week: nameWeek(day, today),
      day,
      cells: ['', '', '', what],
    }),
  );
  const due = entries.filter(({ at }) => at <= now).map(toLine);
  const coming = [...said, ...entries.filter(({ at }) => at > now).map(toLine)];
  // The sort is stable: of one day the notes come first, then the posts by time.
  coming.sort((a, b) => (a.day < b.day ? -1 : Number(a.day > b.day)));
  const rows: string[][] = [];
  let last: Line | undefined;
  for (const line of [...due, ...coming]) {
    if (line.week !== last?.week) {
      if (last !== undefined) rows.push(['']);
      rows.push([style('bold', line.week)]);
    }
    const isNew = line.week !== last?.week || line.day !== last.day;
    const [time, state, ...rest] = line.cells;
    rows.push([isNew ? formatDay(line.day) : '', time, ...(isStated ? [state] : []), ...rest]);
    last = line;
  }
  return rows;
}

/** How an entry stands: it goes out, waits for an editor, is held, or its destination is paused. */
export function tellStanding({
  isTentative,
  delivery,
  isPaused,
}: PlanEntry): 'planned' | 'waits' | 'held' | 'paused' {
  if (isTentative) return 'waits';
  if (delivery?.state === 'held') return 'held';
  return isPaused === true ? 'paused' : 'planned';
}

/** A day, an ISO date, for people: "Mon, Nov 23". */
export function formatDay(day: string): string {
  return new Intl.DateTimeFormat('en-US', {
    timeZone: 'UTC',
    weekday: 'short',
    month: 'short',
    day: 'numeric',
  }).format(new Date(`${day}T00:00Z`));
}

function tellState(entry: PlanEntry, timeZone: string, style: Output['style']): string {
  const standing = tellStanding(entry);
  if (standing !== 'planned') return style(STYLES[standing], standing);
  const { otherwise } = entry;
  if (otherwise === undefined) return '';
  const { at } = otherwise;
  const when =
    at === undefined ? 'later' : `${formatDay(toDay(at, timeZone))}, ${tellClock(at, timeZone)}`;
  return style('yellow', `or ${when}`);
}

/** The week of a day as seen from today; weeks begin on Monday. */
function nameWeek(day: string, today: string): string {
  const weeks = Math.round((toMonday(day) - toMonday(today)) / (7 * DAY_MS));
  if (weeks <= 0) return 'This week';
  return weeks === 1 ? 'Next week' : `In ${weeks} weeks`;
}

function toMonday(day: string): number {
  const ms = Date.parse(`${day}T00:00Z`);
  return ms - ((new Date(ms).getUTCDay() + 6) % 7) * DAY_MS;
}

function tellClock(at: Date, timeZone: string): string {
  const { hour, minute } = toWallTime(at, timeZone);
  return [hour, minute].map((part) => String(part).padStart(2, '0')).join(':');
}

/** The time where a destination is, with its day where that is another. */
function tellThere(at: Date, timeZone: string, day: string): string {
  const there = toDay(at, timeZone);
  const clock = tellClock(at, timeZone);
  return there === day ? clock : `${formatDay(there).slice(0, 3)} ${clock}`;
}

function cut(name: string): string {
  return name.length > MOST_NAME ? `${name.slice(0, MOST_NAME - 1)}…` : name;
}
