import { doubt, fault, type Seen, well } from './check.ts';

export type RunningParts = {
  /** When a started Paperboy last showed life. */
  readonly beatAt: Date | undefined;
  /** So long after it nobody lives. */
  readonly aliveMs: number;
  /** Who plans, and until when that holds; undefined where nobody ever did. */
  readonly planner: { readonly owner: string; readonly heldUntil: Date } | undefined;
};

/** Whether somebody is there to post, and whether one of them plans. */
export function checkProcess({ beatAt, aliveMs, planner }: RunningParts, now: Date): Seen {
  const ageMs = beatAt === undefined ? Infinity : now.getTime() - beatAt.getTime();
  if (ageMs >= aliveMs) {
    // A sign of life that was left behind may be of one that cannot write on a full disk.
    return beatAt === undefined
      ? doubt(
          'doctor.not-running',
          'Paperboy is not running: nothing goes out by itself',
          'Start it: paperboy start',
        )
      : doubt(
          'doctor.not-running',
          `nothing was heard of Paperboy since ${beatAt.toISOString()}: unless it runs, nothing goes out by itself`,
          'Start it: paperboy start. If it runs, it cannot write into its data folder: see what is said of that',
        );
  }
  if (planner === undefined || planner.heldUntil <= now) {
    return fault(
      'doctor.nobody-plans',
      'Paperboy is running, and nobody plans: no slot is taken',
      'Look into its log for planner.failed, and start it anew: paperboy start',
    );
  }
  const [host, pid] = planner.owner.split('/');
  const seconds = Math.max(0, Math.round(ageMs / 1000));
  return well(
    'doctor.running',
    `Paperboy is running, seen ${seconds} s ago; process ${pid} on ${host} plans`,
  );
}
