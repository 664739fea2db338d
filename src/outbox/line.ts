import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { OPEN_STATES, OTHER_STATES } from './transitions.ts';

/**
 * That a row is still on its way. The states are spelt out, not bound: SQLite uses the index of the
 * lines only where it can see that a query asks for no other rows.
 * https://sqlite.org/partialindex.html#queries_using_partial_indexes
 */
export function isInLine(table: string): RawBuilder<SqlBool> {
  const states = sql.join(OPEN_STATES.map((state) => sql.lit(state)));
  return sql<SqlBool>`${sql.ref(`${table}.state`)} in (${states})`;
}

/** That a row is not, spelt out as its index has it. */
export function isOutOfLine(table: string): RawBuilder<SqlBool> {
  const states = sql.join(OTHER_STATES.map((state) => sql.lit(state)));
  return sql<SqlBool>`${sql.ref(`${table}.state`)} in (${states})`;
}

/** Longer than any retry is put off: six hours at a platform's word, and an hour by which clocks differ. */
export const LONGEST_RETRY_MS = 7 * 60 * 60 * 1000;

/**
 * That a row need not wait for its next attempt any longer. A time that is further off than any retry
 * was written while a clock was ahead, and counts as come.
 */
export function isRetryDue(table: string, now: Date): RawBuilder<SqlBool> {
  const own = sql.ref(`${table}.retry_at`);
  const far = new Date(now.getTime() + LONGEST_RETRY_MS).toISOString();
  return sql<SqlBool>`(${own} is null or ${own} <= ${now.toISOString()} or ${own} > ${far})`;
}

/** That a worker holds a row, dead or alive; spelt out for the same reason. */
export function isHeld(table: string): RawBuilder<SqlBool> {
  return sql<SqlBool>`${sql.ref(`${table}.state`)} = ${sql.lit('sending')}`;
}

/**
 * That a row is to be published while something else of its item, at the same place, is still to be
 * taken back: both together would be there twice, and nobody could tell whose a post is. What is
 * `waiting` is soon over, and the line waits for it; what was `refused` waits for a person, and
 * others pass.
 */
export function isBehindRetraction(table: string, how: 'waiting' | 'refused'): RawBuilder<SqlBool> {
  const states = how === 'refused' ? (['refused'] as const) : OPEN_STATES;
  const own = (column: string): RawBuilder<unknown> => sql.ref(`${table}.${column}`);
  return sql<SqlBool>`(${own('task')} = 'publish' and exists (
    select 1 from deliveries as remains
    where remains.issue_number = ${own('issue_number')}
      and remains.destination = ${own('destination')}
      and remains.item = ${own('item')}
      and remains.task = 'retract'
      and remains.state in (${sql.join(states.map((state) => sql.lit(state)))})
  ))`;
}
