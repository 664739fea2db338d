import type { SqliteConnection } from './open-sqlite.ts';

/** What SQLite finds wrong with a database, in a few words; undefined for one that is whole. */
export function findDamage(sqlite: SqliteConnection): string | undefined {
  const found = sqlite.pragma('integrity_check(1)', { simple: true });
  if (found !== 'ok') return String(found);
  const loose = sqlite.pragma('foreign_key_check');
  if (!Array.isArray(loose) || loose.length === 0) return undefined;
  return `${loose.length} rows name others that are not there`;
}
