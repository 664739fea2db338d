import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { explainDatabaseError } from '../../src/database/explain-error.ts';
import type { ReadDisk } from '../../src/database/is-disk-full.ts';
import { openDatabase } from '../../src/database/open-database.ts';
import { makeOutbox } from '../../src/outbox/outbox.ts';
import { makeNewDelivery } from '../support/make-new-delivery.ts';
import { makeTempFolder } from '../support/temp-folder.ts';

const NOW = new Date('2026-11-23T09:00:00.000Z');

test('a full disk is told as one, with what to do, and all goes on once there is space', async () => {
  const database = openDatabase(join(makeTempFolder(), 'paperboy.db'));
  onTestFinished(() => database.destroy());
  const outbox = makeOutbox(database);
  const long = makeNewDelivery({ texts: Array(200).fill('x'.repeat(300)) });
  await sql`pragma max_page_count = 1`.execute(database); // As many as there are.

  const error = await outbox.queue(long, NOW).catch((caught: unknown) => caught);
  await sql`pragma max_page_count = 1000000`.execute(database);
  const { isNew } = await outbox.queue(long, NOW);

  const explained = explainDatabaseError(error);
  expect(explained?.message).toMatch(/^Cannot use the database as the disk is full: .*SQLITE_FULL/);
  expect(explained?.remedy).toMatch(/^Free some space/);
  expect(isNew).toBe(true);
});

test('a failure that is no fault of the disk still rolls back', async () => {
  const database = openDatabase(join(makeTempFolder(), 'paperboy.db'));
  onTestFinished(() => database.destroy());
  const outbox = makeOutbox(database);
  const delivery = makeNewDelivery();

  const failing = database.transaction().execute(async (transaction) => {
    await sql`insert into pauses values ('x', 'now', 'r', 'r')`.execute(transaction);
    throw new Error('a bug');
  });

  await expect(failing).rejects.toThrow('a bug');
  expect(await outbox.listPauses()).toEqual([]);
  expect((await outbox.queue(delivery, NOW)).isNew).toBe(true);
});

test.each([
  ['a cause', (full: Error) => new Error('cannot roll back', { cause: full })],
  ['one of several', (full: Error) => new AggregateError([new Error('other'), full], 'two')],
])('what SQLite said is found in %s', (_, wrap) => {
  const full = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });

  expect(explainDatabaseError(wrap(full))?.message).toContain('the disk is full');
  expect(explainDatabaseError(wrap(new Error('a bug')))).toBeUndefined();
});

test.each(['SQLITE_IOERR_SHMSIZE', 'SQLITE_IOERR_WRITE', 'SQLITE_CANTOPEN'])(
  'a disk without room is told as one where SQLite says %s, and a broken one is not',
  (code) => {
    const error = Object.assign(new Error('disk I/O error'), { code });
    const file = join(makeTempFolder(), 'not', 'there', 'paperboy.db');
    const say = (left: Partial<ReturnType<ReadDisk>>): string | undefined =>
      explainDatabaseError(error, {
        file,
        readDisk: (folder) => {
          if (folder.includes('not')) throw new Error('ENOENT');
          return { bavail: 1e6, bsize: 4096, files: 1e6, ffree: 1e5, ...left };
        },
      })?.message;

    expect(say({ bavail: 8 })).toContain(`${file} as the disk is full: disk I/O error (${code})`);
    expect(say({ ffree: 0 })).toContain('the disk is full');
    expect(say({})).not.toContain('full');
    expect(say({ files: 0, ffree: 0 })).not.toContain('full');
  },
);
