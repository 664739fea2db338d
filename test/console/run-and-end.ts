/* A process of its own that serves, is asked once, closes, and has nothing more to do. */
import { makeMetrics } from '../../src/console/metrics.ts';
import { makePulse } from '../../src/console/pulse.ts';
import { serveConsole } from '../../src/console/serve.ts';
import { systemClock } from '../../src/kit/clock.ts';

const isPlanner = (): boolean => true;
const metrics = makeMetrics({
  outbox: { countStates: async () => new Map(), listPauses: async () => [] },
  readLines: async () => new Map(),
  countIssues: async () => ({ readable: 0, proposed: 0 }),
  readNextSlots: async () => new Map(),
  budgets: [],
  destinations: () => [],
  absent: [],
  version: '1',
  clock: systemClock,
  isPlanner,
  plannedAt: () => undefined,
  hasBot: true,
});
const server = await serveConsole(
  { host: '127.0.0.1', port: 0 },
  {
    version: '1',
    startedAt: systemClock.now(),
    clock: systemClock,
    pulse: makePulse(['courier']),
    isPlanner,
    checks: [],
    metrics,
    log: { info: () => {}, warn: () => {}, error: () => {} },
  },
);
const response = await fetch(`http://127.0.0.1:${server.port}/metrics`);
process.stdout.write(`${response.status}\n`);
await response.text();
await server.close();
process.stdout.write('closed\n');
