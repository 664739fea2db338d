import { readdirSync, readFileSync } from 'node:fs';
import type Sqlite from 'better-sqlite3';
import { PaperboyError } from '../kit/errors.ts';

const FOLDER = new URL('./migrations/', import.meta.url);

/**
 * Runs the numbered migrations that the database does not have yet, in order, all in one immediate
 * transaction: two processes that start together wait for each other, and a failed one leaves
 * nothing. Throws `database.newer` for a database written by a newer Paperboy.
 *
 * Written by hand rather than with Kysely's migrator, whose lock does nothing in SQLite.
 */
export function migrate(sqlite: Sqlite.Database): void {
  const files = listMigrations();
  const latest = files.length;
  const readVersion = (): number => Number(sqlite.pragma('user_version', { simple: true }));
  if (readVersion() === latest) return;
  sqlite
    .transaction(() => {
      const version = readVersion();
      if (version > latest) {
        throw new PaperboyError(
          'database.newer',
          `Cannot use the database as it was written by a newer Paperboy: version ${version}, this one knows ${latest}`,
          'Update Paperboy, or point DATABASE_URL at another file.',
        );
      }
      for (const name of files.slice(version))
        sqlite.exec(readFileSync(new URL(name, FOLDER), 'utf8'));
      sqlite.pragma(`user_version = ${latest}`);
    })
    .immediate();
}

/** The version of a database that is up to date. */
export function countMigrations(): number {
  return listMigrations().length;
}

function listMigrations(): string[] {
  return readdirSync(FOLDER)
    .filter((name) => /^\d{3}-.*\.sql$/.test(name))
    .sort();
}
