import type { DeliveryState } from '../database/tables.ts';
import type { Delivery, Pause } from '../outbox/delivery.ts';
import type { StateCounts } from '../outbox/read.ts';
import type { Desk } from './desk.ts';
import { type HeldItem, listUndecided, type ProposedIssue } from './list-undecided.ts';
import { isOrphaned, listOrphans, type Orphan, WAITING_STATES } from './orphans.ts';
import type { PlanDesk } from './plan/plan-slots.ts';
import { type PlanEntry, readPlan } from './plan/read-plan.ts';
import { keyChannel } from './plan-follows.ts';

/** How things stand, in the order in which a person wants to know. */
export type Status = {
  /** Destinations that take nothing until a person has acted. */
  readonly pauses: readonly Pause[];
  /** The same of channels that are followed, and whether everybody was told who follows there. */
  readonly followedPauses: readonly (Pause & { readonly isOwnerTold: boolean })[];
  /** Places where something waits that nobody serves; what waits there is in none of the lists. */
  readonly orphans: readonly Orphan[];
  /** What was refused for a reason of its own, the oldest first. */
  readonly refused: readonly Delivery[];
  /** What a worker is at, what is not known to be in place, and what waits for another attempt. */
  readonly underWay: readonly Delivery[];
  readonly held: readonly Delivery[];
  /** What waits for its time or its turn, the next first. */
  readonly next: readonly Delivery[];
  /** Issues of which something waits for an editor, the newest first. */
  readonly proposed: readonly ProposedIssue[];
  /** What editors hold wherever it would go. */
  readonly heldItems: readonly HeldItem[];
  /** What the clock posts in the coming four weeks, as things stand; the next first. */
  readonly upcoming: readonly PlanEntry[];
  /** Both in one list by time, but for followed channels and what waits for another attempt. */
  readonly coming: readonly PlanEntry[];
  /** When the clock posts next; undefined where its schedule has no slot in four weeks. */
  readonly nextSlot: Date | undefined;
  /** What went out last, the latest first. */
  readonly sent: readonly Delivery[];
  /** How many deliveries of each destination are in each state. */
  readonly counts: StateCounts;
};

const MOST_SENT = 5;

/** What went out, what is next, and what needs a person. */
export async function readStatus(
  desk: PlanDesk & Pick<Desk, 'destinations' | 'absent' | 'follows'>,
): Promise<Status> {
  const { outbox } = desk;
  const waiting = await outbox.list({ states: WAITING_STATES, isEarliestFirst: true });
  const pauses = (await outbox.listPauses()).filter(
    ({ destination }) => !isOrphaned(desk, destination),
  );
  const followed = new Set(
    desk.destinations.filter(({ isFollowed }) => isFollowed).map(({ key }) => key),
  );
  const untold = new Set(
    ((await desk.follows?.list()) ?? [])
      .filter(({ paused }) => paused?.isOwnerTold !== true)
      .map(({ channelId }) => keyChannel(channelId)),
  );
  const inState = (state: DeliveryState): Delivery[] =>
    waiting.filter((one) => one.state === state && !isOrphaned(desk, one.destination));
  const isTried = ({ retryAt, task }: Delivery): boolean =>
    retryAt !== undefined || task === 'retract';
  const plan = await readPlan(desk);
  const { proposed, held: heldItems } = await listUndecided(desk);
  return {
    pauses: pauses.filter(({ destination }) => !followed.has(destination)),
    followedPauses: pauses
      .filter(({ destination }) => followed.has(destination))
      .map((pause) => ({ ...pause, isOwnerTold: !untold.has(pause.destination) })),
    orphans: await listOrphans(desk),
    // The delivery that found a destination closed says nothing that its pause does not say.
    refused: inState('refused').filter(
      ({ destination, reason }) =>
        !pauses.some((pause) => pause.destination === destination && pause.reason === reason),
    ),
    underWay: [...inState('sending'), ...inState('unknown'), ...inState('planned').filter(isTried)],
    held: inState('held'),
    next: inState('planned').filter((one) => !isTried(one)),
    proposed,
    heldItems,
    upcoming: plan.entries.filter(({ delivery }) => delivery === undefined),
    coming: plan.entries.filter(
      ({ delivery }) =>
        delivery === undefined || (delivery.state === 'planned' && !isTried(delivery)),
    ),
    nextSlot: plan.nextSlot,
    sent: await outbox.listLastSent(MOST_SENT),
    counts: await outbox.countStates(),
  };
}
