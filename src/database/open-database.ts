import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { describeError, PaperboyError } from '../kit/errors.ts';
import { migrate } from './migrate.ts';
import type { Tables } from './tables.ts';

export type Database = Kysely<Tables>;

/** How long a statement waits for another process's write before it gives up. */
const BUSY_TIMEOUT_MS = 10_000;

/**
 * Opens the SQLite file, makes its folder, and brings its tables up to date. WAL lets several
 * processes read while one writes; `synchronous = full` makes a settled delivery survive a power
 * cut, as a lost receipt could mean a second post. Throws `database.unusable`.
 *
 * Transactions here begin deferred, so each must begin with a write: a read that is upgraded to a
 * write fails at once when another process wrote in between.
 */
export function openDatabase(file: string): Database {
  try {
    if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
    const sqlite = new Sqlite(file, { timeout: BUSY_TIMEOUT_MS });
    try {
      sqlite.pragma('journal_mode = WAL');
      sqlite.pragma('synchronous = FULL');
      sqlite.pragma('foreign_keys = ON');
      migrate(sqlite);
    } catch (error) {
      sqlite.close();
      throw error;
    }
    return new Kysely<Tables>({ dialect: new SqliteDialect({ database: sqlite }) });
  } catch (error) {
    if (error instanceof PaperboyError) throw error;
    throw new PaperboyError(
      'database.unusable',
      `Cannot open the database ${file} as it must be a readable and writable SQLite file: ${describeError(error)}`,
      'Check the path in DATABASE_URL or PAPERBOY_DATA, its permissions and the free disk space.',
      error,
    );
  }
}
