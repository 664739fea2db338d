import { type Expected, expectPlace, type Wanted } from './expect.ts';
import { judgeRecord } from './judge-record.ts';
import { PLACES, YEAR } from './places.ts';
import type { Post } from './record.ts';
import type { Year } from './run-year.ts';
import type { Trouble } from './troubles.ts';

/** Something that is not as it should be. */
export type Fault = {
  readonly kind:
    | 'double'
    | 'lost'
    | 'unasked'
    | 'out of order'
    | 'off its slot'
    | 'blackout'
    | 'gap'
    | 'burst'
    | 'other words'
    | 'torn thread';
  readonly place: string;
  readonly at: Date;
  readonly what: string;
};

/** What was posted of an item, beside what was to be. */
export type Match = {
  readonly wanted: Wanted;
  readonly at: Date | undefined;
  /** Why it went out later than in the minute of its time. */
  readonly why: Trouble['kind'] | undefined;
};

export type Verdict = {
  readonly faults: readonly Fault[];
  readonly places: readonly (Expected & {
    readonly matches: readonly Match[];
    readonly posts: readonly Post[];
  })[];
};

const MINUTE_MS = 60_000;

/** Compares what the platforms took with what the rules ask for, item by item. */
export function judgeYear(year: Year): Verdict {
  const faults: Fault[] = [];
  const places = PLACES.map((place) => {
    const { name } = place.destination;
    const expected = expectOnce(place, year);
    const posts = year.posts.filter((post) => post.place === name);
    const firsts = posts.filter(({ index }) => index === 0);
    const tell = (kind: Fault['kind'], at: Date, what: string): void => {
      faults.push({ kind, place: name, at, what });
    };

    const byItem = Map.groupBy(firsts, keyOf);
    const wanted = new Map(expected.wanted.map((one) => [keyOf(one), one]));
    for (const [key, [first, again]] of byItem) {
      if (first === undefined) continue;
      if (again !== undefined) tell('double', again.at, key);
      if (!wanted.has(key)) tell('unasked', first.at, key);
    }
    const matches = expected.wanted.map((one): Match => {
      const first = byItem.get(keyOf(one))?.[0];
      if (first === undefined) {
        tell('lost', one.dueAt, keyOf(one));
        return { wanted: one, at: undefined, why: undefined };
      }
      const why = findExcuse(year.troubles, one, first.at);
      if (first.at < one.at) tell('off its slot', first.at, `${keyOf(one)} is early`);
      // What is caught up goes out as soon as it is planned.
      const since = one.how === 'catch-up' ? one.at : one.dueAt;
      const isLate = first.at.getTime() - since.getTime() >= MINUTE_MS;
      if (isLate && why === undefined) tell('off its slot', first.at, `${keyOf(one)} is late`);
      const said = posts.filter((post) => keyOf(post) === keyOf(one)).map(({ text }) => text);
      if (!isLate && !said.join(' ').includes(one.says)) {
        tell('other words', first.at, `${keyOf(one)} does not say “${one.says}”`);
      }
      return { wanted: one, at: first.at, why: isLate ? why : undefined };
    });
    for (const [key, thread] of Map.groupBy(posts, keyOf)) {
      const indexes = thread.map(({ index }) => index);
      const isWhole = indexes.every((index, place) => index === place);
      const [first] = thread;
      if (first === undefined || (isWhole && indexes.length === first.count)) continue;
      tell('torn thread', first.at, `${key} has ${indexes.join(', ')} of ${first.count}`);
    }

    const line = expected.wanted
      .filter((one) => byItem.has(keyOf(one)))
      .toSorted((a, b) => a.dueAt.getTime() - b.dueAt.getTime());
    const keys = new Set(line.map(keyOf));
    const went = firsts.filter((post) => keys.has(keyOf(post)));
    const once = went.filter(
      (post, index) => went.findIndex((it) => keyOf(it) === keyOf(post)) === index,
    );
    for (const [index, post] of once.entries()) {
      const instead = line[index];
      if (instead === undefined || keyOf(instead) === keyOf(post)) continue;
      tell('out of order', post.at, `${keyOf(post)} where ${keyOf(instead)} was to be`);
    }
    for (const left of listLeft(expected)) tell('lost', YEAR.tailEnd, `${left} was left over`);
    judgeRecord(expected, firsts, year, tell);
    return { ...expected, matches, posts };
  });
  return { faults, places };
}

/** What a year asks for stays the same, whatever record of it is shown. */
function expectOnce(place: (typeof PLACES)[number], year: Year): Expected {
  const ofYear = expectations.get(year.facts) ?? new Map<string, Expected>();
  expectations.set(year.facts, ofYear);
  const { name } = place.destination;
  const expected = ofYear.get(name) ?? expectPlace(place, year);
  ofYear.set(name, expected);
  return expected;
}

const expectations = new WeakMap<Year['facts'], Map<string, Expected>>();

/** What nobody holds and no slot came for, where nothing is dropped. */
function listLeft({ place, room, since, wanted }: Expected): string[] {
  const got = new Set(wanted.map(keyOf));
  const programmes = place.terms.map(({ programme }) => programme);
  if (programmes.some(({ rest }) => rest === 'drop')) return [];
  return room
    .listAll()
    .filter(({ issue, isOld }) => !isOld && issue >= since)
    .flatMap(({ items }) => items)
    .filter(({ lane, standing }) => {
      const hasSlots = programmes.every(({ crons }) => crons[lane].length > 0);
      return hasSlots && standing !== 'held';
    })
    .map(keyOf)
    .filter((key) => !got.has(key));
}

/** What hindered it: the place, the process, or what was in line before it. */
function findExcuse(
  troubles: readonly Trouble[],
  { place, dueAt }: Wanted,
  at: Date,
): Trouble['kind'] | undefined {
  // It goes out within a minute of the end of what hindered it.
  const isExcuse = (one: Trouble): boolean =>
    (one.place ?? place) === place &&
    one.from <= at &&
    one.to >= dueAt &&
    at.getTime() - one.to.getTime() < MINUTE_MS;
  return troubles.find(isExcuse)?.kind;
}

function keyOf({ issue, item }: { readonly issue: number; readonly item: string }): string {
  return `#${issue} ${item}`;
}
