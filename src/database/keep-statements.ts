import type { SqliteDatabase } from 'kysely';
import type { SqliteConnection } from './open-sqlite.ts';

/** More than there are different statements, but for those whose lists differ in length. */
const MOST = 300;

/**
 * A connection that prepares a statement once and not at every use: that takes longer than most of
 * them do. SQLite prepares one anew by itself when the tables have changed.
 * https://sqlite.org/c3ref/prepare.html
 */
export function keepStatements(database: SqliteConnection): SqliteDatabase {
  const kept = new Map<string, ReturnType<SqliteConnection['prepare']>>();
  return {
    prepare: (sql) => {
      const found = kept.get(sql);
      // One that is being read row by row cannot begin again.
      const statement = found === undefined || found.busy ? database.prepare(sql) : found;
      kept.delete(sql);
      kept.set(sql, statement);
      const [oldest] = kept.keys();
      if (kept.size > MOST && oldest !== undefined) kept.delete(oldest);
      return statement;
    },
    close: () => database.close(),
  };
}
