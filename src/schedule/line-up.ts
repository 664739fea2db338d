import { chooseNext } from './choose-next.ts';
import type { Candidate, Lane, PlaceState, Programme } from './programme.ts';
import { post } from './take-turn.ts';

/**
 * The candidates of a lane in the order in which its slots take them if nothing else comes, ready or
 * not. What the programme drops is not among them.
 */
export function lineUp<C extends Candidate>(
  programme: Programme,
  state: PlaceState,
  lane: Lane,
  candidates: readonly C[],
): C[] {
  const line: C[] = [];
  let known = state;
  let rest = candidates.filter((one) => one.lane === lane);
  for (;;) {
    const next = chooseNext(programme, known, lane, rest);
    if (next === undefined) return line;
    line.push(next);
    known = post(known, next, new Date(0));
    rest = rest.filter((one) => one !== next);
  }
}
