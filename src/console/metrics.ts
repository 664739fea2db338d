import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Clock } from '../kit/clock.ts';
import { type BotRecorder, makeBotRecorder } from './bot-recorder.ts';
import { type DeliveryRecorder, makeDeliveryRecorder } from './delivery-recorder.ts';
import { makeLedgerGauges } from './ledger-gauges.ts';
import { type LedgerParts, readLedger } from './read-ledger.ts';
import { share } from './share.ts';

export type MetricsParts = LedgerParts & {
  readonly version: string;
  readonly clock: Clock;
  readonly isPlanner: () => boolean;
  /** When this process last planned without a failure; undefined where it has not. */
  readonly plannedAt: () => Date | undefined;
  /** Whether a bot is configured: without one nothing is told of it. */
  readonly hasBot: boolean;
};

/** Numbers for Prometheus. */
export type Metrics = {
  readonly contentType: string;
  /** The text of a scrape. Rejects where the database cannot be read; the next may succeed. */
  write(): Promise<string>;
  /** What happens is told to these. */
  readonly recorder: DeliveryRecorder;
  readonly bot: BotRecorder | undefined;
};

/** So long the database is not read again: several may scrape, and a page may be reloaded. */
const READ_MS = 5_000;

/**
 * The metrics of this process, in a registry of their own. Their labels are names from the
 * configuration and words of ours: nothing of an issue, of a member or of a platform's answer.
 * https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
 */
export function makeMetrics(parts: MetricsParts): Metrics {
  const { version, clock, isPlanner, plannedAt, hasBot, destinations } = parts;
  const registry = new Registry();
  const registers = [registry];
  new Gauge({
    name: 'paperboy_build_info',
    help: 'Always 1; the versions of Paperboy and of Node are its labels.',
    labelNames: ['version', 'node'],
    registers,
  }).set({ version, node: process.versions.node }, 1);
  new Gauge({
    name: 'paperboy_is_planner',
    help: '1 where this process plans, 0 where another one on the same database does.',
    registers,
    collect() {
      this.set(isPlanner() ? 1 : 0);
    },
  });
  new Gauge({
    name: 'paperboy_last_plan_timestamp_seconds',
    help: 'When this process last planned without a failure, in seconds since 1970; 0 where it has not.',
    registers,
    collect() {
      this.set((plannedAt()?.getTime() ?? 0) / 1000);
    },
  });
  const setGauges = makeLedgerGauges(registry);
  const recorder = makeDeliveryRecorder(registry, clock, destinations);
  const bot = hasBot ? makeBotRecorder(registry, clock) : undefined;
  collectDefaultMetrics({ register: registry });
  const read = share(READ_MS, clock, () => readLedger(parts, clock.now()));
  return {
    contentType: registry.contentType,
    write: async () => {
      setGauges(await read(), clock.now());
      return registry.metrics();
    },
    recorder,
    bot,
  };
}
