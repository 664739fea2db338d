import { Kysely, SqliteDialect } from 'kysely';
import { openSqlite } from './open-sqlite.ts';
import type { Tables } from './tables.ts';

export type Database = Kysely<Tables>;

/**
 * Opens the database for writing. Throws `database.unusable`.
 *
 * Transactions here begin deferred, so each must begin with a write: a read that is upgraded to a
 * write fails at once when another process wrote in between.
 */
export function openDatabase(file: string): Database {
  return new Kysely<Tables>({ dialect: new SqliteDialect({ database: openSqlite(file) }) });
}
