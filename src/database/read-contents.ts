import type { SqliteConnection } from './open-sqlite.ts';

/** The name of the fact in which a backup says when it was made. */
export const MADE_AT = 'backup.made_at';

/** What a database holds, as far as a person wants to know before keeping or replacing it. */
export type Contents = {
  /** The number of its last migration. */
  readonly version: number;
  readonly issues: number;
  readonly deliveries: number;
  /** When it was copied; of one that does not say, the last instant that it knows of. */
  readonly at: Date | undefined;
};

/** The latest of the instants at which something is written down. */
const LAST_INSTANT = `select max(at) from (
  select max(imported_at) as at from issues
  union all select max(queued_at) from deliveries
  union all select max(settled_at) from deliveries
  union all select max(started_at) from attempts
)`;

/** Reads what a database of Paperboy holds. Throws what SQLite throws for any other. */
export function readContents(sqlite: SqliteConnection): Contents {
  const count = (table: string): number =>
    Number(sqlite.prepare(`select count(*) from ${table}`).pluck().get());
  const at = readMadeAt(sqlite) ?? sqlite.prepare<[], string | null>(LAST_INSTANT).pluck().get();
  return {
    version: Number(sqlite.pragma('user_version', { simple: true })),
    issues: Number(sqlite.prepare('select count(distinct number) from issues').pluck().get()),
    deliveries: count('deliveries'),
    at: at === null || at === undefined ? undefined : new Date(at),
  };
}

/** True where a table of that name is there: a database of an older version has fewer. */
export function hasTable(sqlite: SqliteConnection, name: string): boolean {
  return (
    sqlite.prepare("select 1 from sqlite_master where type = 'table' and name = ?").get(name) !==
    undefined
  );
}

function readMadeAt(sqlite: SqliteConnection): string | undefined {
  if (!hasTable(sqlite, 'facts')) return undefined;
  return sqlite
    .prepare<[string], string>('select value from facts where name = ?')
    .pluck()
    .get(MADE_AT);
}
