import type { Blackout, Lane, Programme } from '../../src/schedule/programme.ts';

/*
 * Slots as a person finds them who watches the clock on the wall of a zone for a year. Nothing of
 * `src/schedule` is called.
 */

export type WalkedSlot = { readonly lane: Lane; readonly at: Date };

/** A day on which the wall clock of a zone was set, and by how much. */
export type ClockChange = {
  readonly at: Date;
  readonly timeZone: string;
  readonly minutes: number;
};

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const LANES = ['digest', 'news', 'papers'] as const;

/** The slots of a programme after one instant, up to another: at one instant the digest, the news, a paper. */
export function walkSlots(programme: Programme, after: Date, until: Date): readonly WalkedSlot[] {
  const key = `${JSON.stringify(programme)} ${after.toISOString()} ${until.toISOString()}`;
  const known = walks.get(key) ?? walk(programme, after, until);
  walks.set(key, known);
  return known;
}

/** A year is walked once, however often it is asked for. */
const walks = new Map<string, readonly WalkedSlot[]>();

function walk(programme: Programme, after: Date, until: Date): WalkedSlot[] {
  const tests = LANES.map((lane) => ({ lane, isNamed: programme.crons[lane].map(readCron) }));
  const slots: WalkedSlot[] = [];
  let latest = Number.NEGATIVE_INFINITY;
  // From a day before, so that what is shown a second time is known.
  const begin = Math.floor(after.getTime() / HOUR_MS) * HOUR_MS - 24 * HOUR_MS;
  let shownBefore = showWall(begin, programme.timeZone) - 1;
  for (let hour = begin; hour <= until.getTime(); hour += HOUR_MS) {
    const shown = showWall(hour, programme.timeZone);
    // All that the clock has jumped over is as if it were now.
    for (let wall = shownBefore + 1; wall < shown; wall += 1) check(wall, hour);
    for (let minute = 0; minute < 60; minute += 1) check(shown + minute, hour + minute * MINUTE_MS);
    shownBefore = shown + 59;
  }
  // A jump brings several minutes to one instant.
  return slots.sort(
    (a, b) => a.at.getTime() - b.at.getTime() || LANES.indexOf(a.lane) - LANES.indexOf(b.lane),
  );

  function check(wall: number, instant: number): void {
    // What was shown before is shown a second time.
    if (wall <= latest) return;
    latest = wall;
    if (instant <= after.getTime() || instant > until.getTime()) return;
    for (const { lane, isNamed } of tests) {
      if (!isNamed.some((one) => one(wall)) || isSilent(programme.blackouts, wall)) continue;
      const at = new Date(instant);
      const isThere = slots.some((slot) => slot.lane === lane && slot.at.getTime() === instant);
      if (!isThere) slots.push({ lane, at });
    }
  }
}

/** When the clock of a zone was set, between two instants. */
export function walkChanges(timeZone: string, after: Date, until: Date): ClockChange[] {
  const changes: ClockChange[] = [];
  let shown = showWall(Math.floor(after.getTime() / HOUR_MS) * HOUR_MS, timeZone);
  const first = Math.floor(after.getTime() / HOUR_MS) * HOUR_MS + HOUR_MS;
  for (let hour = first; hour <= until.getTime(); hour += HOUR_MS) {
    const next = showWall(hour, timeZone);
    if (next !== shown + 60) {
      changes.push({ at: new Date(hour), timeZone, minutes: next - shown - 60 });
    }
    shown = next;
  }
  return changes;
}

/** True when the wall clock of a zone shows a day on which nothing is posted. */
export function isSilentAt({ blackouts, timeZone }: Programme, at: Date): boolean {
  return isSilent(blackouts, showWall(at.getTime(), timeZone));
}

/** What is shown at an instant, as minutes since 1970 of a clock without a zone. */
function showWall(instant: number, timeZone: string): number {
  const parts = new Map(
    formatterOf(timeZone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const read = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const day = Date.UTC(read('year'), read('month') - 1, read('day'), read('hour'), read('minute'));
  return day / MINUTE_MS;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known !== undefined) return known;
  const numeric = 'numeric';
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: numeric,
    month: numeric,
    day: numeric,
    hour: numeric,
    minute: numeric,
  });
  formatters.set(timeZone, made);
  return made;
}

function isSilent(blackouts: readonly Blackout[], wall: number): boolean {
  const date = new Date(wall * MINUTE_MS);
  const day = date.toISOString().slice(0, 10);
  return blackouts.some((one) =>
    'weekday' in one ? one.weekday === date.getUTCDay() : day >= one.from && day <= one.to,
  );
}

/** Reads an expression of lists, ranges and stars; days of the month and months are all here. */
function readCron(cron: string): (wall: number) => boolean {
  const [minutes = '', hours = '', dayOfMonth, month, weekdays = ''] = cron.split(' ');
  if (dayOfMonth !== '*' || month !== '*') throw new Error(`the walk does not know “${cron}”`);
  const [isMinute, isHour, isWeekday] = [minutes, hours, weekdays].map(readField);
  // The first of January 1970 was a Thursday.
  return (wall) =>
    isMinute?.[wall % 60] === true &&
    isHour?.[Math.floor(wall / 60) % 24] === true &&
    isWeekday?.[(Math.floor(wall / 1440) + 4) % 7] === true;
}

function readField(field: string): boolean[] {
  return Array.from({ length: 60 }, (_, value) =>
    field.split(',').some((part) => {
      const [low = '', high = low] = part.split('-');
      return part === '*' || (Number(low) <= value && value <= Number(high));
    }),
  );
}
