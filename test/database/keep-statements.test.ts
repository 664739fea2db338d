import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { keepStatements } from '../../src/database/keep-statements.ts';
import { openSqlite, type SqliteConnection } from '../../src/database/open-sqlite.ts';
import { makeTempFolder } from '../support/temp-folder.ts';

const NOTHING: readonly unknown[] = [];

function open(file = join(makeTempFolder(), 'kept.db')): SqliteConnection {
  const sqlite = openSqlite(file);
  onTestFinished(() => void sqlite.close());
  return sqlite;
}

test('a statement is prepared once, and answers anew each time', () => {
  const sqlite = open();
  const kept = keepStatements(sqlite);
  sqlite.exec('create table seen (number integer)');

  const count = kept.prepare('select count(*) as count from seen');
  kept.prepare('insert into seen values (?)').run([1]);
  kept.prepare('insert into seen values (?)').run([2]);

  expect(kept.prepare('select count(*) as count from seen')).toBe(count);
  expect(count.all(NOTHING)).toEqual([{ count: 2 }]);
});

test('a table that another process changes is read as it is then', () => {
  const file = join(makeTempFolder(), 'kept.db');
  const other = open(file);
  other.exec('create table seen (number integer); insert into seen values (1)');
  const kept = keepStatements(open(file));
  const before = kept.prepare('select * from seen').all(NOTHING);

  other.exec("alter table seen add column word text default 'new'");

  expect(before).toEqual([{ number: 1 }]);
  expect(kept.prepare('select * from seen').all(NOTHING)).toEqual([{ number: 1, word: 'new' }]);
});

test('what is read row by row may be asked again meanwhile', () => {
  const sqlite = open();
  sqlite.exec('create table seen (number integer); insert into seen values (1), (2)');
  const kept = keepStatements(sqlite);
  const read = (): IterableIterator<unknown> =>
    kept.prepare('select number from seen order by number').iterate(NOTHING);

  const first = read();
  first.next();

  expect([...read()]).toEqual([{ number: 1 }, { number: 2 }]);
  expect(first.next().value).toEqual({ number: 2 });
  first.return?.();
});

test('the oldest are let go: however many there are, memory is bounded', () => {
  const kept = keepStatements(open());
  const first = kept.prepare('select 0');
  const second = kept.prepare('select 1');

  for (let number = 2; number <= 300; number += 1) {
    kept.prepare(`select ${number}`);
    kept.prepare('select 1');
  }

  expect(kept.prepare('select 0')).not.toBe(first);
  expect(kept.prepare('select 1')).toBe(second);
});
