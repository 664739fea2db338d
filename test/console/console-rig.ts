import { onTestFinished } from 'vitest';
import { countIssues } from '../../src/archive/count-issues.ts';
import { makeChecks } from '../../src/console/checks.ts';
import type { ConsoleParts } from '../../src/console/make-app.ts';
import { type Metrics, type MetricsParts, makeMetrics } from '../../src/console/metrics.ts';
import { makePulse, type Pulse } from '../../src/console/pulse.ts';
import { type Console, serveConsole } from '../../src/console/serve.ts';
import { makeProbe } from '../../src/database/probe.ts';
import type { Destination } from '../../src/desk/desk.ts';
import { makeOutbox, type Outbox } from '../../src/outbox/outbox.ts';
import { readLines } from '../../src/outbox/read-lines.ts';
import { type FakeClock, makeFakeClock } from '../support/fake-clock.ts';
import { makeRecordLog, type RecordLog } from '../support/record-log.ts';
import { makeTempDatabase, type TempDatabase } from '../support/temp-database.ts';

export const HOST = '127.0.0.1';

export type ConsoleRig = {
  readonly console: Console;
  readonly parts: ConsoleParts;
  readonly metrics: Metrics;
  readonly temp: TempDatabase;
  readonly outbox: Outbox;
  readonly clock: FakeClock;
  readonly pulse: Pulse;
  readonly log: RecordLog;
  /** Moves what the pulse goes by. */
  passMs(ms: number): void;
  setPlanner(isPlanner: boolean): void;
  get(path: string, init?: RequestInit): Promise<Response>;
};

export function makeDestination(name: string, key: string, isFollowed?: true): Destination {
  const usual = { platform: 'discord', isLive: true, corrections: ['edit'] } as const;
  return { name, key, ...usual, ...(isFollowed ? { isFollowed } : {}) };
}

/** The console of a process over a real database, on a port of its own. */
export async function startConsole(
  options: Partial<MetricsParts> & { readonly hasBot?: boolean } = {},
): Promise<ConsoleRig> {
  const temp = makeTempDatabase();
  const { database } = temp;
  const clock = makeFakeClock('2026-11-23T09:00:00.000Z');
  const log = makeRecordLog();
  const outbox = makeOutbox(database);
  let nowMs = 0;
  let isPlanner = true;
  const pulse = makePulse(['courier', 'planner'], () => nowMs);
  const metrics = makeMetrics({
    outbox,
    readLines: (now) => readLines(database, now),
    countIssues: () => countIssues(database),
    readNextSlots: async () => new Map(),
    budgets: [],
    destinations: () => [makeDestination('folder', 'folder')],
    absent: [],
    version: '1.2.3',
    clock,
    isPlanner: () => isPlanner,
    plannedAt: () => undefined,
    hasBot: false,
    ...options,
  });
  const probe = await makeProbe(database);
  const parts: ConsoleParts = {
    version: '1.2.3',
    startedAt: clock.now(),
    clock,
    pulse,
    isPlanner: () => isPlanner,
    checks: makeChecks({ probe, clock, pulse, gateway: metrics.bot?.gateway }),
    metrics,
    log,
  };
  const console = await serveConsole({ host: HOST, port: 0 }, parts);
  onTestFinished(() => console.close());
  return {
    ...{ console, parts, metrics, temp, outbox, clock, pulse, log },
    passMs: (ms) => {
      nowMs += ms;
    },
    setPlanner: (is) => {
      isPlanner = is;
    },
    get: (path, init) => fetch(`http://${HOST}:${console.port}${path}`, init),
  };
}
