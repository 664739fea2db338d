import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { openSqlite, type SqliteConnection } from '../../src/database/open-sqlite.ts';
import { writeWhenFree } from '../../src/database/write-when-free.ts';
import { makeTempFolder } from '../support/temp-folder.ts';

function openTwo(): [SqliteConnection, SqliteConnection] {
  const file = join(makeTempFolder(), 'paperboy.db');
  const two: [SqliteConnection, SqliteConnection] = [openSqlite(file), openSqlite(file)];
  onTestFinished(() => {
    for (const one of two) one.close();
  });
  return two;
}

const write = (sqlite: SqliteConnection, reader: string): void =>
  void sqlite.prepare('INSERT INTO readers VALUES (?, 1)').run(reader);
const read = (sqlite: SqliteConnection): unknown[] =>
  sqlite.prepare('SELECT reader FROM readers ORDER BY reader').pluck().all();

test('a write waits for one that spans several turns of the event loop of the same process', async () => {
  const [mine, other] = openTwo();
  other.exec('BEGIN IMMEDIATE');
  write(other, 'other');

  const written = writeWhenFree(mine, () => write(mine, 'mine'));
  await wait(60);
  other.exec('COMMIT');
  await written;

  expect(read(mine)).toEqual(['mine', 'other']);
  expect(mine.pragma('busy_timeout', { simple: true })).toBe(10_000);
});

test('a lock that is never given back is told, and nothing was written', async () => {
  const [mine, other] = openTwo();
  other.exec('BEGIN IMMEDIATE');

  const written = writeWhenFree(mine, () => write(mine, 'mine'), 50);

  await expect(written).rejects.toMatchObject({ code: 'SQLITE_BUSY' });
  expect(read(mine)).toEqual([]);
});

test('what a write throws is thrown, once, and undone', async () => {
  const [mine] = openTwo();
  let runs = 0;

  const written = writeWhenFree(mine, () => {
    write(mine, 'mine');
    runs += 1;
    throw new Error('no');
  });

  await expect(written).rejects.toThrow('no');
  expect([runs, read(mine)]).toEqual([1, []]);
});
