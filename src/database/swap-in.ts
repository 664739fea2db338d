import { chmodSync, chownSync, existsSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { PaperboyError } from '../kit/errors.ts';
import { flushPath, keepAs, replaceFile, SIDES } from './durable.ts';
import { isSqlite } from './is-sqlite.ts';
import type { SqliteConnection } from './open-sqlite.ts';

/** How long another process may take to let go of the database. */
const PATIENCE_MS = 3_000;

/**
 * Puts a staged database in the place of another, in one step, and keeps the former one beside it,
 * whole and by itself: its name, or undefined where there was none. Throws `database.busy`, and
 * changes nothing, while any process has the former one open.
 */
export function swapIn(staged: string, file: string, now: Date): string | undefined {
  const isThere = existsSync(file);
  const former = `${file}.before-restore-${now.toISOString().replace(/[-:]|\.\d+/g, '')}`;
  const alone = isThere ? takeAlone(file) : undefined;
  try {
    takeOver(isThere ? file : dirname(file), staged);
    if (isThere) keepAs(file, former);
    // Of a damaged database, or of one that was lost: SQLite would take them for the new one's.
    for (const side of alone === undefined ? SIDES : []) {
      if (existsSync(`${file}${side}`)) renameSync(`${file}${side}`, `${former}${side}`);
    }
    flushPath(dirname(file));
    replaceFile(staged, file);
  } finally {
    alone?.close();
  }
  return isThere ? former : undefined;
}

/**
 * Keeps every other process from a database, and writes into it what is beside it: leaving WAL mode
 * does both, and only goes while nobody else has the file open. Undefined for one that is damaged.
 */
function takeAlone(file: string): SqliteConnection | undefined {
  if (!isSqlite(file)) return undefined;
  const sqlite = new Sqlite(file, { timeout: PATIENCE_MS });
  try {
    sqlite.pragma('journal_mode = delete');
    sqlite.exec('begin exclusive');
    return sqlite;
  } catch (error) {
    sqlite.close();
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (/^SQLITE_(?:CORRUPT|NOTADB)/.test(code)) return undefined;
    if (!/^SQLITE_(?:BUSY|LOCKED)/.test(code)) throw error;
    throw new PaperboyError(
      'database.busy',
      `Cannot restore the backup as another process has the database open: ${file}`,
      'Stop paperboy start and every other command of it, then do this again.',
      error,
    );
  }
}

/** Who could use the former database can use this one, also where an administrator restores it. */
function takeOver(like: string, staged: string): void {
  const { uid, gid, mode } = statSync(like);
  const own = statSync(staged);
  chmodSync(staged, mode & 0o666);
  if (own.uid !== uid || own.gid !== gid) chownSync(staged, uid, gid);
}
