import { Gauge, type Registry } from 'prom-client';
import type { DeliveryState } from '../database/tables.ts';
import { cleanLabel, type PlaceLabels } from './labels.ts';
import type { Reading } from './read-ledger.ts';

const STATES = {
  planned: true,
  held: true,
  sending: true,
  unknown: true,
  sent: true,
  refused: true,
  cancelled: true,
  retracted: true,
} as const satisfies Record<DeliveryState, true>;

const ALL_STATES = Object.keys(STATES) as DeliveryState[];

/** Makes the gauges of what the database has; what is returned sets them all at once. */
export function makeLedgerGauges(registry: Registry): (reading: Reading, now: Date) => void {
  const make = <L extends string>(name: string, help: string, labelNames: readonly L[]): Gauge<L> =>
    new Gauge({ name: `paperboy_${name}`, help, labelNames, registers: [registry] });

  const deliveries = make(
    'deliveries',
    'Deliveries in the ledger, by state. followed: of all followed channels; unserved: of places that are no longer configured.',
    ['destination', 'platform', 'state'],
  );
  const lag = make(
    'lag_seconds',
    'How long the oldest delivery that is due and not sent has been waiting, and where a destination is paused, at least since then; 0 where nothing waits. What is held, was refused, is to be taken back or was never queued does not count.',
    ['destination'],
  );
  const paused = make(
    'destination_paused',
    '1 where nothing is sent until a person has acted, else 0; of followed channels, how many are so.',
    ['destination'],
  );
  const nextSlot = make(
    'next_slot_timestamp_seconds',
    'When the clock posts next at a destination, in seconds since 1970. Not there where it never does.',
    ['destination'],
  );
  const budget = make(
    'rate_budget_remaining',
    'What is left of what a platform allows an account: of Bluesky as all processes of this database have spent it, of Discord as this one has, of Mastodon as the server last told this one.',
    ['account', 'budget'],
  );
  const issues = make(
    'issues',
    'Issues in the archive, samples left out. readable: the newest revision is approved; proposed: it is not yet.',
    ['state'],
  );

  return (reading, now) => {
    for (const gauge of [deliveries, lag, paused, nextSlot, budget, issues]) gauge.reset();
    for (const { labels, counts } of reading.places) {
      for (const state of ALL_STATES) deliveries.set({ ...labels, state }, counts[state] ?? 0);
    }
    const set = (gauge: Gauge<'destination'>, { destination }: PlaceLabels, value: number): void =>
      gauge.set({ destination }, value);
    for (const { labels, oldestDueAt } of reading.places) {
      const lagMs = oldestDueAt === undefined ? 0 : now.getTime() - oldestDueAt.getTime();
      set(lag, labels, Math.max(0, lagMs) / 1000);
    }
    for (const { labels, paused: count } of reading.places) set(paused, labels, count);
    for (const name of reading.absent) paused.set({ destination: cleanLabel(name) }, 1);
    for (const [name, at] of reading.nextSlots) {
      nextSlot.set({ destination: cleanLabel(name) }, at.getTime() / 1000);
    }
    for (const { account, budget: name, remaining } of reading.budgets) {
      budget.set({ account: cleanLabel(account), budget: name }, remaining);
    }
    issues.set({ state: 'readable' }, reading.issues.readable);
    issues.set({ state: 'proposed' }, reading.issues.proposed);
  };
}
