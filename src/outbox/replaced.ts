import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../database/open-database.ts';
import type { DeliveryTable } from '../database/tables.ts';
import { MOVES } from './transitions.ts';

type Corrected = Pick<DeliveryTable, 'id' | 'replaces' | 'correction' | 'revision' | 'receipt'>;

/**
 * What a correction was put in the place of is there no more; a later correction of it is one of
 * this.
 */
export async function endReplaced(
  transaction: Database,
  { id, replaces, correction, revision }: Omit<Corrected, 'receipt'>,
  at: string,
): Promise<void> {
  if (replaces === null || correction === 'reply') return;
  await transaction
    .updateTable('deliveries')
    .set({ replaces: id })
    .where('replaces', '=', replaces)
    .where('id', '!=', id)
    .where('state', 'not in', ['sent', 'retracted'])
    .execute();
  await transaction
    .updateTable('deliveries')
    .set({
      state: MOVES.replace.to,
      task: 'publish',
      receipt: null,
      retry_at: null,
      settled_at: at,
      reason: `revision ${revision} took its place`,
      remedy: null,
    })
    .where('id', '=', replaces)
    .where('state', 'in', [...MOVES.replace.from])
    .where('receipt', 'is not', null)
    .execute();
}

/**
 * A correction that is taken back before it is known to be whole may have its words in some of the
 * posts, and the old ones in others: what it was to take the place of is taken back as well.
 */
export async function retractReplaced(
  transaction: Database,
  { replaces, correction, receipt }: Omit<Corrected, 'id' | 'revision'>,
  at: string,
): Promise<void> {
  if (replaces === null || correction === 'reply' || receipt !== null) return;
  await transaction
    .updateTable('deliveries')
    .set({
      state: MOVES.retract.to,
      task: 'retract',
      due_at: at,
      retry_at: null,
      first_attempt_at: null,
      settled_at: null,
      reason: null,
      remedy: null,
    })
    .where('id', '=', replaces)
    .where('state', '=', 'sent')
    .execute();
}

/** Makes a delivery one by itself where what it was to correct is not in place. */
export function unlessGone(): {
  readonly replaces: RawBuilder<string | null>;
  readonly correction: RawBuilder<DeliveryTable['correction']>;
} {
  const isThere = sql`exists (
    select 1 from deliveries as base where base.id = deliveries.replaces and base.receipt is not null
  )`;
  return {
    replaces: sql`case when ${isThere} then replaces end`,
    correction: sql`case when ${isThere} then correction end`,
  };
}
