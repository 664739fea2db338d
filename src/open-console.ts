import packageJson from '../package.json' with { type: 'json' };
import { countIssues } from './archive/count-issues.ts';
import type { OpenConsole } from './cli/context.ts';
import type { Config } from './config.ts';
import { makeBlueskyBudgets } from './console/bluesky-budgets.ts';
import { makeChecks } from './console/checks.ts';
import { makeDiscordBudget } from './console/discord-budget.ts';
import { makeMastodonBudgets } from './console/mastodon-budgets.ts';
import { makeMetrics } from './console/metrics.ts';
import { makePulse } from './console/pulse.ts';
import { serveConsole } from './console/serve.ts';
import type { Database } from './database/open-database.ts';
import { makeProbe } from './database/probe.ts';
import type { Desk } from './desk/desk.ts';
import { readNextSlots } from './desk/plan/read-next-slots.ts';
import type { Log } from './kit/log.ts';
import { readLines } from './outbox/read-lines.ts';
import type { Pacer } from './publishers/discord-pacer.ts';
import type { RateGate } from './publishers/mastodon-rates.ts';

export type ConsoleTools = {
  readonly http: NonNullable<Config['http']>;
  /** Of Mastodon's servers, by the names of destinations. */
  readonly rates: ReadonlyMap<string, RateGate>;
  /** The bot's, where there is one. */
  readonly pacer: Pacer | undefined;
  readonly desk: Desk;
  readonly database: Database;
  readonly log: Log;
  readonly isPlanner: () => boolean;
};

/** Wires what serves health and metrics. Throws `http.unavailable`. */
export async function openConsole(tools: ConsoleTools): Promise<OpenConsole> {
  const { http, rates, pacer, desk, database, log, isPlanner } = tools;
  const { clock, outbox } = desk;
  const { version } = packageJson;
  const probe = await makeProbe(database);
  const pulse = makePulse(['courier', 'planner']);
  let plannedAt: Date | undefined;
  const metrics = makeMetrics({
    version,
    clock,
    outbox,
    readLines: (now) => readLines(database, now),
    countIssues: () => countIssues(database),
    readNextSlots: async (now) => readNextSlots(desk, now),
    budgets: [
      ...desk.destinations
        .filter(({ key }) => key.startsWith('bluesky/'))
        .map((one) => makeBlueskyBudgets(database, one)),
      ...[...rates].map(([name, gate]) => makeMastodonBudgets(name, gate)),
      ...(pacer === undefined ? [] : [makeDiscordBudget(pacer)]),
    ],
    destinations: () => desk.destinations,
    absent: (desk.absent ?? []).map(({ name }) => name),
    isPlanner,
    plannedAt: () => plannedAt,
    hasBot: pacer !== undefined,
  });
  const { recorder, bot } = metrics;
  const checks = makeChecks({ probe, clock, pulse, gateway: bot?.gateway });
  const startedAt = clock.now();
  const parts = { version, startedAt, clock, pulse, isPlanner, checks, metrics, log };
  const server = await serveConsole(http, parts);
  return {
    ...{ host: http.host, port: server.port },
    beat: (loop, isDone = true) => {
      pulse.beat(loop);
      if (loop === 'planner' && isDone && isPlanner()) plannedAt = clock.now();
    },
    delivered: recorder.delivered,
    observer: bot?.observer,
    close: server.close,
  };
}
