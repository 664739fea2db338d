import { sql } from 'kysely';
import type { Database } from './open-database.ts';

/** Finds out whether the database serves. */
export type DatabaseProbe = {
  /** Rejects where it cannot be read. */
  read(): Promise<void>;
  /**
   * Writes one small row, through to the disk; rejects where that cannot be done. Nobody is waited
   * for: where another process is writing, it can be written.
   */
  write(now: Date): Promise<void>;
  /** Whether its tables are still those that it was opened with. */
  isCurrent(): Promise<boolean>;
};

const FACT = 'probed-at';

/** The probe of a database that has just been opened, and so brought up to date. */
export async function makeProbe(database: Database): Promise<DatabaseProbe> {
  const opened = await readVersion(database);
  return {
    read: async () => {
      await sql`select 1 from deliveries limit 1`.execute(database);
    },
    write: (now) =>
      database.connection().execute(async (one) => {
        const usual = await sql<{ timeout: number }>`pragma busy_timeout`.execute(one);
        const usualMs = Number(usual.rows[0]?.timeout ?? 0);
        // SQLite would wait inside the call, and the event loop with it.
        await sql`pragma busy_timeout = 0`.execute(one);
        try {
          const value = now.toISOString();
          await one
            .insertInto('facts')
            .values({ name: FACT, value })
            .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
            .execute();
        } catch (error) {
          if (!isBusy(error)) throw error;
        } finally {
          await sql`pragma busy_timeout = ${sql.lit(usualMs)}`.execute(one);
        }
      }),
    isCurrent: async () => (await readVersion(database)) === opened,
  };
}

async function readVersion(database: Database): Promise<number> {
  const { rows } = await sql<{ user_version: number }>`pragma user_version`.execute(database);
  return Number(rows[0]?.user_version);
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY');
}
