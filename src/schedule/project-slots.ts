import { listSlots } from './list-slots.ts';
import type { Candidate, PlaceState, Programme, Turn } from './programme.ts';
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
  const near = new Date(until.getTime() + programme.gapMs);
  const fixed = listSlots(programme, after, near, FIXED_LANES).map(({ at }) => at);
  const turns: Turn<C>[] = [];
  let known = state;
  let rest = candidates;
  let next = 0;
  for (const slot of slots) {
    while (isAtOrBefore(fixed[next], slot.at)) next += 1;
    const around = { nextFixedAt: fixed[next], postedAt: slot.at };
    const step = takeTurn(programme, known, slot, rest, around);
    turns.push(step.turn);
    known = step.state;
    rest = step.rest;
  }
  return turns;
}

function isAtOrBefore(one: Date | undefined, other: Date): boolean {
  return one !== undefined && one <= other;
}
