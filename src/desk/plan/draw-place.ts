import { nameItem } from '../../../formatters/item.ts';
import { findDawn } from '../../schedule/find-dawn.ts';
import { ON_TIME_MS } from '../../schedule/judge-slots.ts';
import type { Turn } from '../../schedule/programme.ts';
import { isReadyAt, projectSlots } from '../../schedule/project-slots.ts';
import type { Destination } from '../desk.ts';
import type { PlanCandidate } from './gather-candidates.ts';
import type { PlanDesk } from './plan-slots.ts';
import { judgePlace, type Place, type PlanFacts, readPlace } from './read-place.ts';
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
  const found = await readPlace(desk, facts, destination, marks);
  const { programme } = found;
  const dawn = judgePlace(found, now).isPutOff ? findDawn(programme, now) : undefined;
  const begin = dawn ?? now;
  const place = approveUntil(found, begin);
  const { candidates } = place.known;
  const { turns, state } = judgePlace(place, begin);
  const taken = new Set<PlanCandidate | undefined>(
    begin > until ? [] : turns.map(({ candidate }) => candidate),
  );
  const rest = candidates.filter((one) => !taken.has(one));
  const project = (those: readonly PlanCandidate[]): Turn<PlanCandidate>[] =>
    projectSlots(programme, state, those, begin, until);
  // What happens if nobody does anything, and where what waits for an editor would be in between.
  const isSure = ({ isReady, readyAt }: PlanCandidate): boolean => isReady || readyAt !== undefined;
  const coming = project(rest.filter(isSure));
  const isAll = rest.every(isSure);
  const whole = isAll ? coming : project(rest);
  const waiting = whole.filter(({ candidate }) => candidate !== undefined && !isSure(candidate));
  for (const { candidate } of [...coming, ...waiting]) taken.add(candidate);
  const slotOf = new Map(whole.map(({ slot, candidate }) => [candidate, slot.at]));
  const tellOtherwise = (at: Date, candidate: PlanCandidate): Pick<PlanEntry, 'otherwise'> => {
    const other = slotOf.get(candidate);
    return other?.getTime() === at.getTime() ? {} : { otherwise: { at: other } };
  };

  const paused = facts.paused.has(destination.key) ? { isPaused: true as const } : {};
  const draw = ({ slot, candidate }: Turn<PlanCandidate>, isLate: boolean): PlanEntry[] => {
    if (candidate === undefined) return [];
    const { issue, item, of, lane, isReady } = candidate;
    const { title } = nameItem(of);
    const at = isLate ? begin : slot.at;
    const drawn = { isTentative: !isReady, delivery: undefined, ...paused };
    const late = isLate ? { isCatchUp: true as const } : {};
    const other = rest.includes(candidate) ? tellOtherwise(at, candidate) : {};
    return [{ at, destination, lane, issue, item, title, ...drawn, ...late, ...other }];
  };
  const isLate = ({ slot }: Turn): boolean =>
    begin.getTime() - slot.at.getTime() > ON_TIME_MS ||
    turns.some((other) => other.slot.lane === slot.lane && other.slot.at > slot.at);
  const entries = [
    ...turns.flatMap((turn) => draw(turn, isLate(turn))),
    ...[...coming, ...waiting].flatMap((turn) => draw(turn, false)),
  ].filter(({ at }) => at <= until);
  // What has no lane there is not left over: nobody asked for it.
  const left = candidates.filter((one) => !taken.has(one) && programme.crons[one.lane].length > 0);
  return { entries, left };
}

/** The same with all that is approved by itself until an instant: the clock does that first. */
function approveUntil({ known, ...place }: Place, at: Date): Place {
  const candidates = known.candidates.map((one) =>
    one.isReady || !isReadyAt(one, at) ? one : { ...one, isReady: true },
  );
  return { ...place, known: { ...known, candidates } };
}
