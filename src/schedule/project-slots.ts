import { findSlotAfter } from './find-slot-after.ts';
import { listSlots } from './list-slots.ts';
import { type Candidate, LANES, type PlaceState, type Programme, type Turn } from './programme.ts';
import { FIXED_LANES, takeTurn } from './take-turn.ts';

/**
 * What the slots after one instant, up to and including another, will take if nothing else happens:
 * a turn for each slot, in order, also for those that find nothing. What approves itself is taken
 * from then on. What waits for an editor for ever is in its place as if it were ready
 * (`candidate.isReady` is false: tentative). Only where a newer issue would have the rest of an older
 * one dropped, the older one goes on while nothing of the newer is ready.
 */
export function projectSlots<C extends Candidate>(
  programme: Programme,
  state: PlaceState,
  candidates: readonly C[],
  after: Date,
  until: Date,
): Turn<C>[] {
  const slots = listSlots(programme, after, until);
  const beyond = new Date(until.getTime() + programme.gapMs);
  const fixed = [
    ...slots.filter(({ lane }) => lane !== 'papers'),
    ...listSlots(programme, until, beyond, FIXED_LANES),
  ];
  const turns: Turn<C>[] = [];
  let known = state;
  let rest = candidates;
  for (const slot of slots) {
    const around = { nextFixedAt: findSlotAfter(fixed, slot.at), postedAt: slot.at };
    const { turn, state: after } = takeTurn(
      programme,
      known,
      slot,
      listTurn(programme, known, rest, slot.at),
      around,
    );
    turns.push(turn);
    known = after;
    rest = rest.filter((one) => one !== turn.candidate);
  }
  return turns;
}

/** Whether a candidate may go out at an instant if nobody does anything until then. */
export function isReadyAt({ isReady, readyAt }: Candidate, at: Date): boolean {
  return isReady || (readyAt !== undefined && readyAt <= at);
}

/**
 * Of each lane what is not of an issue that nobody has approved while an older one goes on; nothing
 * that approves itself later.
 */
function listTurn<C extends Candidate>(
  { rest }: Programme,
  { lastIssue }: PlaceState,
  known: readonly C[],
  at: Date,
): readonly C[] {
  const all = known.filter((one) => isReadyAt(one, at) || one.readyAt === undefined);
  if (rest !== 'drop') return all;
  return LANES.flatMap((lane) => {
    const own = all.filter((one) => one.lane === lane);
    const least = lastIssue[lane] ?? Number.NEGATIVE_INFINITY;
    const ready = own.filter((one) => isReadyAt(one, at) && one.issue >= least);
    if (ready.length === 0) return own;
    const newest = Math.max(...ready.map(({ issue }) => issue));
    return own.filter(({ issue }) => issue <= newest);
  });
}
