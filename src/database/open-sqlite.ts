import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describeError, PaperboyError } from '../kit/errors.ts';
import { explainDatabaseError } from './explain-error.ts';
import { isDiskFull } from './is-disk-full.ts';
import { migrate } from './migrate.ts';

/** A connection that speaks plain SQL; for reading, see docs/decisions/005. */
export type SqliteConnection = Sqlite.Database;

/** How long a statement waits for another process's write before it gives up. */
const BUSY_TIMEOUT_MS = 10_000;

/**
 * Opens the SQLite file, makes its folder, and brings its tables up to date. WAL lets several
 * processes read while one writes; `synchronous = full` makes a settled delivery survive a power
 * cut, as a lost receipt could mean a second post. Throws `database.unusable`.
 */
export function openSqlite(file: string): SqliteConnection {
  try {
    mkdirSync(dirname(file), { recursive: true });
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
    return sqlite;
  } catch (error) {
    if (error instanceof PaperboyError) throw error;
    throw explainDatabaseError(error, { file }) ?? explainPath(error, file);
  }
}

/** What is wrong before SQLite has said anything: of the folder, or of the path. */
function explainPath(error: unknown, file: string): PaperboyError {
  return new PaperboyError(
    'database.unusable',
    `Cannot open the database ${file} as it must be a readable and writable SQLite file: ${describeError(error)}`,
    isDiskFull(file)
      ? 'The disk is full: free some space, then do this again.'
      : 'Check the path in DATABASE_URL or PAPERBOY_DATA, and its permissions.',
    error,
  );
}
