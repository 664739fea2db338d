import { existsSync } from 'node:fs';
import { countMigrations } from './migrate.ts';
import type { Database } from './open-database.ts';
import type { SqliteConnection } from './open-sqlite.ts';
import { asDatabase, openUnchanged } from './open-unchanged.ts';

/** A database that is looked at, and never written. */
export type Ledger = {
  readonly sqlite: SqliteConnection;
  readonly database: Database;
  /** Who plans, and until when that holds. */
  readonly planner: { readonly owner: string; readonly heldUntil: Date } | undefined;
  close(): void;
};

type Lock = { readonly owner: string; readonly held_until: string };

/**
 * Opens a ledger to look at it; undefined where there is none that this version can read as it
 * stands: why not is for the check of the database to tell.
 */
export function openLedger(file: string): Ledger | undefined {
  if (!existsSync(file)) return undefined;
  let sqlite: SqliteConnection | undefined;
  try {
    sqlite = openUnchanged(file);
    if (Number(sqlite.pragma('user_version', { simple: true })) !== countMigrations()) {
      sqlite.close();
      return undefined;
    }
    const { owner, held_until } =
      sqlite
        .prepare<[], Lock>("select owner, held_until from locks where name = 'planner'")
        .get() ?? {};
    const planner =
      owner === undefined || held_until === undefined
        ? undefined
        : { owner, heldUntil: new Date(held_until) };
    const open = sqlite;
    return { sqlite: open, database: asDatabase(open), planner, close: () => open.close() };
  } catch {
    sqlite?.close();
    return undefined;
  }
}
