import type { RawBuilder, SqlBool } from 'kysely';
import type { Database } from '../database/open-database.ts';
import type { DeliveryState } from '../database/tables.ts';
import type { Action, Delivery, PastAttempt, Pause } from './delivery.ts';
import { parseRow } from './delivery-row.ts';
import { isInLine, isOutOfLine } from './line.ts';

/** Which deliveries; all of them without it. */
export type DeliveryFilter = {
  readonly issue?: number;
  /** Those of any of these issues. */
  readonly issues?: readonly number[];
  readonly destination?: string;
  readonly states?: readonly DeliveryState[];
  /** Those whose id begins so. */
  readonly idPrefix?: string;
  /** At most so many. */
  readonly most?: number;
  /** The earliest due first, rather than the latest. */
  readonly isEarliestFirst?: boolean;
};

/** The deliveries, the latest due first. */
export async function listDeliveries(
  database: Database,
  { issue, issues, destination, states, idPrefix, most, isEarliestFirst }: DeliveryFilter = {},
): Promise<Delivery[]> {
  const order = isEarliestFirst ? 'asc' : 'desc';
  let query = database.selectFrom('deliveries').selectAll();
  if (issue !== undefined) query = query.where('issue_number', '=', issue);
  if (issues !== undefined) query = query.where('issue_number', 'in', [...issues]);
  if (destination !== undefined) query = query.where('destination', '=', destination);
  if (states !== undefined) query = query.where('state', 'in', [...states]);
  if (idPrefix !== undefined) {
    query = query.where('id', '>=', idPrefix).where('id', '<', `${idPrefix}g`);
  }
  if (most !== undefined) query = query.limit(most);
  const rows = await query.orderBy('due_at', order).orderBy('id', order).execute();
  return rows.map(parseRow);
}

/** What went out last, the latest first. */
export async function listLastSent(database: Database, most: number): Promise<Delivery[]> {
  const rows = await database
    .selectFrom('deliveries')
    .selectAll()
    .where('state', '=', 'sent')
    .orderBy('settled_at', 'desc')
    .orderBy('id')
    .limit(most)
    .execute();
  return rows.map(parseRow);
}

/** How many deliveries of each destination are in each state. */
export type StateCounts = ReadonlyMap<string, Readonly<Partial<Record<DeliveryState, number>>>>;

export async function countStates(database: Database): Promise<StateCounts> {
  const count = (which: RawBuilder<SqlBool>) =>
    database
      .selectFrom('deliveries')
      .select(['destination', 'state', ({ fn }) => fn.countAll<number>().as('count')])
      .where(which)
      .groupBy(['destination', 'state'])
      .orderBy('destination')
      .orderBy('state')
      .execute();
  // Each half has an index; both at once would read the ledger whole.
  const rows = [
    ...(await count(isInLine('deliveries'))),
    ...(await count(isOutOfLine('deliveries'))),
  ];
  const counts = new Map<string, Partial<Record<DeliveryState, number>>>();
  for (const { destination, state, count } of rows) {
    const seen = counts.get(destination) ?? {};
    counts.set(destination, seen);
    seen[state] = Number(count);
  }
  return counts;
}

/** The destinations that take nothing until a person has acted. */
export async function listPauses(database: Database): Promise<Pause[]> {
  const rows = await database.selectFrom('pauses').selectAll().orderBy('paused_at').execute();
  return rows.map(({ destination, paused_at: at, reason, remedy }) => ({
    destination,
    pausedAt: new Date(at),
    reason,
    remedy,
  }));
}

/** Every attempt at a delivery and everything that people did to it, the oldest first. */
export async function readHistory(
  database: Database,
  id: string,
): Promise<{ readonly attempts: readonly PastAttempt[]; readonly actions: readonly Action[] }> {
  const attempts = await database
    .selectFrom('attempts')
    .selectAll()
    .where('delivery_id', '=', id)
    .orderBy('number')
    .execute();
  const actions = await database
    .selectFrom('actions')
    .selectAll()
    .where('delivery_id', '=', id)
    .orderBy('number')
    .execute();
  return {
    attempts: attempts.map((row) => ({
      number: row.number,
      task: row.task,
      startedAt: new Date(row.started_at),
      endedAt: row.ended_at === null ? undefined : new Date(row.ended_at),
      outcome: row.outcome ?? undefined,
      detail: row.detail ?? undefined,
    })),
    actions: actions.map((row) => ({
      at: new Date(row.at),
      verb: row.verb,
      actor: row.actor,
      note: row.note ?? undefined,
    })),
  };
}
