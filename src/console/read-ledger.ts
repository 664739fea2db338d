import type { IssueCounts } from '../archive/count-issues.ts';
import type { DeliveryState } from '../database/tables.ts';
import type { Destination } from '../desk/desk.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { makePlaceLabels, type PlaceLabels } from './labels.ts';

/** What is left of one of an account's budgets. */
export type Budget = {
  /** The name of the destination, or `discord` for the bot of all channels. */
  readonly account: string;
  /** In words of ours: "write points in an hour". */
  readonly budget: string;
  readonly remaining: number;
};

/** What the gauges are read from. */
export type LedgerParts = {
  readonly outbox: Pick<Outbox, 'countStates' | 'listPauses'>;
  /** Since when something due waits, by the keys of destinations. */
  readonly readLines: (now: Date) => Promise<ReadonlyMap<string, Date>>;
  readonly countIssues: () => Promise<IssueCounts>;
  /** When the clock posts next, by the names of destinations. */
  readonly readNextSlots: (now: Date) => Promise<ReadonlyMap<string, Date>>;
  readonly budgets: readonly ((now: Date) => Promise<readonly Budget[]>)[];
  /** Those of this moment: channels are followed while the process runs. */
  readonly destinations: () => readonly Destination[];
  /** The names of those that take nothing, as nobody could tell whose they are. */
  readonly absent: readonly string[];
};

/** What is known of the places that have the same labels. */
export type PlaceReading = {
  readonly labels: PlaceLabels;
  readonly counts: Readonly<Partial<Record<DeliveryState, number>>>;
  /** Since when nothing goes out that should: also where they are paused. */
  readonly oldestDueAt: Date | undefined;
  /** How many of them are paused. */
  readonly paused: number;
};

export type Reading = {
  readonly places: readonly PlaceReading[];
  readonly absent: readonly string[];
  readonly nextSlots: ReadonlyMap<string, Date>;
  readonly budgets: readonly Budget[];
  readonly issues: IssueCounts;
};

/** Reads what the gauges show. Rejects where the database cannot be read. */
export async function readLedger(parts: LedgerParts, now: Date): Promise<Reading> {
  const { outbox, destinations, absent } = parts;
  const counts = await outbox.countStates();
  const lines = await parts.readLines(now);
  const pauses = new Map(
    (await outbox.listPauses()).map(({ destination, pausedAt }) => [destination, pausedAt]),
  );
  const nextSlots = await parts.readNextSlots(now);
  const budgets = (await Promise.all(parts.budgets.map((read) => read(now)))).flat();
  const issues = await parts.countIssues();

  const label = makePlaceLabels(destinations());
  const keys = new Set([
    ...destinations().map(({ key }) => key),
    ...counts.keys(),
    ...lines.keys(),
    ...pauses.keys(),
  ]);
  const places = new Map<string, PlaceReading>();
  for (const key of keys) {
    const labels = label(key);
    const group = JSON.stringify(labels);
    const seen = places.get(group) ?? { labels, counts: {}, oldestDueAt: undefined, paused: 0 };
    places.set(group, {
      labels,
      counts: addCounts(seen.counts, counts.get(key) ?? {}),
      oldestDueAt: findEarlier(seen.oldestDueAt, findEarlier(lines.get(key), pauses.get(key))),
      paused: seen.paused + (pauses.has(key) ? 1 : 0),
    });
  }
  return { places: [...places.values()], absent, nextSlots, budgets, issues };
}

function addCounts(a: PlaceReading['counts'], b: PlaceReading['counts']): PlaceReading['counts'] {
  const sum: Partial<Record<DeliveryState, number>> = { ...a };
  for (const state of Object.keys(b) as DeliveryState[]) {
    sum[state] = (sum[state] ?? 0) + (b[state] ?? 0);
  }
  return sum;
}

function findEarlier(a: Date | undefined, b: Date | undefined): Date | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a < b ? a : b;
}
