import { nameItem } from '../../../formatters/item.ts';
import type { Delivery } from '../../outbox/delivery.ts';
import type { Lane } from '../../schedule/programme.ts';
import { projectSlots } from '../../schedule/project-slots.ts';
import type { Destination } from '../desk.ts';
import { gatherCandidates, type PlanCandidate } from './gather-candidates.ts';
import { listPlanned, type PlannedIssue, tellNewest } from './list-planned.ts';
import type { PlanDesk } from './plan-slots.ts';
import { readNextSlots } from './read-next-slots.ts';

/** Something that will be posted. */
export type PlanEntry = {
  readonly at: Date;
  readonly destination: Destination;
  readonly lane: Lane | undefined;
  readonly issue: number;
  readonly item: string;
  readonly title: string;
  /** It waits for an editor, and its slot goes to the next if none approves it in time. */
  readonly isTentative: boolean;
  /** Set for what is in the ledger already: queued for a time, waiting, or held. */
  readonly delivery: Delivery | undefined;
};

/** What becomes of the issues, as things stand. */
export type Plan = {
  /** By time, then by destination. */
  readonly entries: readonly PlanEntry[];
  /** What has no slot before `until`, by destination. */
  readonly left: readonly {
    readonly destination: Destination;
    readonly candidate: PlanCandidate;
  }[];
  readonly until: Date;
  /** The next slot of any destination, whether or not there is something for it. */
  readonly nextSlot: Date | undefined;
};

const FOUR_WEEKS_MS = 28 * 24 * 60 * 60 * 1000;

/** What goes out until an instant, four weeks from now without one. Nothing is written. */
export async function readPlan(desk: PlanDesk, until?: Date): Promise<Plan> {
  const now = desk.clock.now();
  const end = until ?? new Date(now.getTime() + FOUR_WEEKS_MS);
  const issues = await listPlanned(desk);
  const entries: PlanEntry[] = [];
  const left: Plan['left'][number][] = [];
  for (const destination of desk.scheduled) {
    const drawn = await drawDestination(desk, issues, destination, now, end);
    entries.push(...drawn.entries);
    left.push(...drawn.left.map((candidate) => ({ destination, candidate })));
  }
  const waiting = await desk.outbox.list({ states: ['planned', 'held'] });
  for (const delivery of waiting) {
    const destination = desk.destinations.find(({ key }) => key === delivery.destination);
    if (
      destination === undefined ||
      destination.isFollowed ||
      delivery.task !== 'publish' ||
      delivery.dueAt > end
    )
      continue;
    const { issue, item, title, dueAt: at } = delivery;
    const queued = { lane: undefined, isTentative: false, delivery };
    entries.push({ at, destination, issue, item, title, ...queued });
  }
  entries.sort((a, b) => a.at.getTime() - b.at.getTime());
  const nextMs = [...readNextSlots(desk, now).values()].map((at) => at.getTime());
  const nextSlot = nextMs.length === 0 ? undefined : new Date(Math.min(...nextMs));
  return { entries, left, until: end, nextSlot };
}

async function drawDestination(
  desk: PlanDesk,
  issues: readonly PlannedIssue[],
  destination: Destination,
  now: Date,
  until: Date,
): Promise<{
  readonly entries: readonly PlanEntry[];
  readonly left: readonly PlanCandidate[];
}> {
  const programme = desk.programme(destination.name);
  const marks = await desk.outbox.readLanes(destination.key);
  const sinceIssue = marks[0]?.sinceIssue ?? tellNewest(issues);
  const { candidates, state } = await gatherCandidates(desk, issues, destination, sinceIssue);
  const open = marks.filter(({ isOpen }) => isOpen).map(({ lane }) => lane);
  const turns = projectSlots(programme, { ...state, open }, candidates, now, until);
  const entries = turns.flatMap(({ slot, candidate }): PlanEntry[] => {
    if (candidate === undefined) return [];
    const { issue, item, of, lane, isReady } = candidate;
    const { title } = nameItem(of);
    const at = slot.at;
    const drawn = { isTentative: !isReady, delivery: undefined };
    return [{ at, destination, lane, issue, item, title, ...drawn }];
  });
  const taken = new Set(turns.map(({ candidate }) => candidate));
  // What has no lane there is not left over: nobody asked for it.
  const left = candidates.filter((one) => !taken.has(one) && programme.crons[one.lane].length > 0);
  return { entries, left };
}
