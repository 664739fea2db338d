import { nameItem } from '../../../formatters/item.ts';
import { findDawn } from '../../schedule/find-dawn.ts';
import { ON_TIME_MS } from '../../schedule/judge-slots.ts';
import type { Turn } from '../../schedule/programme.ts';
import { projectSlots } from '../../schedule/project-slots.ts';
import type { Destination } from '../desk.ts';
import type { PlanCandidate } from './gather-candidates.ts';
import type { PlanDesk } from './plan-slots.ts';
import { judgePlace, type PlanFacts, readPlace } from './read-place.ts';
import type { PlanEntry } from './read-plan.ts';

/** What the clock posts at a destination until an instant, and what is left. */
export type DrawnPlace = {
  readonly entries: readonly PlanEntry[];
  readonly left: readonly PlanCandidate[];
};

/**
 * Draws what the clock posts at a destination: what it does now, or when a blackout is over, for the
 * slots that have come, and all that follows from it. A paused one is drawn as if it went on now.
 */
export async function drawPlace(
  desk: PlanDesk,
  facts: PlanFacts,
  destination: Destination,
  now: Date,
  until: Date,
): Promise<DrawnPlace> {
  const marks = await desk.outbox.readLanes(destination.key);
  const place = await readPlace(desk, facts, destination, marks);
  const { programme, known } = place;
  const asOfNow = judgePlace(place, now);
  const dawn = asOfNow.isPutOff ? findDawn(programme, now) : undefined;
  const begin = dawn ?? now;
  const { turns, state } = dawn === undefined ? asOfNow : judgePlace(place, dawn);
  const taken = new Set<PlanCandidate | undefined>(
    begin > until ? [] : turns.map(({ candidate }) => candidate),
  );
  const rest = known.candidates.filter((one) => !taken.has(one));
  const coming = projectSlots(programme, state, rest, begin, until);
  for (const { candidate } of coming) taken.add(candidate);

  const paused = facts.paused.has(destination.key) ? { isPaused: true as const } : {};
  const draw = ({ slot, candidate }: Turn<PlanCandidate>, isLate: boolean): PlanEntry[] => {
    if (candidate === undefined) return [];
    const { issue, item, of, lane, isReady } = candidate;
    const { title } = nameItem(of);
    const at = isLate ? begin : slot.at;
    const drawn = { isTentative: !isReady, delivery: undefined, ...paused };
    const late = isLate ? { isCatchUp: true as const } : {};
    return [{ at, destination, lane, issue, item, title, ...drawn, ...late }];
  };
  const isLate = ({ slot }: Turn): boolean =>
    begin.getTime() - slot.at.getTime() > ON_TIME_MS ||
    turns.some((other) => other.slot.lane === slot.lane && other.slot.at > slot.at);
  const entries = [
    ...turns.flatMap((turn) => draw(turn, isLate(turn))),
    ...coming.flatMap((turn) => draw(turn, false)),
  ].filter(({ at }) => at <= until);
  // What has no lane there is not left over: nobody asked for it.
  const left = known.candidates.filter(
    (one) => !taken.has(one) && programme.crons[one.lane].length > 0,
  );
  return { entries, left };
}
