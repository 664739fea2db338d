import { sql } from 'kysely';
import type { Database } from '../database/open-database.ts';

/** Issues by what readers have of them. Samples are not counted. */
export type IssueCounts = {
  /** Their newest revision is approved. */
  readonly readable: number;
  /** It is not: editors are still to say so. */
  readonly proposed: number;
};

export async function countIssues(database: Database): Promise<IssueCounts> {
  const row = await database
    .selectFrom('issues')
    .select([
      ({ fn }) => fn.countAll<number>().as('all'),
      ({ fn }) => fn.count<number>('approved_at').as('readable'),
    ])
    .where('is_sample', '=', 0)
    .where(sql<boolean>`not exists (
      select 1 from issues as newer
      where newer.number = issues.number and newer.revision > issues.revision
    )`)
    .executeTakeFirst();
  const readable = Number(row?.readable ?? 0);
  return { readable, proposed: Number(row?.all ?? 0) - readable };
}
