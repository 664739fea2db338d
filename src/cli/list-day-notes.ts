import type { Desk } from '../desk/desk.ts';
import { toDay } from '../schedule/is-blackout.ts';
import { listClockChanges } from '../schedule/list-clock-changes.ts';
import { type DayNote, formatDay } from './draw-calendar.ts';
import { joinAnd } from './tell-items.ts';

type PlacesDesk = Pick<Desk, 'scheduled' | 'programme' | 'timeZone'>;

const WEEKDAYS = [
  'Sundays',
  'Mondays',
  'Tuesdays',
  'Wednesdays',
  'Thursdays',
  'Fridays',
  'Saturdays',
] as const;

/** What is to be said of days between two instants: where the clock is changed, and is silent. */
export function listDayNotes(desk: PlacesDesk, now: Date, until: Date): DayNote[] {
  return [...listChanges(desk, now, until), ...listBlackouts(desk, now, until)];
}

/** The days of the week on which the clock posts nothing, a sentence each. */
export function listSilentDays(desk: PlacesDesk): string[] {
  return WEEKDAYS.flatMap((name, weekday) => {
    const places = desk.scheduled.filter((one) =>
      desk
        .programme(one.name)
        .blackouts.some((blackout) => 'weekday' in blackout && blackout.weekday === weekday),
    );
    if (places.length === 0) return [];
    return [`The clock posts nothing${tellPlaces(desk, places)} on ${name} (blackout).`];
  });
}

function listChanges(desk: PlacesDesk, now: Date, until: Date): DayNote[] {
  const places = Map.groupBy(desk.scheduled, ({ name }) => desk.programme(name).timeZone);
  return [...new Set([desk.timeZone, ...places.keys()])].flatMap((zone) =>
    listClockChanges(zone, now, until).map(({ at, minutes }): DayNote => {
      const span = Math.abs(minutes) === 60 ? 'an hour' : `${Math.abs(minutes)} minutes`;
      const where = zone === desk.timeZone ? '' : ` in ${zone}`;
      const way = minutes < 0 ? 'back' : 'forward';
      return { day: toDay(at, desk.timeZone), said: `the clock goes ${way} ${span}${where}` };
    }),
  );
}

function listBlackouts(desk: PlacesDesk, now: Date, until: Date): DayNote[] {
  const spans = new Map<
    string,
    { from: string; to: string; places: Desk['scheduled'][number][] }
  >();
  for (const place of desk.scheduled) {
    const { timeZone, blackouts } = desk.programme(place.name);
    const [first, last] = [toDay(now, timeZone), toDay(until, timeZone)];
    for (const blackout of blackouts) {
      if ('weekday' in blackout || blackout.to < first || blackout.from > last) continue;
      const { to } = blackout;
      const from = blackout.from < first ? first : blackout.from;
      const span = spans.get(`${from} ${to}`) ?? { from, to, places: [] };
      if (!span.places.includes(place)) span.places.push(place);
      spans.set(`${from} ${to}`, span);
    }
  }
  return [...spans.values()].map(({ from, to, places }): DayNote => {
    const end = from === to ? '' : ` until ${formatDay(to)}`;
    return {
      day: from,
      said: `the clock posts nothing${tellPlaces(desk, places)}${end} (blackout)`,
    };
  });
}

/** Places are named where they are not all that there are. */
function tellPlaces(desk: PlacesDesk, places: PlacesDesk['scheduled']): string {
  if (places.length === desk.scheduled.length) return '';
  return ` to ${joinAnd(places.map(({ name }) => name))}`;
}
