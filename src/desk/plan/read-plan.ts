import type { Delivery, Pause } from '../../outbox/delivery.ts';
import type { Lane } from '../../schedule/programme.ts';
import type { Destination } from '../desk.ts';
import { drawPlace } from './draw-place.ts';
import type { PlanCandidate } from './gather-candidates.ts';
import type { PlanDesk } from './plan-slots.ts';
import { readNextSlots } from './read-next-slots.ts';
import { readFacts } from './read-place.ts';

/** Something that will be posted. */
export type PlanEntry = {
  /** When, if nobody does anything until then but approve this. */
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
  /** When it goes out instead if what waits before it is approved by then; undefined for later than the plan. */
  readonly otherwise?: { readonly at: Date | undefined };
  /** It makes up for slots that were missed: at `at`, or as soon as Paperboy is started. */
  readonly isCatchUp?: true;
  /** Its destination waits for a person: it goes out then only if that is done before. */
  readonly isPaused?: true;
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
  /** The backlog is so long that the clock does not look at issues before this number. */
  readonly cutBefore: number | undefined;
  /** The scheduled destinations at which nothing goes out until a person has acted. */
  readonly pauses: readonly { readonly destination: Destination; readonly pause: Pause }[];
  readonly until: Date;
  /** The next slot of any destination, whether or not there is something for it. */
  readonly nextSlot: Date | undefined;
};

const FOUR_WEEKS_MS = 28 * 24 * 60 * 60 * 1000;

/** What goes out until an instant, four weeks from now without one. Nothing is written. */
export async function readPlan(desk: PlanDesk, until?: Date): Promise<Plan> {
  const now = desk.clock.now();
  const end = until ?? new Date(now.getTime() + FOUR_WEEKS_MS);
  const facts = await readFacts(desk);
  const entries: PlanEntry[] = [];
  const left: Plan['left'][number][] = [];
  for (const destination of desk.scheduled) {
    const drawn = await drawPlace(desk, facts, destination, now, end);
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
    const paused = facts.paused.has(destination.key) ? { isPaused: true as const } : {};
    entries.push({ at, destination, issue, item, title, ...queued, ...paused });
  }
  entries.sort((a, b) => a.at.getTime() - b.at.getTime());
  const nextMs = [...readNextSlots(desk, now).values()].map((at) => at.getTime());
  const nextSlot = nextMs.length === 0 ? undefined : new Date(Math.min(...nextMs));
  const pauses = desk.scheduled.flatMap((destination) => {
    const pause = facts.paused.get(destination.key);
    return pause === undefined ? [] : [{ destination, pause }];
  });
  return { entries, left, cutBefore: facts.cutBefore, pauses, until: end, nextSlot };
}
