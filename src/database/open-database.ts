import { type Dialect, type Driver, Kysely, SqliteDialect } from 'kysely';
import { keepStatements } from './keep-statements.ts';
import { openSqlite, type SqliteConnection } from './open-sqlite.ts';
import type { Tables } from './tables.ts';

export type Database = Kysely<Tables>;

/**
 * Opens the database for writing. Throws `database.unusable`.
 *
 * Transactions here begin deferred, so each must begin with a write: a read that is upgraded to a
 * write fails at once when another process wrote in between.
 */
export function openDatabase(file: string): Database {
  return new Kysely<Tables>({ dialect: makeDialect(openSqlite(file)) });
}

/**
 * SQLite rolls back by itself what a full disk cuts short. To do it again is an error, which would
 * hide the one that says what happened. https://sqlite.org/lang_transaction.html
 */
function makeDialect(database: SqliteConnection): Dialect {
  const dialect = new SqliteDialect({ database: keepStatements(database) });
  const createDriver = (): Driver => {
    const driver: Driver = dialect.createDriver();
    const rollBack = driver.rollbackTransaction.bind(driver);
    driver.rollbackTransaction = async (connection) => {
      if (database.inTransaction) await rollBack(connection);
    };
    return driver;
  };
  return {
    createDriver,
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createAdapter: () => dialect.createAdapter(),
    createIntrospector: (kysely) => dialect.createIntrospector(kysely),
  };
}
