import { sql } from 'kysely';
import type { Database } from '../database/open-database.ts';
import type { Claim } from './delivery.ts';
import { parseRow } from './delivery-row.ts';
import { OPEN_STATES } from './transitions.ts';

export type ClaimOptions = {
  readonly owner: string;
  readonly now: Date;
  readonly leaseMs: number;
  /** Only these destinations, as a worker can publish to no others. */
  readonly destinations: readonly string[];
};

/**
 * Takes the next delivery that is due and opens an attempt, in one transaction that begins with
 * its only contended write: of any number of workers exactly one gets the row.
 */
export async function claimNext(
  database: Database,
  { owner, now, leaseMs, destinations }: ClaimOptions,
): Promise<Claim | undefined> {
  if (destinations.length === 0) return undefined;
  const at = now.toISOString();
  return database.transaction().execute(async (transaction) => {
    const row = await transaction
      .updateTable('deliveries')
      .set({
        state: 'sending',
        lease_owner: owner,
        lease_until: new Date(now.getTime() + leaseMs).toISOString(),
        fence: sql<number>`fence + 1`,
        attempts: sql<number>`attempts + 1`,
        first_attempt_at: sql<string>`coalesce(first_attempt_at, ${at})`,
        retry_at: null,
      })
      .where('id', '=', ({ selectFrom }) =>
        selectFrom('deliveries as next')
          .select('next.id')
          .where('next.destination', 'in', destinations)
          .where('next.due_at', '<=', at)
          .where(({ eb, and, or }) =>
            or([
              and([
                eb('next.state', 'in', ['planned', 'unknown']),
                or([eb('next.retry_at', 'is', null), eb('next.retry_at', '<=', at)]),
              ]),
              and([eb('next.state', '=', 'sending'), eb('next.lease_until', '<=', at)]),
            ]),
          )
          .where(({ not, exists, selectFrom }) =>
            not(
              exists(
                selectFrom('deliveries as earlier')
                  .select('earlier.id')
                  .whereRef('earlier.destination', '=', 'next.destination')
                  .where('earlier.state', 'in', [...OPEN_STATES])
                  .where(({ eb, and, or, ref }) =>
                    or([
                      eb('earlier.due_at', '<', ref('next.due_at')),
                      and([
                        eb('earlier.due_at', '=', ref('next.due_at')),
                        eb('earlier.id', '<', ref('next.id')),
                      ]),
                    ]),
                  ),
              ),
            ),
          )
          // One at a time, also when an earlier one was queued while a later one is being sent.
          .where(({ not, exists, selectFrom }) =>
            not(
              exists(
                selectFrom('deliveries as held')
                  .select('held.id')
                  .whereRef('held.destination', '=', 'next.destination')
                  .whereRef('held.id', '!=', 'next.id')
                  .where('held.state', '=', 'sending')
                  .where('held.lease_until', '>', at),
              ),
            ),
          )
          .orderBy('next.due_at')
          .orderBy('next.id')
          .limit(1),
      )
      .returningAll()
      .executeTakeFirst();
    if (row === undefined) return undefined;
    await transaction
      .updateTable('attempts')
      .set({ ended_at: at, outcome: 'unknown', detail: 'the worker died or was too slow' })
      .where('delivery_id', '=', row.id)
      .where('ended_at', 'is', null)
      .execute();
    await transaction
      .insertInto('attempts')
      .values({
        delivery_id: row.id,
        number: row.attempts,
        started_at: at,
        ended_at: null,
        outcome: null,
        detail: null,
      })
      .execute();
    const delivery = parseRow(row);
    const firstAttemptAt = delivery.firstAttemptAt ?? now;
    return {
      delivery: { ...delivery, firstAttemptAt },
      owner,
      fence: row.fence,
      attempt: row.attempts,
    };
  });
}
