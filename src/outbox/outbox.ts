import type { Database } from '../database/open-database.ts';
import { makeDeliveryId } from '../kit/ids.ts';
import { type Acts, makeActs } from './act.ts';
import { type ClaimTerms, claimNext } from './claim-next.ts';
import type {
  Action,
  Claim,
  Delivery,
  NewDelivery,
  Outcome,
  PastAttempt,
  Pause,
} from './delivery.ts';
import { makeRow, parseRow } from './delivery-row.ts';
import { findReady } from './find-ready.ts';
import { freeLeases } from './free-leases.ts';
import { type FreeDelivery, queueFree } from './queue-free.ts';
import {
  countStates,
  type DeliveryFilter,
  listDeliveries,
  listLastSent,
  listPauses,
  readHistory,
  type StateCounts,
} from './read.ts';
import { type NewRender, type Rerendered, rerender } from './rerender.ts';
import { settle } from './settle.ts';
import { type LaneMark, readLanes, type SlotPlan, takeSlots } from './slots.ts';
import { beginUnlessHeld } from './unless-held.ts';

/** What `queue` found: a new row, or the one that was there. */
export type Queued = { readonly isNew: boolean; readonly delivery: Delivery };

export type ClaimOptions = ClaimTerms & {
  /** Only of these, as a worker can publish to no others. */
  readonly destinations: readonly string[];
};

/** The ledger of deliveries. Every verb is one transaction; any number of processes may share it. */
export type Outbox = Acts & {
  /** Puts what a person asks for in line; it is held where an editor holds its item. */
  queue(delivery: NewDelivery, now: Date): Promise<Queued>;
  /**
   * Puts what nobody asks for in line, all of it or nothing: undefined where an editor has meanwhile
   * held something that it needs, or approved other words of it, so that it is to be planned anew.
   * Gives what was not there.
   */
  queueFree(deliveries: readonly FreeDelivery[], now: Date): Promise<Delivery[] | undefined>;
  /** Replaces what a delivery of which nothing can be in place will post, and perhaps when. */
  rerender(id: string, render: NewRender, now: Date): Promise<Rerendered>;
  /** Those of the destinations at which something may be claimed now, what is due longest first. */
  findReady(destinations: readonly string[], now: Date): Promise<string[]>;
  /**
   * Takes the next delivery that is due at one of the destinations, and opens an attempt. Nothing of
   * a destination is taken while an earlier delivery of it is open, or while a worker is at any
   * other of it, or while it is paused; only what is to be taken back does not wait for what is to
   * be published.
   */
  claim(options: ClaimOptions): Promise<Claim | undefined>;
  /** Records what became of a claim. False, and nothing changes, when the claim is no longer the latest. */
  settle(claim: Claim, outcome: Outcome, now: Date): Promise<boolean>;
  /**
   * Takes what workers had in hand that `isDead` knows to be gone, so that nobody waits for them:
   * it may be sent or not.
   */
  freeLeases(isDead: (owner: string) => boolean, now: Date): Promise<number>;
  read(id: string): Promise<Delivery | undefined>;
  /** The deliveries, the latest due first. */
  list(filter?: DeliveryFilter): Promise<Delivery[]>;
  /** What went out last, the latest first. */
  listLastSent(most: number): Promise<Delivery[]>;
  /** How many deliveries of each destination are in each state. */
  countStates(): Promise<StateCounts>;
  /** Every attempt at a delivery and everything that people did to it, the oldest first. */
  readHistory(
    id: string,
  ): Promise<{ readonly attempts: readonly PastAttempt[]; readonly actions: readonly Action[] }>;
  /** The destinations that take nothing until a person has acted. */
  listPauses(): Promise<Pause[]>;
  /**
   * Marks slots of a destination as planned and queues what they take. Undefined, and nothing
   * changes, where another process has planned it meanwhile.
   */
  takeSlots(plan: SlotPlan, now: Date): Promise<Delivery[] | undefined>;
  /** How far the lanes of a destination are planned. */
  readLanes(destination: string): Promise<LaneMark[]>;
};

/** The outbox in a database. */
export function makeOutbox(database: Database): Outbox {
  const read = async (id: string, from: Database = database): Promise<Delivery | undefined> => {
    const row = await from
      .selectFrom('deliveries')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst();
    return row === undefined ? undefined : parseRow(row);
  };

  const insert = async (from: Database, delivery: NewDelivery, now: Date): Promise<Queued> => {
    const { issue, item, revision, destination } = delivery;
    const id = makeDeliveryId(issue, item, revision, destination);
    const result = await from
      .insertInto('deliveries')
      .values({ ...makeRow(id, delivery, now), state: beginUnlessHeld(delivery) })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirst();
    const stored = await read(id, from);
    if (stored === undefined) throw new Error(`delivery ${id} is not there after its insertion`);
    return { isNew: result.numInsertedOrUpdatedRows === 1n, delivery: stored };
  };

  return {
    ...makeActs(database),
    read: (id) => read(id),
    queue: (delivery, now) =>
      database.transaction().execute((transaction) => insert(transaction, delivery, now)),
    queueFree: (deliveries, now) =>
      database
        .transaction()
        .execute((transaction) =>
          queueFree(transaction, deliveries, now, (within, delivery) =>
            insert(within, delivery, now),
          ),
        ),
    rerender: (id, render, now) => rerender(database, id, render, now),
    findReady: (destinations, now) => findReady(database, destinations, now),
    claim: async ({ destinations, ...terms }) => {
      const isOne = destinations.length === 1;
      const ready = isOne ? destinations : await findReady(database, destinations, terms.now);
      for (const destination of ready) {
        const claim = await claimNext(database, destination, terms);
        if (claim !== undefined) return claim;
      }
      return undefined;
    },
    settle: (claim, outcome, now) => settle(database, claim, outcome, now),
    list: (filter) => listDeliveries(database, filter),
    listLastSent: (most) => listLastSent(database, most),
    countStates: () => countStates(database),
    listPauses: () => listPauses(database),
    readHistory: (id) => readHistory(database, id),
    freeLeases: (isDead, now) => freeLeases(database, isDead, now),
    takeSlots: (plan, now) =>
      takeSlots(database, plan, now, (transaction, delivery) => insert(transaction, delivery, now)),
    readLanes: (destination) => readLanes(database, destination),
  };
}
