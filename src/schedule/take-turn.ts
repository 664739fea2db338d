import { chooseNext } from './choose-next.ts';
import type { Candidate, Lane, LaneSlot, PlaceState, Programme, Turn } from './programme.ts';

/** The lanes that post at their time, whatever the gap; the papers go between them. */
export const FIXED_LANES = ['digest', 'news'] as const satisfies readonly Lane[];

/** A turn, and what is known and left after it. */
export type Step<C extends Candidate> = {
  readonly turn: Turn<C>;
  readonly state: PlaceState;
  readonly rest: readonly C[];
};

/** What is around a slot. */
export type Around = {
  /** The first slot of the digest or the news after `postedAt`; undefined when none is near. */
  readonly nextFixedAt: Date | undefined;
  /** When what it takes is really posted: at the slot, or later where the slot was missed. */
  readonly postedAt: Date;
};

/**
 * What a slot takes of the candidates, each of which counts as ready. A slot of the digest or the
 * news takes the next of its lane, or opens the lane. A slot of papers goes to an open lane that has
 * something, else to the next paper; it is passed over when it is nearer than the gap to the last
 * post, to one that is queued, or to the next slot of the digest or the news.
 */
export function takeTurn<C extends Candidate>(
  programme: Programme,
  state: PlaceState,
  slot: LaneSlot,
  candidates: readonly C[],
  around: Around,
): Step<C> {
  const isPassedOver = slot.lane === 'papers' && isTooNear(programme, state, around);
  const lanes = slot.lane === 'papers' ? [...listOpen(programme, state), slot.lane] : [slot.lane];
  const candidate = isPassedOver
    ? undefined
    : lanes
        .map((lane) => chooseNext(programme, state, lane, candidates))
        .find((one) => one !== undefined);
  const turn = { slot, candidate, isPassedOver };
  if (candidate === undefined) {
    const next = slot.lane === 'papers' ? state : openLane(state, slot.lane);
    return { turn, state: next, rest: candidates };
  }
  const rest = candidates.filter((one) => one !== candidate);
  return { turn, state: post(state, candidate, around.postedAt), rest };
}

/** The lane waits for the next slot of papers. */
export function openLane(state: PlaceState, lane: Lane): PlaceState {
  return state.open.includes(lane) ? state : { ...state, open: [...state.open, lane] };
}

/** What is known of a destination after a candidate was posted there. */
export function post(state: PlaceState, { lane, issue }: Candidate, at: Date): PlaceState {
  const { open, lastPostAt, lastIssue, lastPaperIssue } = state;
  return {
    ...state,
    open: open.filter((one) => one !== lane),
    lastPostAt: lastPostAt !== undefined && lastPostAt > at ? lastPostAt : at,
    lastIssue: { ...lastIssue, [lane]: Math.max(issue, lastIssue[lane] ?? issue) },
    lastPaperIssue: lane === 'papers' ? issue : lastPaperIssue,
  };
}

/** Those that the programme leaves alone now take nothing. */
function listOpen({ crons }: Programme, { open }: PlaceState): Lane[] {
  return FIXED_LANES.filter((lane) => open.includes(lane) && crons[lane].length > 0);
}

function isTooNear(
  { gapMs }: Programme,
  { lastPostAt, coming = [] }: PlaceState,
  { nextFixedAt, postedAt }: Around,
): boolean {
  const isNear = (from: Date | undefined, to: Date | undefined): boolean =>
    from !== undefined && to !== undefined && to.getTime() - from.getTime() < gapMs;
  const isBeside = (at: Date): boolean => Math.abs(at.getTime() - postedAt.getTime()) < gapMs;
  // Without a gap nothing is near, not even a post that was made since the slot.
  if (gapMs <= 0) return false;
  return isNear(lastPostAt, postedAt) || isNear(postedAt, nextFixedAt) || coming.some(isBeside);
}
