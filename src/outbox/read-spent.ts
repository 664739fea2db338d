import { sql } from 'kysely';
import type { Database } from '../database/open-database.ts';

/** The points that an account has spent after an instant; takes none. */
export async function readSpent(database: Database, account: string, after: Date): Promise<number> {
  const row = await database
    .selectFrom('spending')
    .select(sql<number>`coalesce(sum(points), 0)`.as('points'))
    .where('account', '=', account)
    .where('at', '>', after.toISOString())
    .executeTakeFirst();
  return Number(row?.points ?? 0);
}
