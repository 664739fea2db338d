import Sqlite from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import type { Database } from './open-database.ts';
import type { SqliteConnection } from './open-sqlite.ts';
import type { Tables } from './tables.ts';

/**
 * Opens a database that is there, to look at it: nothing can be written, and its tables stay those
 * of the version that made them. Unlike a connection for reading alone, which leaves files beside a
 * database that nobody else has open, this one takes them away again. Throws what SQLite throws.
 */
export function openUnchanged(file: string, timeoutMs = 2_000): SqliteConnection {
  const sqlite = new Sqlite(file, { fileMustExist: true, timeout: timeoutMs });
  try {
    sqlite.pragma('query_only = ON');
    return sqlite;
  } catch (error) {
    sqlite.close();
    throw error;
  }
}

/** The same connection for what speaks Kysely. */
export function asDatabase(sqlite: SqliteConnection): Database {
  return new Kysely<Tables>({ dialect: new SqliteDialect({ database: sqlite }) });
}
