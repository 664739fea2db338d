import { existsSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { isSqlite } from './is-sqlite.ts';
import type { SqliteConnection } from './open-sqlite.ts';

/** What is read of a database without changing it; undefined where there is none that can be read. */
export function lookInto<T>(file: string, read: (sqlite: SqliteConnection) => T): T | undefined {
  if (!existsSync(file)) return undefined;
  try {
    if (!isSqlite(file)) return undefined;
    const sqlite = new Sqlite(file, { readonly: true, fileMustExist: true });
    try {
      return read(sqlite);
    } finally {
      sqlite.close();
    }
  } catch {
    // Damaged, of another program or of an older version: a reason to replace it, not to stop.
    return undefined;
  }
}
