import { existsSync, statSync } from 'node:fs';
import { describeError } from '../kit/errors.ts';
import { explainDatabaseError } from './explain-error.ts';
import { isSqlite } from './is-sqlite.ts';
import { countMigrations } from './migrate.ts';
import type { SqliteConnection } from './open-sqlite.ts';
import { openUnchanged } from './open-unchanged.ts';
import { hasTable, MADE_AT } from './read-contents.ts';

/** What can be told of a database file by looking at it. */
export type ExaminedDatabase =
  | { readonly kind: 'none' }
  /** The file is of another program. */
  | { readonly kind: 'foreign' }
  | { readonly kind: 'unusable'; readonly reason: string; readonly remedy: string }
  | { readonly kind: 'damaged'; readonly damage: string }
  | KnownDatabase;

export type KnownDatabase = {
  readonly kind: 'known';
  readonly version: number;
  /** The version that this Paperboy brings it to. */
  readonly latest: number;
  readonly bytes: number;
  /** Of the log beside it, 0 without one. */
  readonly walBytes: number;
  /** Another process has been writing to it for as long as was waited. */
  readonly isBusy: boolean;
  /** When the backup was made that it was restored from. */
  readonly backupAt: Date | undefined;
};

/** Looks whether a database is there and whole, of which version, and who is at it. Nothing changes. */
export function examineDatabase(file: string): ExaminedDatabase {
  if (!existsSync(file)) return { kind: 'none' };
  try {
    // SQLite takes an empty file for a database without tables.
    if (statSync(file).size > 0 && !isSqlite(file)) return { kind: 'foreign' };
    const walBytes = statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0;
    const sqlite = openUnchanged(file);
    try {
      const damage = sqlite.pragma('quick_check(1)', { simple: true });
      if (damage !== 'ok') return { kind: 'damaged', damage: String(damage) };
      return {
        kind: 'known',
        version: Number(sqlite.pragma('user_version', { simple: true })),
        latest: countMigrations(),
        bytes: statSync(file).size,
        walBytes,
        isBusy: isBusy(sqlite),
        backupAt: readBackupAt(sqlite),
      };
    } finally {
      sqlite.close();
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (/^SQLITE_(?:CORRUPT|NOTADB)/.test(code)) {
      return { kind: 'damaged', damage: describeError(error) };
    }
    const known = explainDatabaseError(error, { file });
    return {
      kind: 'unusable',
      reason: known?.message ?? describeError(error),
      remedy:
        known?.remedy ??
        'Give this user the right to read and write the file and its folder (PAPERBOY_DATA, DATABASE_URL).',
    };
  }
}

/** The right to write is taken and given back; with it nothing is written. */
function isBusy(sqlite: SqliteConnection): boolean {
  // Where nothing may be written, not even the right to is given.
  sqlite.pragma('query_only = OFF');
  try {
    sqlite.exec('begin immediate');
    sqlite.exec('rollback');
    return false;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (/^SQLITE_(?:BUSY|LOCKED)/.test(code)) return true;
    throw error;
  } finally {
    sqlite.pragma('query_only = ON');
  }
}

function readBackupAt(sqlite: SqliteConnection): Date | undefined {
  if (!hasTable(sqlite, 'facts')) return undefined;
  const at = sqlite
    .prepare<[string], string>('select value from facts where name = ?')
    .pluck()
    .get(MADE_AT);
  return at === undefined ? undefined : new Date(at);
}
