import { shortenId } from '../desk/act.ts';
import type { Desk } from '../desk/desk.ts';
import type { PlanEntry } from '../desk/plan/read-plan.ts';
import type { Status } from '../desk/status.ts';
import type { Delivery } from '../outbox/delivery.ts';
import { tellState } from '../outbox/transitions.ts';
import type { Words } from './describe-delivery.ts';
import type { Life } from './heartbeat.ts';
import type { Output } from './output.ts';
import { plainLine } from './plain-line.ts';
import { printMissed } from './print-pauses.ts';
import { STATE_STYLE } from './state-style.ts';
import { nameWithIssue } from './tell-items.ts';

/** So many of each kind fit on a screen together. */
const MOST_NEXT = 3;

/** What `paperboy status` prints, and where. */
export type Screen = {
  readonly output: Output;
  readonly desk: Desk;
  readonly status: Status;
  readonly words: Words;
  readonly life: Life;
};

/** Says what comes next, in one list by time: what is queued, and what the clock posts. */
export async function printNext(screen: Screen): Promise<void> {
  const { output, desk, status, words } = screen;
  const { line } = output;
  const { next, held, upcoming, nextSlot } = status;
  line(output.style('bold', `Next (${desk.timeZone})`));
  const coming = [
    ...next.map((delivery) => ({
      at: delivery.dueAt,
      row: queuedRow(screen, delivery),
      queued: 1,
    })),
    ...upcoming.map((entry) => ({ at: entry.at, row: drawnRow(screen, entry), queued: 0 })),
  ].sort((a, b) => a.at.getTime() - b.at.getTime());
  const shown = coming.slice(0, 2 * MOST_NEXT);
  // What is held has no time.
  const kept = held.slice(0, MOST_NEXT).map((delivery) => queuedRow(screen, delivery));
  const rows = [...shown.map(({ row }) => row), ...kept];
  if (rows.length > 0) output.table([], rows);
  if (shown.length > 0) printMissed(output, upcoming, desk.clock.now());
  const queued = shown.reduce((sum, one) => sum + one.queued, 0);
  const more = next.length - queued + held.length - kept.length;
  if (more > 0) line(`  and ${more} more, see: paperboy queue`);
  const later = upcoming.length - (shown.length - queued);
  if (later > 0) line(`  and ${later} more in four weeks, see: paperboy plan`);
  if (upcoming.length > 0) return;
  line(
    nextSlot === undefined
      ? '  the schedule has no slot in the coming four weeks; why: paperboy plan'
      : `  ${words.at(nextSlot)}  the next slot, with nothing for it; why: paperboy plan`,
  );
}

/** Something of the ledger: when, its id, where, what. */
function queuedRow({ output, desk, status, words }: Screen, delivery: Delivery): string[] {
  const { id, dueAt, destination, title } = delivery;
  const state = tellState(delivery, desk.clock.now());
  const when = state === 'planned' ? words.at(dueAt) : state;
  const place = words.place(destination);
  const where = isPaused(status, delivery) ? `${place} (paused)` : place;
  return [`  ${output.style(STATE_STYLE[state], when)}`, shortenId(id), where, plainLine(title)];
}

/** Something that the clock posts, as things stand; at a place that is paused, once that is over. */
function drawnRow({ output, desk, words }: Screen, entry: PlanEntry): string[] {
  const { at, destination, issue, title, isTentative } = entry;
  const isLate = entry.isCatchUp === true;
  const when = isLate && at <= desk.clock.now() ? 'now' : words.at(at);
  const where = entry.isPaused ? `${destination.name} (paused)` : destination.name;
  return [
    `  ${output.style(isTentative ? 'yellow' : STATE_STYLE.planned, when)}`,
    isTentative ? 'waits' : isLate ? 'catch-up' : 'plan',
    where,
    nameWithIssue(issue, title),
  ];
}

/** Whether the place of a delivery takes nothing until a person has acted. */
export function isPaused({ pauses }: Pick<Status, 'pauses'>, { destination }: Delivery): boolean {
  return pauses.some((pause) => pause.destination === destination);
}
