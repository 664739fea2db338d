import { sql } from 'kysely';
import type { Database } from '../database/open-database.ts';
import { makeDeliveryId } from '../kit/ids.ts';
import { type ClaimOptions, claimNext } from './claim-next.ts';
import type { Claim, Delivery, NewDelivery, Outcome } from './delivery.ts';
import { makeRow, parseRow } from './delivery-row.ts';
import { type NewRender, type Rerendered, rerender } from './rerender.ts';
import { STATE_AFTER } from './transitions.ts';

/** What `queue` found: a new row, or the one that was there. */
export type Queued = { readonly isNew: boolean; readonly delivery: Delivery };

/** A time at which a schedule posts to a destination. */
export type Slot = {
  readonly destination: string;
  readonly slotAt: Date;
  /** The cron expression and its zone: a slot of another schedule is another slot. */
  readonly schedule: string;
};

/** The ledger of deliveries. Every verb is one transaction; any number of processes may share it. */
export type Outbox = {
  queue(delivery: NewDelivery, now: Date): Promise<Queued>;
  /** Puts a refused delivery back in line, due at `dueAt`. False when it is not refused. */
  requeue(id: string, dueAt: Date): Promise<boolean>;
  /** Lets a delivery that waits for its next attempt have it now. False when it does not wait. */
  hasten(id: string): Promise<boolean>;
  /** Replaces what a delivery that was never tried will post, and perhaps when. */
  rerender(id: string, render: NewRender): Promise<Rerendered>;
  /**
   * Takes the next delivery that is due, oldest first within each destination, and opens an
   * attempt. Nothing of a destination is taken while an earlier delivery of it is open, or while
   * a worker is at any other of it.
   */
  claim(options: ClaimOptions): Promise<Claim | undefined>;
  /** Records what became of a claim. False, and nothing changes, when the claim is no longer the latest. */
  settle(claim: Claim, outcome: Outcome, now: Date): Promise<boolean>;
  /** Ends the leases of workers that `isDead` knows to be gone, so that nobody waits for them. */
  freeLeases(isDead: (owner: string) => boolean, now: Date): Promise<number>;
  read(id: string): Promise<Delivery | undefined>;
  /** All deliveries, the latest due first. */
  list(filter?: { readonly issue?: number; readonly destination?: string }): Promise<Delivery[]>;
  /**
   * Takes a slot of the schedule for a destination and queues the first candidate that is not in
   * the ledger yet. `taken` is false when the slot, or a later one, was planned before by the same
   * schedule.
   */
  takeSlot(
    slot: Slot,
    candidates: readonly NewDelivery[],
    now: Date,
  ): Promise<{ readonly taken: boolean; readonly delivery?: Delivery }>;
  /** The last slot that was planned for a destination. */
  readLastSlot(destination: string): Promise<Slot | undefined>;
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
      .values(makeRow(id, delivery, now))
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    const stored = await read(id, from);
    if (stored === undefined) throw new Error(`delivery ${id} is not there after its insertion`);
    return { isNew: result.numInsertedOrUpdatedRows === 1n, delivery: stored };
  };

  return {
    read: (id) => read(id),
    queue: (delivery, now) =>
      database.transaction().execute((transaction) => insert(transaction, delivery, now)),
    requeue: async (id, dueAt) => {
      const result = await database
        .updateTable('deliveries')
        .set({
          state: 'planned',
          due_at: dueAt.toISOString(),
          retry_at: null,
          settled_at: null,
          reason: null,
          remedy: null,
        })
        .where('id', '=', id)
        .where('state', '=', 'refused')
        .executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },
    hasten: async (id) => {
      const result = await database
        .updateTable('deliveries')
        .set({ retry_at: null })
        .where('id', '=', id)
        .where('state', 'in', ['planned', 'unknown'])
        .where('retry_at', 'is not', null)
        .executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },
    rerender: (id, render) => rerender(database, id, render),
    claim: (options) => claimNext(database, options),
    settle: (claim, outcome, now) =>
      database.transaction().execute(async (transaction) => {
        const at = now.toISOString();
        const isFinal = outcome.kind === 'sent' || outcome.kind === 'refused';
        const result = await transaction
          .updateTable('deliveries')
          .set({
            state: STATE_AFTER[outcome.kind],
            lease_owner: null,
            lease_until: null,
            settled_at: isFinal ? at : null,
            retry_at: isFinal ? null : outcome.retryAt.toISOString(),
            receipt: outcome.kind === 'sent' ? JSON.stringify(outcome.receipt) : null,
            reason: outcome.kind === 'sent' ? null : outcome.reason,
            remedy: outcome.kind === 'refused' ? outcome.remedy : null,
          })
          .where('id', '=', claim.delivery.id)
          .where('fence', '=', claim.fence)
          .where('state', '=', 'sending')
          .executeTakeFirst();
        if (result.numUpdatedRows !== 1n) return false;
        await transaction
          .updateTable('attempts')
          .set({
            ended_at: at,
            outcome: outcome.kind,
            detail: outcome.kind === 'sent' ? null : outcome.reason,
          })
          .where('delivery_id', '=', claim.delivery.id)
          .where('number', '=', claim.attempt)
          .execute();
        return true;
      }),
    freeLeases: async (isDead, now) => {
      const held = await database
        .selectFrom('deliveries')
        .select(['id', 'fence', 'lease_owner'])
        .where('state', '=', 'sending')
        .execute();
      let freed = 0n;
      for (const { id, fence, lease_owner: holder } of held) {
        if (holder === null || !isDead(holder)) continue;
        const { numUpdatedRows } = await database
          .updateTable('deliveries')
          .set({ lease_until: now.toISOString() })
          .where('id', '=', id)
          .where('fence', '=', fence)
          .where('state', '=', 'sending')
          .executeTakeFirst();
        freed += numUpdatedRows;
      }
      return Number(freed);
    },
    list: async (filter = {}) => {
      let query = database.selectFrom('deliveries').selectAll();
      if (filter.issue !== undefined) query = query.where('issue_number', '=', filter.issue);
      if (filter.destination !== undefined) {
        query = query.where('destination', '=', filter.destination);
      }
      const rows = await query.orderBy('due_at', 'desc').orderBy('id', 'desc').execute();
      return rows.map(parseRow);
    },
    takeSlot: ({ destination, slotAt, schedule }, candidates, now) =>
      database.transaction().execute(async (transaction) => {
        const at = slotAt.toISOString();
        const marked = await transaction
          .insertInto('slots')
          .values({ destination, last_slot_at: at, schedule })
          .onConflict((conflict) =>
            conflict
              .column('destination')
              .doUpdateSet({
                last_slot_at: sql<string>`case when slots.last_slot_at < ${at} then ${at} else slots.last_slot_at end`,
                schedule,
              })
              .where(({ or, eb }) =>
                or([eb('slots.last_slot_at', '<', at), eb('slots.schedule', '!=', schedule)]),
              ),
          )
          .executeTakeFirst();
        if (marked.numInsertedOrUpdatedRows !== 1n) return { taken: false };
        for (const candidate of candidates) {
          const { isNew, delivery } = await insert(transaction, candidate, now);
          if (isNew) return { taken: true, delivery };
        }
        return { taken: true };
      }),
    readLastSlot: async (destination) => {
      const row = await database
        .selectFrom('slots')
        .selectAll()
        .where('destination', '=', destination)
        .executeTakeFirst();
      if (row === undefined) return undefined;
      return { destination, slotAt: new Date(row.last_slot_at), schedule: row.schedule };
    },
  };
}
