import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { OPEN_STATES } from './transitions.ts';

/**
 * That a row is still on its way. The states are spelt out, not bound: SQLite uses the index of the
 * lines only where it can see that a query asks for no other rows.
 * https://sqlite.org/partialindex.html#queries_using_partial_indexes
 */
export function isInLine(table: string): RawBuilder<SqlBool> {
  const states = sql.join(OPEN_STATES.map((state) => sql.lit(state)));
  return sql<SqlBool>`${sql.ref(`${table}.state`)} in (${states})`;
}

/** That a worker holds a row, dead or alive; spelt out for the same reason. */
export function isHeld(table: string): RawBuilder<SqlBool> {
  return sql<SqlBool>`${sql.ref(`${table}.state`)} = ${sql.lit('sending')}`;
}
