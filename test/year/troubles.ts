import { PLACES, YEAR } from './places.ts';
import type { Random } from './random.ts';
import { DAY_MS, HOUR_MS } from './timeline.ts';
import { walkSlots } from './walk.ts';

/** A time in which something was not as usual: everywhere, or at one place. */
export type Trouble = {
  readonly kind:
    | 'downtime'
    | 'asleep'
    | 'slow'
    | 'platform down'
    | 'process killed'
    | 'answer lost'
    | 'settings changed';
  readonly from: Date;
  readonly to: Date;
  readonly place?: string;
};

/** What befalls the next process for which its moment comes. */
export type Mishap =
  | 'restart'
  | 'dies in publish'
  | 'dies before settle'
  | 'dies after settle'
  | 'dies before slots'
  | 'dies after slots'
  | 'loses answer'
  | 'cannot look up';

/** What goes wrong in a year. */
export type Fortune = {
  /** In these nothing runs. */
  readonly pauses: readonly Trouble[];
  readonly outage: Trouble & { readonly place: string };
  /** While a second process runs over the same file. */
  readonly second: { readonly from: Date; readonly to: Date };
  readonly mishaps: readonly { readonly at: Date; readonly mishap: Mishap }[];
};

const MINUTE_MS = 60_000;
const COUNTS: readonly (readonly [Mishap, number])[] = [
  ['restart', 40],
  ['dies in publish', 12],
  ['dies before settle', 8],
  ['dies after settle', 6],
  ['dies before slots', 8],
  ['dies after slots', 8],
  ['loses answer', 16],
  ['cannot look up', 4],
];

/** Makes what goes wrong in a year; most of it just when something is to be posted. */
export function makeFortune(random: Random): Fortune {
  const slots = listAllSlots();
  const someSlot = (): Date => slots[random.between(0, slots.length - 1)] ?? YEAR.start;
  const slotIn = (from: string, to: string): Date => {
    const some = slots.filter((at) => at >= new Date(from) && at < new Date(to));
    return some[random.between(0, some.length - 1)] ?? new Date(from);
  };
  const pause = (kind: Trouble['kind'], at: Date, beforeMs: number, lastsMs: number): Trouble => {
    const fromMs = at.getTime() - beforeMs;
    return { kind, from: new Date(fromMs), to: new Date(fromMs + lastsMs) };
  };
  const place = random.pick(['berlin', 'newyork']);
  const downAt = slotIn('2027-02-01T00:00Z', '2027-02-22T00:00Z');
  const long = [
    pause('downtime', slotIn('2027-09-01T00:00Z', '2027-09-14T00:00Z'), HOUR_MS, 7 * DAY_MS),
    pause('asleep', slotIn('2027-03-10T00:00Z', '2027-04-20T00:00Z'), HOUR_MS, 3 * HOUR_MS),
    pause('asleep', slotIn('2027-11-06T00:00Z', '2027-11-30T00:00Z'), HOUR_MS, 3 * HOUR_MS),
  ];
  const outage = { ...pause('platform down', downAt, HOUR_MS, DAY_MS), place };
  const isFree = ({ from, to }: Trouble): boolean =>
    [...long, outage].every((one) => to < one.from || from > one.to);
  const slow = Array.from({ length: 8 }, () =>
    pause('slow', someSlot(), MINUTE_MS, random.between(5, 14) * MINUTE_MS),
  );
  return {
    pauses: [...long, ...slow.filter(isFree)],
    outage,
    second: { from: new Date('2027-10-04T07:11:00Z'), to: new Date('2027-11-09T07:11:00Z') },
    mishaps: COUNTS.flatMap(([mishap, count]) =>
      Array.from({ length: count }, () => ({ at: someSlot(), mishap })),
    ).sort((a, b) => a.at.getTime() - b.at.getTime()),
  };
}

/** Every instant at which some place has a slot, by the walk through the year. */
export function listAllSlots(): Date[] {
  const all = new Set<number>();
  for (const { terms } of PLACES) {
    for (const [index, { from, programme }] of terms.entries()) {
      const until = terms[index + 1]?.from ?? YEAR.tailEnd;
      for (const { at } of walkSlots(programme, from, until)) all.add(at.getTime());
    }
  }
  return [...all].sort((a, b) => a - b).map((ms) => new Date(ms));
}
