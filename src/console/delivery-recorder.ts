import { Counter, Histogram, type Registry } from 'prom-client';
import type { Delivered } from '../delivery/courier.ts';
import type { Destination } from '../desk/desk.ts';
import type { Clock } from '../kit/clock.ts';
import type { Outcome } from '../outbox/delivery.ts';
import { makePlaceLabels, tellPlatform } from './labels.ts';

/** `overtaken`: another worker had taken it over meanwhile. */
const OUTCOMES = [
  'sent',
  'retracted',
  'refused',
  'unavailable',
  'unknown',
  'overtaken',
] as const satisfies readonly (Outcome['kind'] | 'overtaken')[];

const ATTEMPT_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
const DELAY_SECONDS = [1, 2, 5, 15, 60, 300, 900, 3_600, 14_400, 86_400];

export type DeliveryRecorder = {
  /** Counts an attempt: for `courier.run`. Never throws. */
  delivered(delivered: Delivered): void;
};

/** Counts what this process attempts. Series of what is configured are there from the start. */
export function makeDeliveryRecorder(
  registry: Registry,
  clock: Pick<Clock, 'now'>,
  destinations: () => readonly Destination[],
): DeliveryRecorder {
  const registers = [registry];
  const attempts = new Counter({
    name: 'paperboy_delivery_attempts_total',
    help: 'Attempts of this process to deliver, by what became of them. overtaken: another worker had taken it over.',
    labelNames: ['destination', 'platform', 'outcome'],
    registers,
  });
  const attemptSeconds = new Histogram({
    name: 'paperboy_delivery_attempt_seconds',
    help: 'How long an attempt took, from its claim to what became of it.',
    labelNames: ['platform'],
    buckets: ATTEMPT_SECONDS,
    registers,
  });
  const delaySeconds = new Histogram({
    name: 'paperboy_delivery_delay_seconds',
    help: 'How long after its time a delivery was sent.',
    labelNames: ['platform'],
    buckets: DELAY_SECONDS,
    registers,
  });
  for (const { key, name } of destinations().filter(({ isFollowed }) => !isFollowed)) {
    const labels = makePlaceLabels([{ key, name }])(key);
    for (const outcome of OUTCOMES) attempts.inc({ ...labels, outcome }, 0);
    attemptSeconds.zero({ platform: labels.platform });
    delaySeconds.zero({ platform: labels.platform });
  }
  return {
    delivered: ({ claim, outcome, isSettled, elapsedMs }) => {
      const { destination: key, task, dueAt } = claim.delivery;
      const own = destinations().filter((one) => one.key === key);
      const platform = tellPlatform(key);
      const became = isSettled ? outcome.kind : 'overtaken';
      attempts.inc({ ...makePlaceLabels(own)(key), outcome: became });
      attemptSeconds.observe({ platform }, Math.max(0, elapsedMs) / 1000);
      if (became !== 'sent' || task !== 'publish') return;
      const delayMs = clock.now().getTime() - dueAt.getTime();
      delaySeconds.observe({ platform }, Math.max(0, delayMs) / 1000);
    },
  };
}
