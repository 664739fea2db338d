import { setTimeout as wait } from 'node:timers/promises';
import type { Database } from '../database/open-database.ts';
import type { DeliveryState } from '../database/tables.ts';

/** How many rows were deleted. */
export type Pruned = {
  readonly attempts: number;
  readonly actions: number;
  readonly decisions: number;
  readonly spending: number;
};

/** Nothing is left to be done about these by itself. */
const SETTLED = ['sent', 'refused', 'cancelled', 'retracted'] as const satisfies DeliveryState[];
/** These may be tried again, and what an attempt may have left behind is looked for then. */
const MAY_COME_BACK = ['refused', 'cancelled'] as const satisfies DeliveryState[];
const DOUBTFUL = ['unknown', 'refused'] as const;
/** So many deliveries at a time, with a pause in which others write. */
const BATCH = 200;
const PAUSE_MS = 5;

/**
 * Deletes what only tells how it once went: the attempts at deliveries that were settled before an
 * instant, what people did to them, what editors decided about issues of which nothing was decided
 * since, and what accounts had spent by then. Never a delivery, a receipt, a verdict, an entry of a
 * feed, or an attempt that may have left something behind where that may be tried again: "once"
 * rests on them. `before` is days ago, as points of yesterday may still count. Each batch is a write
 * of its own, so that a courier is not held up; cut short, it goes on at the next call.
 */
export async function pruneHistory(database: Database, before: Date): Promise<Pruned> {
  const at = before.toISOString();
  return {
    attempts: await eachBatch(database, 'attempts', at, (ids) => deleteAttempts(database, ids, at)),
    actions: await eachBatch(database, 'actions', at, (ids) => deleteActions(database, ids, at)),
    decisions: await deleteDecisions(database, at),
    spending: await deleteSpending(database, at),
  };
}

/** Goes through the deliveries that have rows in a table, by their ids: the index leads the way. */
async function eachBatch(
  database: Database,
  table: 'attempts' | 'actions',
  at: string,
  remove: (ids: readonly string[]) => Promise<number>,
): Promise<number> {
  const moment = table === 'attempts' ? 'started_at' : 'at';
  let removed = 0;
  for (let last = ''; ; ) {
    const rows = await database
      .selectFrom(table)
      .select('delivery_id')
      .distinct()
      .where('delivery_id', '>', last)
      .where(moment, '<', at)
      .orderBy('delivery_id')
      .limit(BATCH)
      .execute();
    const ids = rows.map(({ delivery_id: id }) => id);
    if (ids.length === 0) return removed;
    removed += await remove(ids);
    last = ids.at(-1) ?? last;
    await wait(PAUSE_MS);
  }
}

async function deleteAttempts(
  database: Database,
  ids: readonly string[],
  at: string,
): Promise<number> {
  const { numDeletedRows } = await database
    .deleteFrom('attempts')
    .where('delivery_id', 'in', ids)
    .where(({ and, or, not, eb, exists, selectFrom }) => {
      const settled = selectFrom('deliveries')
        .select('deliveries.id')
        .whereRef('deliveries.id', '=', 'attempts.delivery_id')
        .where('deliveries.settled_at', '<', at);
      const doubtful = or([eb('outcome', 'is', null), eb('outcome', 'in', DOUBTFUL)]);
      const isKept = and([
        doubtful,
        exists(settled.where('deliveries.state', 'in', MAY_COME_BACK)),
      ]);
      return and([exists(settled.where('deliveries.state', 'in', SETTLED)), not(isKept)]);
    })
    .executeTakeFirst();
  return Number(numDeletedRows);
}

async function deleteActions(
  database: Database,
  ids: readonly string[],
  at: string,
): Promise<number> {
  const { numDeletedRows } = await database
    .deleteFrom('actions')
    .where('delivery_id', 'in', ids)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('deliveries')
          .select('deliveries.id')
          .whereRef('deliveries.id', '=', 'actions.delivery_id')
          .where('deliveries.settled_at', '<', at)
          .where('deliveries.state', 'in', SETTLED),
      ),
    )
    .executeTakeFirst();
  return Number(numDeletedRows);
}

/** All of an issue's or none: their numbers go on from how many there are. */
async function deleteDecisions(database: Database, at: string): Promise<number> {
  const { numDeletedRows } = await database
    .deleteFrom('decisions')
    .where('issue_number', 'in', ({ selectFrom }) =>
      selectFrom('decisions as old')
        .select('old.issue_number')
        .groupBy('old.issue_number')
        .having(({ fn }) => fn.max('old.at'), '<', at),
    )
    .executeTakeFirst();
  return Number(numDeletedRows);
}

async function deleteSpending(database: Database, at: string): Promise<number> {
  const { numDeletedRows } = await database
    .deleteFrom('spending')
    .where('at', '<', at)
    .executeTakeFirst();
  return Number(numDeletedRows);
}
