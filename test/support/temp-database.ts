import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type IssueReader, makeIssueReader } from '../../src/archive/issue-reader.ts';
import { type Database, openDatabase } from '../../src/database/open-database.ts';
import { openSqlite } from '../../src/database/open-sqlite.ts';
import { makeTempFolder } from './temp-folder.ts';

/** What one process has of a database. */
export type Connections = { readonly database: Database; readonly reader: IssueReader };

/** A database file in a new folder, and connections to it; closed and gone after the test. */
export type TempDatabase = Connections & {
  readonly file: string;
  /** Other connections to the same file, as another process has them. */
  connect(): Connections;
};

/** Makes a database file with all tables and nothing in them. */
export function makeTempDatabase(): TempDatabase {
  const file = join(makeTempFolder(), 'paperboy.db');
  const connect = (): Connections => {
    const sqlite = openSqlite(file);
    const database = openDatabase(file);
    onTestFinished(async () => {
      sqlite.close();
      await database.destroy();
    });
    return { database, reader: makeIssueReader(sqlite) };
  };
  return { file, connect, ...connect() };
}
