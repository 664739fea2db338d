import type { DatabaseProbe } from '../database/probe.ts';
import type { Clock } from '../kit/clock.ts';
import type { GatewayState } from './gateway-state.ts';
import type { Loop, Pulse } from './pulse.ts';
import type { Check } from './readiness.ts';

export type CheckParts = {
  readonly probe: DatabaseProbe;
  readonly clock: Clock;
  readonly pulse: Pulse;
  /** Of the bot; undefined where none is configured. */
  readonly gateway: Pick<GatewayState, 'isOnline' | 'isRefused' | 'changedAt'> | undefined;
};

const WORK = { courier: 'looked for what is due', planner: 'planned' } as const satisfies Record<
  Loop,
  string
>;

/**
 * What Paperboy needs for its work: the database, the tables of this version, loops that turn, and
 * the bot, where there is to be one. That another process plans is no hindrance.
 */
export function makeChecks({ probe, clock, pulse, gateway }: CheckParts): readonly Check[] {
  const checks: Check[] = [
    {
      name: 'database',
      run: async () => {
        await probe.read();
        await probe.write(clock.now());
        return undefined;
      },
    },
    {
      name: 'migrations',
      run: async () =>
        (await probe.isCurrent())
          ? undefined
          : 'another version of Paperboy has changed the tables: start this process anew, with that version',
    },
    {
      name: 'loops',
      run: async () => {
        const still = pulse
          .findStill()
          .map(
            ({ loop, forMs }) =>
              `the ${loop} has not ${WORK[loop]} for ${Math.floor(forMs / 1000)} s`,
          );
        return still.length === 0
          ? undefined
          : `${still.join(', ')}; the log says why, and if it does not, start the process anew`;
      },
    },
  ];
  if (gateway !== undefined) {
    checks.push({
      name: 'bot',
      run: async () => {
        if (gateway.isOnline()) return undefined;
        if (gateway.isRefused()) {
          return 'Discord will not have the bot, which does not try again: do what the log says of bot.refused, then start the process anew';
        }
        const since = gateway.changedAt();
        return since === undefined
          ? 'the bot has not come online yet; the log says why: bot.'
          : `the bot has been offline since ${since.toISOString()}; it tries again by itself, and the log says why: bot.`;
      },
    });
  }
  return checks;
}
