import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../src/database/open-database.ts';
import { PaperboyError } from '../../src/kit/errors.ts';
import { makeOutbox } from '../../src/outbox/outbox.ts';
import { makeNewDelivery } from '../support/make-new-delivery.ts';
import { runTogether } from '../support/run-together.ts';
import { makeTempFolder } from '../support/temp-folder.ts';

const NOW = new Date('2026-11-23T09:00:00.000Z');

function readPragma(file: string, name: string): unknown {
  const sqlite = new Sqlite(file, { readonly: true });
  try {
    return sqlite.pragma(name, { simple: true });
  } finally {
    sqlite.close();
  }
}

function catchError(run: () => unknown): PaperboyError {
  try {
    run();
  } catch (error) {
    if (error instanceof PaperboyError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

test('a fresh database gets its folder, all tables and the latest version', async () => {
  const file = join(makeTempFolder(), 'new', 'deep', 'paperboy.db');

  const database = openDatabase(file);

  onTestFinished(() => database.destroy());
  const tables = await database.introspection.getTables();
  expect(tables.map(({ name }) => name).sort()).toEqual([
    'accounts',
    'actions',
    'aliases',
    'arrangements',
    'attempts',
    'decisions',
    'deliveries',
    'facts',
    'feed_entries',
    'feeds',
    'follows',
    'issues',
    'locks',
    'pauses',
    'proposals',
    'readers',
    'search_bodies',
    'search_documents',
    'search_issues',
    'search_links',
    'search_names',
    'search_state',
    'search_terms',
    'search_texts',
    'search_texts_config',
    'search_texts_data',
    'search_texts_docsize',
    'search_texts_idx',
    'slots',
    'spending',
    'verdicts',
  ]);
  expect(readPragma(file, 'user_version')).toBe(8);
  expect(readPragma(file, 'journal_mode')).toBe('wal');
});

test('opening again keeps what is there', async () => {
  const file = join(makeTempFolder(), 'paperboy.db');
  const first = openDatabase(file);
  await makeOutbox(first).queue(makeNewDelivery(), NOW);
  await first.destroy();

  const second = openDatabase(file);

  onTestFinished(() => second.destroy());
  expect(await makeOutbox(second).list()).toHaveLength(1);
});

test('an empty file is filled like a fresh one', async () => {
  const file = join(makeTempFolder(), 'paperboy.db');
  writeFileSync(file, '');

  const database = openDatabase(file);

  onTestFinished(() => database.destroy());
  expect(await makeOutbox(database).list()).toEqual([]);
});

test('processes that open one fresh database at the same instant all get it', async () => {
  const folder = makeTempFolder();

  const ended = await runTogether(
    'open-at.ts',
    Array.from({ length: 6 }, (_, i) => [join(folder, `${i % 2}.db`)]),
  );

  expect(ended.map(({ stdout, stderr }) => stdout + stderr)).toEqual(Array(6).fill('open'));
  expect(readPragma(join(folder, '0.db'), 'user_version')).toBe(8);
});

test('a failed migration leaves nothing behind', () => {
  const file = join(makeTempFolder(), 'paperboy.db');
  const sqlite = new Sqlite(file);
  sqlite.exec('create table attempts (mine text)');
  sqlite.close();

  const error = catchError(() => openDatabase(file));

  const after = new Sqlite(file, { readonly: true });
  onTestFinished(() => {
    after.close();
  });
  expect(error.code).toBe('database.unusable');
  expect(
    after.prepare("select name from sqlite_master where type = 'table'").pluck().all(),
  ).toEqual(['attempts']);
  expect(after.pragma('user_version', { simple: true })).toBe(0);
});

test('a database of a newer Paperboy is left alone', () => {
  const file = join(makeTempFolder(), 'paperboy.db');
  const sqlite = new Sqlite(file);
  sqlite.pragma('user_version = 99');
  sqlite.close();

  const error = catchError(() => openDatabase(file));

  expect(error.code).toBe('database.newer');
  expect(error.message).toContain('99');
  expect(error.remedy).toContain('Update Paperboy');
  expect(readPragma(file, 'user_version')).toBe(99);
});

const unusable: readonly [string, (folder: string) => string, isNobody?: true][] = [
  [
    'a file that is no database',
    (folder) => {
      const file = join(folder, 'paperboy.db');
      writeFileSync(file, 'This is a letter, not a database. '.repeat(50));
      return file;
    },
  ],
  [
    'a directory',
    (folder) => {
      const file = join(folder, 'paperboy.db');
      mkdirSync(file);
      return file;
    },
  ],
  [
    'a path below a file',
    (folder) => {
      writeFileSync(join(folder, 'notes'), 'x');
      return join(folder, 'notes', 'paperboy.db');
    },
  ],
  [
    'a link that leads nowhere',
    (folder) => {
      symlinkSync(join(folder, 'nowhere'), join(folder, 'data'));
      return join(folder, 'data', 'paperboy.db');
    },
  ],
  [
    'a new folder below one without permission',
    (folder) => {
      mkdirSync(join(folder, 'closed'), { mode: 0o555 });
      return join(folder, 'closed', 'data', 'paperboy.db');
    },
    true,
  ],
  [
    'a file in a folder without permission',
    (folder) => {
      mkdirSync(join(folder, 'closed'), { mode: 0o555 });
      return join(folder, 'closed', 'paperboy.db');
    },
    true,
  ],
];
test.each(unusable)(
  '%s is unusable, which is told in one line with a remedy',
  (_, make, isNobody) => {
    const file = make(makeTempFolder());

    const error = catchError(() =>
      isNobody ? asNobody(() => openDatabase(file)) : openDatabase(file),
    );

    expect(error.code).toBe('database.unusable');
    expect(error.message).toMatch(/^Cannot (?:open|use) the database \S+ as (?:it|the) .+: .+$/);
    expect(error.message).toContain(file);
    expect(error.message).not.toMatch(/\n|node_modules|\.ts:\d/);
    expect(error.remedy).toMatch(/[Cc]heck the path in DATABASE_URL or PAPERBOY_DATA/);
  },
);

test('a damaged database, or a file that is none, is put back from a backup', () => {
  const [damaged, letter] = ['damaged.db', 'letter.db'].map((name) => join(makeTempFolder(), name));
  if (damaged === undefined || letter === undefined) throw new Error('no names');
  const sqlite = new Sqlite(damaged);
  sqlite.exec('create table t (x)');
  const whole = sqlite.serialize();
  sqlite.close();
  writeFileSync(damaged, Buffer.concat([whole.subarray(0, 100), Buffer.alloc(whole.length, 1)]));
  writeFileSync(letter, 'This is a letter, not a database. '.repeat(50));

  const errors = [damaged, letter].map((file) => catchError(() => openDatabase(file)));

  expect(errors.map(({ message }) => message)).toEqual([
    expect.stringContaining(`Cannot use the database ${damaged} as the file is damaged: `),
    expect.stringContaining(`Cannot use the database ${letter} as the file is no SQLite database`),
  ]);
  for (const { remedy } of errors) expect(remedy).toContain('paperboy restore FILE');
});

test('a file that is no database is not changed', () => {
  const file = join(makeTempFolder(), 'letter.txt');
  writeFileSync(file, 'Dear reader, this is long enough to be taken for a page. '.repeat(20));
  const before = readFileSync(file);

  catchError(() => openDatabase(file));

  expect(readFileSync(file).equals(before)).toBe(true);
});

/** Root may write anywhere, so it steps down for a moment. */
function asNobody<T>(run: () => T): T {
  if (process.geteuid?.() !== 0) return run();
  process.seteuid?.(65_534);
  try {
    return run();
  } finally {
    process.seteuid?.(0);
  }
}
