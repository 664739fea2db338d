import { approveSilent } from '../desk/approval/approve-silent.ts';
import { openDecided } from '../desk/approval/open-decided.ts';
import { type Proposed, propose } from '../desk/approval/propose.ts';
import { planSlots } from '../desk/plan/plan-slots.ts';
import { planFollows } from '../desk/plan-follows.ts';
import { describeError } from '../kit/errors.ts';
import type { Log } from '../kit/log.ts';
import type { OpenBot, OpenDesk } from './context.ts';

/** One process plans; a holder that is gone without a word is followed by another after so long. */
const LOCK = 'planner';
const LOCK_MS = 150_000;

/** Plans, in the one process of all that share the data which does. */
export type Planner = {
  /**
   * Does all that is due, if this process plans. False where the schedule could not be looked at, or
   * nobody knows whose it is. Never rejects.
   */
  plan(): Promise<boolean>;
  /** True while this process plans. */
  isActive(): boolean;
  /**
   * Does something whenever this process plans, until the signal. The work’s own signal aborts when
   * another process plans instead, and it begins anew when this one does again; where it ends by
   * itself, that was all. Rejects with what the work throws.
   */
  whileActive(signal: AbortSignal, work: (signal: AbortSignal) => Promise<void>): Promise<void>;
  /** Lets another process plan. */
  stop(): Promise<void>;
};

/** What a planner works with. */
export type PlannerParts = Pick<OpenDesk, 'desk' | 'log' | 'locks' | 'worker'> & {
  readonly bot: Pick<OpenBot, 'followDesk' | 'announce'> | undefined;
  /** Called when that changes. */
  readonly onRole?: (isActive: boolean) => void;
};

/**
 * Plans what is due, for the schedule and for who follows, and asks the editors. A failure of one
 * leaves the others alone; it is logged, and tried again at the next call. Editors are asked one
 * turn at a time beside all else, and the end does not wait for it.
 */
export function makePlanner(parts: PlannerParts): Planner {
  const { desk, log, locks, worker, bot, onRole } = parts;
  /** Resolved while this process plans, with what aborts when it does no more. */
  let role = Promise.withResolvers<AbortSignal>();
  let held: AbortController | undefined;
  let planning: Promise<boolean> | undefined;
  let isActive: boolean | undefined;
  let isStopped = false;
  let isAnnouncing = false;

  const attempt = async <T>(event: string, work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      // What is cut off by the end is no failure.
      if (!isStopped) log.error({ reason: describeError(error) }, event);
      return undefined;
    }
  };

  const beginRole = (): void => {
    held = new AbortController();
    role.resolve(held.signal);
  };

  const endRole = (): void => {
    if (held === undefined) return;
    role = Promise.withResolvers();
    held.abort();
    held = undefined;
  };

  const takeRole = async (): Promise<boolean> => {
    const isOurs = await locks.take(LOCK, worker, desk.clock.now(), LOCK_MS);
    if (isOurs === isActive) return isOurs;
    isActive = isOurs;
    log.info({}, isOurs ? 'planner.active' : 'planner.standby');
    onRole?.(isOurs);
    if (isOurs) beginRole();
    else endRole();
    return isOurs;
  };

  const plan = async (): Promise<boolean> => {
    if (isStopped) return true;
    const isOurs = await attempt('planner.failed', takeRole);
    if (isOurs !== true) return isOurs === false;
    const ask = (): Promise<Proposed[]> => propose(desk, bot?.announce !== undefined);
    const proposed = await attempt('proposal.failed', ask);
    await attempt('approval.failed', () => approve(parts, proposed ?? []));
    await attempt('approval.failed', () => open(parts, proposed ?? []));
    const isPlanned = await attempt('slot.failed', () => planSchedule(parts));
    if (bot !== undefined) await attempt('follow.failed', () => planFollowed(bot, log));
    const announce = bot?.announce;
    if (announce === undefined || isAnnouncing) return isPlanned === true;
    isAnnouncing = true;
    // Not waited for: where Discord hangs, the next slot is taken all the same. Read anew: what was
    // approved by silence is to be seen.
    void attempt('proposal.failed', async () => announce(await ask())).finally(() => {
      isAnnouncing = false;
    });
    return isPlanned === true;
  };

  return {
    // node-cron and the minute's timer come together; one of them is enough.
    plan: () => {
      planning ??= plan().finally(() => {
        planning = undefined;
      });
      return planning;
    },
    isActive: () => isActive === true,
    whileActive: async (signal, work) => {
      const stopped = waitForAbort(signal);
      for (;;) {
        const ours = await Promise.race([role.promise, stopped]);
        if (ours === undefined || signal.aborted) return;
        await work(AbortSignal.any([signal, ours]));
        if (!ours.aborted) return;
      }
    },
    stop: async () => {
      isStopped = true;
      await planning;
      endRole();
      if (isActive) await attempt('planner.failed', () => locks.release(LOCK, worker));
    },
  };
}

async function waitForAbort(signal: AbortSignal): Promise<undefined> {
  if (signal.aborted) return;
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
}

async function approve(
  { desk, log }: Pick<PlannerParts, 'desk' | 'log'>,
  proposed: readonly Proposed[],
): Promise<void> {
  for (const issue of await approveSilent(desk, proposed)) log.info({ issue }, 'issue.approved');
}

async function open(
  { desk, log }: Pick<PlannerParts, 'desk' | 'log'>,
  proposed: readonly Proposed[],
): Promise<void> {
  // As they stood when they were asked about: what silence has approved since is open already.
  const issues = proposed.map(({ issue }) => issue);
  for (const issue of await openDecided(desk, issues)) log.info({ issue }, 'issue.opened');
}

async function planSchedule({ desk, log }: Pick<PlannerParts, 'desk' | 'log'>): Promise<true> {
  const { planned, failures } = await planSlots(desk);
  for (const { destination, slot, delivery, isPassedOver, isBehind } of planned) {
    const fields = { destination: destination.name, slotAt: slot.at.toISOString() };
    if (delivery !== undefined) {
      log.info({ ...fields, deliveryId: delivery.id, item: delivery.item }, 'slot.planned');
    } else if (isBehind) log.warn(fields, 'slot.behind');
    else if (isPassedOver) log.info(fields, 'slot.passed-over');
    else log.warn(fields, 'slot.empty');
  }
  for (const { destination, error } of failures) {
    log.error({ destination: destination.name, reason: describeError(error) }, 'slot.failed');
  }
  return true;
}

async function planFollowed({ followDesk }: Pick<OpenBot, 'followDesk'>, log: Log): Promise<void> {
  const { queued, paused } = await planFollows(followDesk);
  for (const { id, destination, item } of queued) {
    log.info({ deliveryId: id, destination, item }, 'follow.planned');
  }
  for (const { destination, untold } of paused) {
    log.warn({ destination, ...(untold === undefined ? {} : { reason: untold }) }, 'follow.paused');
  }
}
