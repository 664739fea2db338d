import type { Delivery } from '../../outbox/delivery.ts';
import type { LaneMark } from '../../outbox/slots.ts';
import { judgeSlots } from '../../schedule/judge-slots.ts';
import {
  LANES,
  type Lane,
  type LaneSlot,
  type Programme,
  type Turn,
} from '../../schedule/programme.ts';
import type { Desk, Destination } from '../desk.ts';
import { makeDelivery } from '../make-delivery.ts';
import { gatherCandidates, type PlanCandidate } from './gather-candidates.ts';
import { listPlanned, type PlannedIssue, tellNewest } from './list-planned.ts';

/** What the clock did at a slot of a destination. */
export type Planned = {
  readonly destination: Destination;
  readonly slot: LaneSlot;
  /** Missing when there was nothing left to post, or the slot was passed over. */
  readonly delivery: Delivery | undefined;
  readonly isPassedOver: boolean;
  /** What was due before has not gone out, so nothing more was taken. */
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

/**
 * Queues what the slots ask for that have come since they were last looked at, for each scheduled
 * destination. A slot that was missed is caught up once or not at all, as its programme says. A live
 * destination that was never planned, or not by this programme, begins with its next slot, so that a
 * first start or a changed setting posts nothing unasked. Where what was due before has not gone out,
 * nothing is taken: when the platform is back, it gets one post, and the rest at its slots.
 */
export async function planSlots(desk: PlanDesk): Promise<Planned[]> {
  const now = desk.clock.now();
  let issues: PlannedIssue[] | undefined;
  const planned: Planned[] = [];
  for (const destination of desk.scheduled) {
    const programme = desk.programme(destination.name);
    const before = await desk.outbox.readLanes(destination.key);
    const plannedTo = tellPlanned(destination, programme, before);
    const empty = { open: [], lastPostAt: undefined, lastIssue: {}, lastPaperIssue: undefined };
    const idle = { state: empty, candidates: [] as PlanCandidate[], plannedTo };
    // Most of the time no slot has come, and nothing is read.
    if (judgeSlots(programme, idle, now).marks.length === 0) continue;
    issues ??= await listPlanned(desk);
    const sinceIssue = before[0]?.sinceIssue ?? tellNewest(issues);
    const gathered = await gatherCandidates(desk, issues, destination, sinceIssue);
    const { state, isBehind } = gathered;
    const candidates = isBehind ? [] : gathered.candidates;
    const open = before.filter(({ isOpen }) => isOpen).map(({ lane }) => lane);
    const known = { state: { ...state, open }, candidates, plannedTo };
    const isFirst = before.length === 0;
    const { turns, marks } = judgeSlots(
      isFirst ? { ...programme, missed: 'catch-up' } : programme,
      known,
      now,
    );
    const deliveries = turns.flatMap(({ candidate }, index) =>
      candidate === undefined
        ? []
        : [
            makeDelivery(
              desk,
              candidate.stored,
              candidate.of,
              destination,
              tellDueAt(turns, index),
            ),
          ],
    );
    const after = marks.map((mark) => ({
      ...mark,
      schedule: writeSchedule(programme, mark.lane),
      sinceIssue,
    }));
    const plan = { destination: destination.key, before, after, deliveries };
    const queued = await desk.outbox.takeSlots(plan, now);
    if (queued === undefined) continue;
    for (const { slot, candidate, isPassedOver } of turns) {
      const delivery = queued.find(
        ({ issue, item }) => issue === candidate?.issue && item === candidate.item,
      );
      planned.push({ destination, slot, delivery, isPassedOver, isBehind });
    }
  }
  return planned;
}

/** The ledger goes by time alone: what one instant takes is due a millisecond apart, in its order. */
function tellDueAt(turns: readonly Turn[], index: number): Date {
  const at = turns[index]?.slot.at.getTime() ?? 0;
  const isBefore = ({ slot, candidate }: Turn): boolean =>
    candidate !== undefined && slot.at.getTime() === at;
  return new Date(at + turns.slice(0, index).filter(isBefore).length);
}

/**
 * How far each lane is planned, those left out that begin with their next slot. A folder that was
 * never planned has missed a slot, so that a first start has something to show.
 */
export function tellPlanned(
  { isLive }: Destination,
  programme: Programme,
  marks: readonly LaneMark[],
): Partial<Record<Lane, Date>> {
  if (marks.length === 0 && !isLive) {
    return Object.fromEntries(LANES.map((lane) => [lane, new Date(0)]));
  }
  return Object.fromEntries(
    marks
      .filter(({ lane, schedule }) => schedule === writeSchedule(programme, lane))
      .map(({ lane, slotAt }) => [lane, slotAt]),
  );
}

/** What the slots of a lane come from: with another, they are other slots. */
function writeSchedule({ crons, timeZone }: Programme, lane: Lane): string {
  return `${crons[lane].join('; ')} ${timeZone}`;
}
