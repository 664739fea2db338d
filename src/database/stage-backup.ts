import { randomUUID } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describeError, PaperboyError } from '../kit/errors.ts';
import { discard, flushPath } from './durable.ts';
import { findDamage } from './find-damage.ts';
import { isSqlite, readHead } from './is-sqlite.ts';
import { countMigrations } from './migrate.ts';
import { openSqlite, type SqliteConnection } from './open-sqlite.ts';
import { type Contents, hasTable, readContents } from './read-contents.ts';

const GZIP = '\x1f\x8b';
/** Tables that every version of Paperboy has had. */
const OWN_TABLES = ['issues', 'deliveries', 'attempts', 'slots'] as const;
const OTHER_FILE = 'Name a file that paperboy backup has written.';

/** A copy of a backup beside the database whose place it is to take. */
export type Staged = { readonly path: string; readonly contents: Contents };

/**
 * Copies a backup beside a database, looks whether it is whole and Paperboy's, brings the copy up
 * to date, and lets `change` change it. Neither the backup nor the database is touched. Throws
 * `backup.missing`, `backup.foreign`, `backup.newer`, `backup.damaged`, and what disk and SQLite do.
 */
export function stageBackup(
  backup: string,
  file: string,
  change: (sqlite: SqliteConnection, contents: Contents) => void,
): Staged {
  if (!existsSync(backup)) {
    throw new PaperboyError(
      'backup.missing',
      `Cannot restore the backup as there is no such file: ${backup}`,
      OTHER_FILE,
    );
  }
  requireSqlite(backup);
  mkdirSync(dirname(file), { recursive: true });
  const path = `${file}.${randomUUID().slice(0, 8)}.restoring`;
  try {
    copyFileSync(backup, path);
    // A file that was copied by hand from under a running process has its last writes beside it.
    if (existsSync(`${backup}-wal`)) copyFileSync(`${backup}-wal`, `${path}-wal`);
    const contents = check(path, backup);
    const sqlite = openSqlite(path);
    try {
      change(sqlite, contents);
      sqlite.pragma('journal_mode = delete');
    } finally {
      sqlite.close();
    }
    flushPath(path);
    return { path, contents };
  } catch (error) {
    discard(path);
    throw error;
  }
}

/** By its first bytes: SQLite takes an empty file for a database, and says of others little. */
function requireSqlite(backup: string): void {
  try {
    if (isSqlite(backup)) return;
  } catch (error) {
    throw new PaperboyError(
      'backup.missing',
      `Cannot restore the backup as it cannot be read: ${describeError(error)}`,
      OTHER_FILE,
      error,
    );
  }
  const isPacked = readHead(backup).startsWith(GZIP);
  const remedy = isPacked ? 'Unpack it first: gunzip FILE' : OTHER_FILE;
  throw foreign(backup, 'it is no SQLite database', remedy);
}

function check(path: string, backup: string): Contents {
  const sqlite = new Sqlite(path);
  try {
    const damage = findDamage(sqlite);
    if (damage !== undefined) throw damaged(backup, damage);
    const version = Number(sqlite.pragma('user_version', { simple: true }));
    if (version === 0 || !OWN_TABLES.every((name) => hasTable(sqlite, name))) {
      throw foreign(backup, 'it is a database of another program', OTHER_FILE);
    }
    if (version > countMigrations()) {
      throw new PaperboyError(
        'backup.newer',
        `Cannot restore the backup as it was written by a newer Paperboy: version ${version}, this one knows ${countMigrations()}`,
        'Update Paperboy, then do this again.',
      );
    }
    return readContents(sqlite);
  } catch (error) {
    if (error instanceof PaperboyError || !isDamage(error)) throw error;
    throw damaged(backup, describeError(error));
  } finally {
    sqlite.close();
  }
}

function foreign(backup: string, seen: string, remedy: string): PaperboyError {
  return new PaperboyError(
    'backup.foreign',
    `Cannot restore ${backup} as it must be a backup of Paperboy: ${seen}`,
    remedy,
  );
}

function damaged(backup: string, seen: string): PaperboyError {
  return new PaperboyError(
    'backup.damaged',
    `Cannot restore ${backup} as it is damaged: ${seen}`,
    'Take another backup; each one is whole when it is made.',
  );
}

function isDamage(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^SQLITE_(?:CORRUPT|NOTADB)/.test(code);
}
