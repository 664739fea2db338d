import { listSlots } from './list-slots.ts';
import type { Candidate, LaneSlot, PlaceState, Programme, Turn } from './programme.ts';
import { FIXED_LANES, takeTurn } from './take-turn.ts';

/**
 * What the slots after one instant, up to and including another, will take if nothing else happens:
 * a turn for each slot, in order, also for those that find nothing. What waits for an editor is in
 * its place as if it were ready (`candidate.isReady` is false: tentative).
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
  let next = 0;
  for (const slot of slots) {
    while (isDone(fixed[next], slot)) next += 1;
    const around = { nextFixedAt: fixed[next]?.at, postedAt: slot.at };
    const step = takeTurn(programme, known, slot, rest, around);
    turns.push(step.turn);
    known = step.state;
    rest = step.rest;
  }
  return turns;
}

function isDone(fixed: LaneSlot | undefined, slot: LaneSlot): boolean {
  return fixed !== undefined && fixed.at <= slot.at;
}
