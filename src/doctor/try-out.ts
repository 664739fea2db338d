import { setImmediate } from 'node:timers/promises';
import { findSlotAfter } from '../schedule/find-slot-after.ts';
import { listSlots } from '../schedule/list-slots.ts';
import type { Candidate, LaneSlot, PlaceState, Programme } from '../schedule/programme.ts';
import { FIXED_LANES, takeTurn } from '../schedule/take-turn.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** What the slots of a programme do with more papers than they can take. */
export type TriedOut = {
  /** How many slots of papers there are. */
  readonly papers: number;
  /** How many of them are passed over: too near to another post. */
  readonly passedOver: number;
  /** The first minute at which the digest and the news come together. */
  readonly crowdedAt: Date | undefined;
};

/** There is a paper for every slot, so that one which is never used up does for all. */
const PAPER: Candidate = {
  lane: 'papers',
  issue: 1,
  item: 'paper/any',
  position: 0,
  isArranged: false,
  likes: 0,
  isPick: false,
  isReady: true,
};

/**
 * Tries out the slots after one instant, up to and including another. The time that it takes grows
 * with their number, and it lets other work go on after each day.
 */
export async function tryOut(programme: Programme, now: Date, until: Date): Promise<TriedOut> {
  const beyond = new Date(until.getTime() + programme.gapMs);
  const fixed: LaneSlot[] = [];
  for await (const slots of eachDay(programme, now, beyond, FIXED_LANES)) fixed.push(...slots);
  let state: PlaceState = {
    open: [],
    lastPostAt: undefined,
    lastIssue: {},
    lastPaperIssue: undefined,
  };
  let [papers, passedOver] = [0, 0];
  for await (const slots of eachDay(programme, now, until)) {
    for (const slot of slots) {
      const around = { nextFixedAt: findSlotAfter(fixed, slot.at), postedAt: slot.at };
      // A digest or the news that finds nothing leaves no trace, and so keeps no paper away.
      const candidates = slot.lane === 'papers' ? [PAPER] : [];
      const step = takeTurn(programme, state, slot, candidates, around);
      state = step.state;
      if (slot.lane === 'papers') papers += 1;
      if (step.turn.isPassedOver) passedOver += 1;
    }
  }
  return { papers, passedOver, crowdedAt: findCrowded(fixed, until) };
}

/** Whether there is any slot after one instant, up to and including another. */
export async function hasSlot(programme: Programme, now: Date, until: Date): Promise<boolean> {
  for await (const slots of eachDay(programme, now, until)) if (slots.length > 0) return true;
  return false;
}

async function* eachDay(
  programme: Programme,
  now: Date,
  until: Date,
  lanes?: readonly LaneSlot['lane'][],
): AsyncGenerator<readonly LaneSlot[]> {
  for (let from = now; from < until; ) {
    const to = new Date(Math.min(from.getTime() + DAY_MS, until.getTime()));
    yield listSlots(programme, from, to, lanes);
    from = to;
    await setImmediate();
  }
}

/** They come in order, and of one instant the digest first. */
function findCrowded(fixed: readonly LaneSlot[], until: Date): Date | undefined {
  return fixed.find(({ lane, at }, index) => {
    const before = fixed[index - 1];
    return lane === 'news' && at <= until && before?.at.getTime() === at.getTime();
  })?.at;
}
