import { nameItem } from '../../formatters/item.ts';
import type { PlanEntry } from '../desk/plan/read-plan.ts';
import { toDay } from '../schedule/is-blackout.ts';
import { tellStanding } from './draw-calendar.ts';
import { listDayNotes } from './list-day-notes.ts';
import type { PlanView } from './plan.ts';
import { groupLeft } from './print-left.ts';
import { tellResume } from './print-pauses.ts';
import { toHeldJson, toProposedJson } from './print-undecided.ts';

/**
 * A plan as `--json` prints it. Instants are ISO strings in UTC, days ISO dates.
 *
 * - `from`, `until`, `timeZone` (of `day`)
 * - `isRunning`: whether somebody has shown of late that they are there to post it; `heardAt`: when
 *   that was last, or null
 * - `nextSlot`: the next of any destination, whether or not there is something for it; or null
 * - `entries`: `at`, `day`, `destination`, `lane` (null where it is queued already), `issue`,
 *   `item`, `title`, `standing` ("planned", "waits" for an editor, "held", "paused" with its
 *   destination), `otherwise`: null, or `at`, when it goes out instead if what waits before it is
 *   approved by then, null for after `until`; `isCatchUp`: it makes up for what was missed, at `at` or as soon as Paperboy is
 *   started; `isPaused`: its destination takes nothing until a person has acted; `deliveryId` or null
 * - `pauses`: destinations at which nothing goes out: `since` when, the `reason`, the `remedy`, and
 *   the `command` that ends it
 * - `proposed`: what waits for an editor, an issue each; `held`: what editors hold; each with the
 *   `command` that lets it go out
 * - `left`: what has no slot before `until`, with the `reason`: "dropped", "no slot", "passed over"
 *   or "later"
 * - `leftBefore`: so much is left that the clock does not look at issues before this number; or null
 * - `notes`: what is said of a `day`: the clock is changed, a blackout
 */
export function toPlanJson({ desk, plan, undecided, isRunning, heardAt }: PlanView): object {
  const { timeZone } = desk;
  const from = desk.clock.now();
  const { until, nextSlot } = plan;
  return {
    from,
    until,
    timeZone,
    isRunning,
    heardAt: heardAt ?? null,
    nextSlot: nextSlot ?? null,
    entries: plan.entries.map((entry) => ({
      ...toEntryJson(entry),
      day: toDay(entry.at, timeZone),
    })),
    pauses: plan.pauses.map(({ destination: { name }, pause: { pausedAt, reason, remedy } }) => {
      const command = tellResume(name);
      return { destination: name, since: pausedAt, reason, remedy, command };
    }),
    proposed: undecided.proposed.map(toProposedJson),
    held: undecided.held.map(toHeldJson),
    left: groupLeft(desk, plan).flatMap(({ destination, issue, lane, candidates, reason }) =>
      candidates.map(({ item, of }) => {
        const { title } = nameItem(of);
        return { destination: destination.name, issue, lane, item, title, reason };
      }),
    ),
    leftBefore: plan.cutBefore ?? null,
    notes: listDayNotes(desk, from, until),
  };
}

/** Something that will be posted, for programs. */
export function toEntryJson(entry: PlanEntry): object {
  const { at, destination, lane, issue, item, title, delivery } = entry;
  return {
    at,
    destination: destination.name,
    lane: lane ?? null,
    issue,
    item,
    title,
    standing: tellStanding(entry),
    otherwise: entry.otherwise === undefined ? null : { at: entry.otherwise.at ?? null },
    isCatchUp: entry.isCatchUp === true,
    isPaused: entry.isPaused === true,
    deliveryId: delivery?.id ?? null,
  };
}
