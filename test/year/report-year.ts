import type { SlotFate } from './expect.ts';
import type { Fault, Verdict } from './judge-year.ts';
import { PLACES, YEAR } from './places.ts';
import type { Year } from './run-year.ts';
import { walkChanges } from './walk.ts';

type Judged = Verdict['places'][number];

/** What happened in a year, for people: at most a hundred columns wide. */
export function reportYear(year: Year, { faults, places }: Verdict): string {
  const { seed, facts, counts, troubles } = year;
  const count = (test: (fact: Year['facts'][number]) => boolean): number =>
    facts.filter(test).length;
  const saved = (how: string): number =>
    count((fact) => fact.kind === 'import' && fact.saved === how);
  const acts = count((fact) => fact.kind !== 'import' && fact.kind !== 'tick');
  const kinds = [...Map.groupBy(troubles, ({ kind }) => kind)];
  return [
    `A simulated year, seed ${seed}: ${toDay(YEAR.start)} to ${toDay(YEAR.end)}, six weeks more for what is left`,
    `  ${saved('new') - 30} issues and 30 old ones, ${saved('unchanged')} imported twice, ${saved('revised')} corrections, ${acts} acts of editors`,
    `  ${counts.processes} processes, ${counts.deaths} of them killed; ${counts.steps} minutes looked at`,
    `  ${kinds.map(([kind, all]) => `${kind}: ${all.length}`).join(', ')}`,
    '',
    writeTable(faults, places),
    '',
    'Empty slots: why',
    ...places.map((place) => `  ${nameOf(place).padEnd(9)}${writeEmpty(place)}`),
    '',
    'Off their minute: why, how often, and how late at most',
    ...places.map((place) => `  ${nameOf(place).padEnd(9)}${writeLate(place)}`),
    '',
    'The rest of older issues',
    ...places.map((place) => `  ${nameOf(place).padEnd(9)}${writeRest(place)}`),
    '',
    'Clocks that were set',
    ...writeChanges(places),
    '',
    faults.length === 0
      ? 'Every item was posted once, in order, at its slot.'
      : `${faults.length} faults:`,
    ...faults
      .slice(0, 20)
      .map(({ kind, place, at, what }) => `  ${at.toISOString()} ${place}: ${kind}: ${what}`),
  ].join('\n');
}

const COLUMNS = [
  'slots',
  'taken',
  'empty',
  'passed',
  'behind',
  'caught',
  'missed',
  'by hand',
  'posts',
  'doubles',
  'lost',
  'unruly',
] as const;

function writeTable(faults: readonly Fault[], places: readonly Judged[]): string {
  const row = (name: string, cells: readonly (string | number)[]): string =>
    `  ${name.padEnd(9)}${cells.map((cell, index) => String(cell).padStart(COLUMNS[index]?.length ?? 0)).join(' ')}`;
  const rows = places.map((place) => {
    const { slots, wanted, posts } = place;
    const fates = (...some: SlotFate[]): number =>
      slots.filter(({ fate }) => some.includes(fate)).length;
    const here = (...kinds: Fault['kind'][]): number =>
      faults.filter((one) => one.place === nameOf(place) && kinds.includes(one.kind)).length;
    return row(nameOf(place), [
      slots.length,
      fates('taken'),
      fates('nothing there', 'waits for editors', 'all dropped'),
      fates('passed over'),
      fates('behind'),
      fates('caught up'),
      fates('missed'),
      wanted.filter(({ how }) => how === 'by hand').length,
      posts.filter(({ index }) => index === 0).length,
      here('double'),
      here('lost'),
      here('out of order'),
    ]);
  });
  return [row('', COLUMNS), ...rows].join('\n');
}

function writeEmpty({ slots }: Judged): string {
  const empty = ['nothing there', 'waits for editors', 'all dropped'] as const;
  return empty.map((why) => `${why} ${slots.filter(({ fate }) => fate === why).length}`).join(', ');
}

function writeLate({ matches }: Judged): string {
  const late = matches.filter(({ why }) => why !== undefined);
  const text = [...Map.groupBy(late, ({ why }) => why)].map(([why, all]) => {
    const longest = Math.max(
      ...all.map(({ at, wanted }) => (at?.getTime() ?? 0) - wanted.dueAt.getTime()),
    );
    return `${why} ${all.length} (${Math.round(longest / 60_000)} min)`;
  });
  return text.length === 0 ? 'none' : text.join(', ');
}

function writeRest({ place, room, wanted, since }: Judged): string {
  const got = new Set(wanted.map(({ issue, item }) => `${issue} ${item}`));
  const rests = place.terms.map(({ programme }) => programme.rest);
  const rest = rests.filter((one, index) => one !== rests[index - 1]).join(', then ');
  const issues = room.listAll().filter(({ issue, isOld }) => !isOld && issue >= since);
  const left = issues.map(({ issue, items }) =>
    items.filter(({ item, lane }) => lane === 'papers' && !got.has(`${issue} ${item}`)),
  );
  const all = left.flat();
  const held = all.filter(({ standing }) => standing === 'held').length;
  const from = left.filter((some) => some.length > 0).length;
  return `${rest}: ${all.length} papers of ${from} issues not posted, ${held} of them held`;
}

function writeChanges(places: readonly Judged[]): string[] {
  const zones = new Set(
    PLACES.flatMap(({ terms }) => terms.map(({ programme }) => programme.timeZone)),
  );
  return [...zones].flatMap((zone) =>
    walkChanges(zone, YEAR.start, YEAR.tailEnd).flatMap(({ at, minutes }) => {
      const title = `  ${at.toISOString().slice(0, 16)}Z ${zone}: ${minutes} minutes`;
      const near = places.flatMap((place) =>
        place.slots
          .filter(({ at: slot }) => Math.abs(slot.getTime() - at.getTime()) <= 2 * 3_600_000)
          .filter(() => place.place.terms[0]?.programme.timeZone === zone)
          .map(({ at: slot, lane, fate, item }) => {
            const clock = toClock(slot, zone);
            return `    ${nameOf(place)}, ${lane} at ${slot.toISOString().slice(11, 16)}Z (${clock} there): ${fate} ${item === undefined ? '' : `#${item}`}`.trimEnd();
          }),
      );
      return [title, ...near];
    }),
  );
}

function toClock(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  }).format(at);
}

function nameOf({ place }: Judged): string {
  return place.destination.name;
}

function toDay(at: Date): string {
  return at.toISOString().slice(0, 10);
}
