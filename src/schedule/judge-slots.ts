import { chooseNext } from './choose-next.ts';
import { findSlotAfter } from './find-slot-after.ts';
import { isBlackout, toDay } from './is-blackout.ts';
import { findLastSlot, listSlots } from './list-slots.ts';
import {
  type Candidate,
  LANES,
  type Lane,
  type LaneSlot,
  type PlaceState,
  type Programme,
  type Turn,
} from './programme.ts';
import { FIXED_LANES, openLane, takeTurn } from './take-turn.ts';

/** A slot that is noticed later than this was missed, or after the next one of its lane has come. */
export const ON_TIME_MS = 15 * 60_000;

/** How far each lane is planned: its slots up to that instant are done with. */
export type PlannedTo = Readonly<Partial<Record<Lane, Date | undefined>>>;

/** What is known of a destination when the clock asks what to do there. */
export type Known<C extends Candidate> = {
  readonly state: PlaceState;
  /** What has been neither queued nor posted there. */
  readonly candidates: readonly C[];
  /**
   * A lane that was not planned yet, or by another schedule, is left out: it begins with its next
   * slot. With `new Date(0)` its last slot counts as missed, and is made up for at once.
   */
  readonly plannedTo: PlannedTo;
};

/** What is otherwise of a lane now. */
export type Mark = { readonly lane: Lane; readonly slotAt: Date; readonly isOpen: boolean };

/** What slots took, and what is known and left after them. */
type Taken<C extends Candidate> = {
  readonly turns: readonly Turn<C>[];
  readonly state: PlaceState;
  readonly rest: readonly C[];
};

export type Judged<C extends Candidate> = {
  /**
   * First the one that makes up for all that was missed, if any does, then one for each lane whose
   * slot is on time, in order. What a turn takes is due at its `slot.at`.
   */
  readonly turns: readonly Turn<C>[];
  /** The lanes of which something is otherwise now; the others stay as they are. */
  readonly marks: readonly Mark[];
  /** What is known of the destination when all of that is done. */
  readonly state: PlaceState;
  /** It is a blackout day: what was missed is made up for when it is over. */
  readonly isPutOff: boolean;
};

/**
 * What is to be done now for the slots of a destination since they were last looked at. It is to be
 * written in one transaction: what the turns take is queued, and the marks are kept as `plannedTo`
 * and `state.open` of the next time. Then no slot is judged twice.
 *
 * What is on time is taken as `projectSlots` draws it: of a lane's slots that are noticed together the
 * last, or there would be a burst. For all that was missed there is one post at most, or none if the programme skips; a digest or news that got none waits
 * for the next slot of papers. On a blackout day nothing is made up for: it waits for the day after. Nor
 * is anything when a slot that is on time takes it, or the lane has one within `ON_TIME_MS`: that one
 * makes up for it.
 */
