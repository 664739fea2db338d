import type { Delivery } from '../../outbox/delivery.ts';
import type { FreeDelivery } from '../../outbox/queue-free.ts';
import type { LaneMark } from '../../outbox/slots.ts';
import type { Mark } from '../../schedule/judge-slots.ts';
import { LANES, type LaneSlot, type Programme, type Turn } from '../../schedule/programme.ts';
import type { Desk, Destination } from '../desk.ts';
import { makeDelivery } from '../make-delivery.ts';
import { forgetPlaces } from './forget-places.ts';
import {
  hasCome,
  judgePlace,
  listGone,
  NEVER,
  type PlanFacts,
  readFacts,
  readPlace,
  writeSchedule,
} from './read-place.ts';

/** What the clock did at a slot of a destination. */
export type Planned = {
  readonly destination: Destination;
  readonly slot: LaneSlot;
  /** Missing when there was nothing left to post, or the slot was passed over. */
  readonly delivery: Delivery | undefined;
  readonly isPassedOver: boolean;
  /** What was due before has not gone out, or it is paused: nothing more was taken. */
  readonly isBehind: boolean;
};

/** What planning works with. */
export type PlanDesk = Pick<
  Desk,
  | 'archive'
  | 'outbox'
  | 'verdicts'
  | 'approval'
  | 'clock'
  | 'format'
  | 'scheduled'
  | 'destinations'
  | 'programme'
>;

/** What came of planning. */
export type PlanningResult = {
  readonly planned: readonly Planned[];
  /** Destinations at which it failed. Their slots are as they were, and come again. */
  readonly failures: readonly { readonly destination: Destination; readonly error: unknown }[];
};

/**
 * Queues what the slots ask for that have come since they were last looked at, for each scheduled
 * destination. A slot that was missed is caught up once or not at all, as its programme says. A live
 * destination or lane that was never planned, or not by this programme, begins with its next slot, so
 * that a first start or a changed setting posts nothing unasked; one that was taken out of the schedule and is put back
 * is a new one. Where what was due before has not gone out, or a person has to act first, nothing is
 * taken: when the platform is back, it gets one post, and the rest at its slots. Where an editor holds
 * meanwhile what a slot was to take, nothing is taken either, and the slot comes again at the next
 * call. A destination that fails leaves the others alone.
 */
export async function planSlots(desk: PlanDesk): Promise<PlanningResult> {
  const now = desk.clock.now();
  const planned: Planned[] = [];
  const failures: PlanningResult['failures'][number][] = [];
  await forgetPlaces(desk, now);
  const due: { readonly destination: Destination; readonly before: readonly LaneMark[] }[] = [];
  for (const destination of desk.scheduled) {
    const before = await desk.outbox.readLanes(destination.key);
    const programme = desk.programme(destination.name);
    if (hasCome(destination, programme, before, now)) due.push({ destination, before });
  }
  // Most of the time no slot has come, and nothing is read.
  if (due.length === 0) return { planned, failures };
  const facts = await readFacts(desk);
  for (const { destination, before } of due) {
    try {
      planned.push(...(await planPlace(desk, facts, destination, before, now)));
    } catch (error) {
      failures.push({ destination, error });
    }
  }
  return { planned, failures };
}

async function planPlace(
  desk: PlanDesk,
  facts: PlanFacts,
  destination: Destination,
  before: readonly LaneMark[],
  now: Date,
): Promise<Planned[]> {
  const place = await readPlace(desk, facts, destination, before);
  const { programme, sinceIssue, isBehind } = place;
  const { turns, marks, isPutOff } = judgePlace(place, now);
  const deliveries = turns.flatMap(({ candidate }, index): FreeDelivery[] => {
    if (candidate === undefined) return [];
    const { stored, of, item, approvedHash } = candidate;
    const delivery = makeDelivery(desk, stored, of, destination, tellDueAt(turns, index));
    return [{ ...delivery, needs: [{ item, approvedHash }] }];
  });
  // Whatever comes meanwhile, it begins with the issue that is the newest now.
  const begun = isPutOff && before.length === 0 ? listBegun(programme) : [];
  const after = [...marks, ...begun].map((mark) => {
    const { lane } = mark;
    return { ...mark, schedule: writeSchedule(programme, lane), sinceIssue: sinceIssue[lane] };
  });
  const gone = listGone(programme, before);
  const plan = { destination: destination.key, before, after, gone, deliveries };
  const queued = await desk.outbox.takeSlots(plan, now);
  if (queued === undefined) return [];
  return turns.map(({ slot, candidate, isPassedOver }) => {
    const delivery = queued.find(
      ({ issue, item }) => issue === candidate?.issue && item === candidate.item,
    );
    return { destination, slot, delivery, isPassedOver, isBehind };
  });
}

/** A folder whose first start is put off: it has begun, and no slot of it is done with. */
function listBegun({ crons }: Programme): Mark[] {
  return LANES.filter((lane) => crons[lane].length > 0).map((lane) => ({
    lane,
    slotAt: NEVER,
    isOpen: false,
  }));
}

/** The ledger goes by time alone: what one instant takes is due a millisecond apart, in its order. */
function tellDueAt(turns: readonly Turn[], index: number): Date {
  const at = turns[index]?.slot.at.getTime() ?? 0;
  const isBefore = ({ slot, candidate }: Turn): boolean =>
    candidate !== undefined && slot.at.getTime() === at;
  return new Date(at + turns.slice(0, index).filter(isBefore).length);
}
