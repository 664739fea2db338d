import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Database, openDatabase } from '../../src/database/open-database.ts';
import { makeTempFolder } from './temp-folder.ts';

/** A database file in a new folder, and connections to it; closed and gone after the test. */
export type TempDatabase = {
  readonly file: string;
  readonly database: Database;
  /** Another connection to the same file, as another process has one. */
  connect(): Database;
};

/** Makes a database file with all tables and nothing in them. */
export function makeTempDatabase(): TempDatabase {
  const file = join(makeTempFolder(), 'paperboy.db');
  const connect = (): Database => {
    const database = openDatabase(file);
    onTestFinished(() => database.destroy());
    return database;
  };
  return { file, database: connect(), connect };
}