export function judgeSlots<C extends Candidate>(
  programme: Programme,
  { state, candidates, plannedTo }: Known<C>,
  now: Date,
): Judged<C> {
  const lanes = LANES.filter((lane) => programme.crons[lane].length > 0);
  const marks = lanes
    .filter((lane) => plannedTo[lane] === undefined)
    .map((lane): Mark => ({ lane, slotAt: now, isOpen: state.open.includes(lane) }));
  const isNew = ({ lane, at }: LaneSlot): boolean => at > (plannedTo[lane] ?? now);

  const tooLate = new Date(now.getTime() - ON_TIME_MS - 1);
  const recent = listSlots(programme, tooLate, now).filter(isNew);
  const slots = recent.filter((slot) => slot === findLastOf(recent, slot.lane));
  const missed = lanes.flatMap((lane): LaneSlot[] => {
    const onTimeAt = findLastOf(slots, lane)?.at;
    const until = onTimeAt === undefined ? tooLate : new Date(onTimeAt.getTime() - 1);
    const at = findLastSlot(programme, lane, plannedTo[lane] ?? now, until);
    return at === undefined ? [] : [{ lane, at }];
  });
  const isCaughtUp = missed.length > 0 && programme.missed === 'catch-up';
  if (isCaughtUp && isBlackout(programme.blackouts, toDay(now, programme.timeZone))) {
    return { turns: [], marks, state, isPutOff: true };
  }
  if (missed.length === 0 && slots.length === 0) {
    return { turns: [], marks, state, isPutOff: false };
  }

  const near = new Date(now.getTime() + programme.gapMs);
  const fixed = listSlots(programme, tooLate, near, FIXED_LANES).filter(isNew);
  const opened = FIXED_LANES.filter((lane) => missed.some((slot) => slot.lane === lane)).reduce(
    openLane,
    state,
  );
  const follow = (
    before: Taken<C>,
    slot: LaneSlot,
    { postedAt, from }: { readonly postedAt: Date; readonly from: Date },
  ): Taken<C> => {
    const around = { nextFixedAt: findSlotAfter(fixed, from), postedAt };
    const { turn, state, rest } = takeTurn(programme, before.state, slot, before.rest, around);
    return { turns: [...before.turns, turn], state, rest };
  };
  // Slots of several instants that are noticed together are posted together, which the gap is to know.
  const isTogether = slots.some(({ at }) => at.getTime() !== slots[0]?.at.getTime());
  const followAll = (before: Taken<C>): Taken<C> =>
    slots.reduce((taken, slot) => {
      const postedAt = isTogether ? now : slot.at;
      return follow(taken, slot, { postedAt, from: slot.at });
    }, before);

  const begin = { turns: [], state: opened, rest: candidates.filter(({ isReady }) => isReady) };
  const onTime = followAll(begin);
  const slot = isCaughtUp ? chooseMissed(programme, opened, missed, begin.rest) : undefined;
  const isMadeUp =
    slot === undefined ||
    makesUp(onTime.turns, slot.lane) ||
    isSoon(programme, slot.lane, plannedTo, now);
  // What makes up for a slot is posted after it: what is near then decides, and not what was.
  const { turns, state: after } = isMadeUp
    ? onTime
    : followAll(follow(begin, slot, { postedAt: now, from: now }));
  const others = listMarks(plannedTo, state, after, [...missed, ...slots]);
  return { turns, marks: [...marks, ...others], state: after, isPutOff: false };
}

function findLastOf(slots: readonly LaneSlot[], lane: Lane): LaneSlot | undefined {
  return slots.findLast((slot) => slot.lane === lane);
}

/** Whether what slots that are on time take is that which was missed: any post makes up for a paper. */
function makesUp(turns: readonly Turn[], missed: Lane): boolean {
  return turns.some(
    ({ candidate }) =>
      candidate !== undefined && (missed === 'papers' || candidate.lane === missed),
  );
}

/** Whether a lane has a slot in a moment. On a first start nobody waits for it. */
function isSoon(programme: Programme, lane: Lane, plannedTo: PlannedTo, now: Date): boolean {
  if (plannedTo[lane]?.getTime() === 0) return false;
  return listSlots(programme, now, new Date(now.getTime() + ON_TIME_MS), [lane]).length > 0;
}

/** The one of the missed slots that is made up for: the digest's or the news' where there is any, else that of the papers. */
function chooseMissed<C extends Candidate>(
  programme: Programme,
  state: PlaceState,
  missed: readonly LaneSlot[],
  candidates: readonly C[],
): LaneSlot | undefined {
  return missed.find(
    ({ lane }) => lane === 'papers' || chooseNext(programme, state, lane, candidates) !== undefined,
  );
}

/** The planned lanes that had a slot, or are open no longer. `slots` are in order. */
function listMarks(
  plannedTo: PlannedTo,
  before: PlaceState,
  after: PlaceState,
  slots: readonly LaneSlot[],
): Mark[] {
  return LANES.flatMap((lane): Mark[] => {
    const isOpen = after.open.includes(lane);
    const last = slots.findLast((slot) => slot.lane === lane)?.at;
    const slotAt = last ?? plannedTo[lane];
    if (slotAt === undefined || plannedTo[lane] === undefined) return [];
    return last !== undefined || isOpen !== before.open.includes(lane)
      ? [{ lane, slotAt, isOpen }]
      : [];
  });
}
