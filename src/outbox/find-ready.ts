import { sql } from 'kysely';
import type { Database } from '../database/open-database.ts';
import { isBehindRetraction, isHeld, isInLine, isRetryDue } from './line.ts';

/**
 * Those of the destinations at which something may be claimed now, what is due longest first. It
 * reads the heads of the lines alone, however long they are: from each destination that the index
 * of the lines knows it goes to the next.
 */
export async function findReady(
  database: Database,
  destinations: readonly string[],
  now: Date,
): Promise<string[]> {
  const at = now.toISOString();
  const head = (task: 'publish' | 'retract') => sql`(
    select line.id from deliveries as line
    where line.destination = known.name and line.task = ${sql.lit(task)} and ${isInLine('line')}
      and not ${isBehindRetraction('line', 'refused')}
    order by line.due_at, line.id limit 1
  )`;
  const { rows } = await sql<{ name: string }>`
    with recursive known (name) as (
      select min(destination) from deliveries where ${isInLine('deliveries')}
      union all
      select (
        select min(destination) from deliveries
        where ${isInLine('deliveries')} and destination > known.name
      )
      from known where known.name is not null
    )
    select known.name
    from known join deliveries as head on head.id in (${head('retract')}, ${head('publish')})
    where head.due_at <= ${at}
      and not ${isBehindRetraction('head', 'waiting')}
      and ${isRetryDue('head', now)}
      and not exists (
        select 1 from deliveries as busy
        where busy.destination = known.name and ${isHeld('busy')} and busy.lease_until > ${at}
      )
      and not exists (select 1 from pauses where pauses.destination = known.name)
    group by known.name
    order by min(head.due_at), known.name
  `.execute(database);
  const wanted = new Set(destinations);
  return rows.map(({ name }) => name).filter((name) => wanted.has(name));
}
