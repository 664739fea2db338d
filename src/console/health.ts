import type { Clock } from '../kit/clock.ts';
import type { Loop, Pulse } from './pulse.ts';

/** One of two processes on a database plans; the other stands by. Both serve. */
export type Role = 'planner' | 'standby';

export type HealthParts = {
  readonly version: string;
  readonly startedAt: Date;
  readonly clock: Clock;
  readonly pulse: Pulse;
  readonly isPlanner: () => boolean;
};

/** Whether the process lives, for whoever would start it again. */
export type Health = {
  readonly status: 'ok' | 'stuck';
  readonly version: string;
  readonly startedAt: string;
  readonly uptimeSeconds: number;
  readonly role: Role;
  /** Set where it is stuck. */
  readonly reason?: string;
};

const WHAT = {
  courier: 'nothing has looked for what is to be sent',
  planner: 'nothing has looked whether a slot has come',
} as const satisfies Record<Loop, string>;

/** Asks nothing but the process itself: a broken database is no reason to start it again. */
export function readHealth(parts: HealthParts): Health {
  const { version, startedAt, clock, pulse } = parts;
  const still = pulse.findStill();
  return {
    status: still.length === 0 ? 'ok' : 'stuck',
    version,
    startedAt: startedAt.toISOString(),
    uptimeSeconds: Math.max(0, Math.floor((clock.now().getTime() - startedAt.getTime()) / 1000)),
    role: tellRole(parts),
    ...(still.length === 0
      ? {}
      : {
          reason: still
            .map(({ loop, forMs }) => `${WHAT[loop]} for ${Math.floor(forMs / 1000)} seconds`)
            .join('; '),
        }),
  };
}

export function tellRole({ isPlanner }: Pick<HealthParts, 'isPlanner'>): Role {
  return isPlanner() ? 'planner' : 'standby';
}
