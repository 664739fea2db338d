import { setTimeout as wait } from 'node:timers/promises';
import type { SqliteConnection } from './open-sqlite.ts';

/** How long it is tried, and how long at most between two tries. */
const PATIENCE_MS = 10_000;
const LONGEST_PAUSE_MS = 25;

/**
 * Runs a synchronous transaction that writes, as soon as nobody else writes. The lock is not waited
 * for inside SQLite, which would stop the event loop: another connection of this process may hold
 * it over several turns of that loop, and would never come to its commit. Rejects with SQLITE_BUSY
 * after ten seconds.
 */
export async function writeWhenFree<T>(
  sqlite: SqliteConnection,
  write: () => T,
  patienceMs: number = PATIENCE_MS,
): Promise<T> {
  const transaction = sqlite.transaction(write);
  for (let leftMs = patienceMs, pauseMs = 1; ; pauseMs = Math.min(LONGEST_PAUSE_MS, 2 * pauseMs)) {
    const usualMs = Number(sqlite.pragma('busy_timeout', { simple: true }));
    sqlite.pragma('busy_timeout = 0');
    try {
      return transaction.immediate();
    } catch (error) {
      if (!isBusy(error) || leftMs <= 0) throw error;
    } finally {
      sqlite.pragma(`busy_timeout = ${usualMs}`);
    }
    await wait(pauseMs);
    leftMs -= pauseMs;
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY';
}
