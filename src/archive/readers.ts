import type { SqliteConnection } from '../database/open-sqlite.ts';
import { writeWhenFree } from '../database/write-when-free.ts';
import { sha256 } from '../kit/ids.ts';

/** How far members have caught up: of each a code and the number of an issue, nothing more. */
export type Readers = {
  /** The newest issue that a member has been shown; undefined for somebody new. */
  readLastIssue(userId: string): number | undefined;
  writeLastIssue(userId: string, issue: number): Promise<void>;
};

/** Keeps it over a connection that speaks plain SQL: each is one statement (docs/decisions/005). */
export function makeReaders(sqlite: SqliteConnection): Readers {
  const read = sqlite
    .prepare<[string], number>('SELECT last_issue FROM readers WHERE reader = ?')
    .pluck();
  const write = sqlite.prepare<[string, number]>(
    `INSERT INTO readers (reader, last_issue) VALUES (?, ?)
     ON CONFLICT (reader) DO UPDATE SET last_issue = excluded.last_issue`,
  );
  return {
    readLastIssue: (userId) => read.get(hide(userId)),
    writeLastIssue: (userId, issue) =>
      writeWhenFree(sqlite, () => void write.run(hide(userId), issue)),
  };
}

function hide(userId: string): string {
  return sha256(`paperboy/reader/${userId}`);
}
