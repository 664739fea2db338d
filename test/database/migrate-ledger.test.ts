import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { type Database, openDatabase } from '../../src/database/open-database.ts';
import { makeDeliveryId } from '../../src/kit/ids.ts';
import type { Claim } from '../../src/outbox/delivery.ts';
import { makeOutbox, type Outbox } from '../../src/outbox/outbox.ts';
import { makeNewDelivery } from '../support/make-new-delivery.ts';
import { BY, LEASE_MS, later, NOW, RECEIPT, SENT } from '../support/make-outbox-tools.ts';
import { makeTempFolder } from '../support/temp-folder.ts';

const MIGRATIONS = new URL('../../src/database/migrations/', import.meta.url);
const PAST = '2026-11-23T08:30:00.000Z';
const TRIED = { first_attempt_at: PAST, attempts: 2, fence: 2 } as const;

type Cell = string | number;

/** A delivery in each state that the ledger had at first, by its destination. */
const OLD: Readonly<Record<string, Readonly<Record<string, Cell>>>> = {
  fresh: { state: 'planned' },
  waiting: { state: 'planned', ...TRIED, retry_at: later(60_000).toISOString(), reason: 'no net' },
  held: {
    state: 'sending',
    ...TRIED,
    lease_owner: 'here/1/a',
    lease_until: later(30_000).toISOString(),
  },
  dead: { state: 'sending', ...TRIED, lease_owner: 'here/1/a', lease_until: PAST },
  unknown: { state: 'unknown', ...TRIED, retry_at: PAST, reason: 'no answer' },
  sent: { state: 'sent', ...TRIED, settled_at: PAST, receipt: JSON.stringify(RECEIPT) },
  refused: { state: 'refused', ...TRIED, settled_at: PAST, reason: 'no', remedy: 'Do.' },
};

/** A database as the first three migrations leave it, with all of that in it. */
function makeOldDatabase(): string {
  const file = join(makeTempFolder(), 'paperboy.db');
  const sqlite = new Sqlite(file);
  const files = readdirSync(MIGRATIONS).sort().slice(0, 3);
  for (const name of files) sqlite.exec(readFileSync(new URL(name, MIGRATIONS), 'utf8'));
  sqlite.pragma('user_version = 3');
  sqlite.pragma('foreign_keys = ON');
  const insert = (table: string, row: Readonly<Record<string, Cell | null>>): void => {
    const names = Object.keys(row);
    const marks = names.map(() => '?').join(', ');
    sqlite
      .prepare(`insert into ${table} (${names.join(', ')}) values (${marks})`)
      .run(...Object.values(row));
  };
  for (const [destination, row] of Object.entries(OLD)) {
    const { item, title, draft, dueAt } = makeNewDelivery();
    const id = makeDeliveryId(7, item, 1, destination);
    insert('deliveries', {
      ...{ id, issue_number: 7, item, revision: 1, destination, title },
      ...{ draft: JSON.stringify(draft), due_at: dueAt.toISOString(), queued_at: PAST },
      ...row,
    });
    if (row.attempts === undefined) continue;
    const isOpen = row.state === 'sending';
    const ended = { ended_at: PAST, outcome: 'unavailable', detail: 'cut' };
    insert('attempts', { delivery_id: id, number: 1, started_at: PAST, ...ended });
    const last = { delivery_id: id, number: 2, started_at: PAST };
    insert('attempts', isOpen ? last : { ...last, ...ended });
  }
  insert('slots', { destination: 'fresh', last_slot_at: PAST, schedule: '0 9 * * * UTC' });
  sqlite.close();
  return file;
}

const idOf = (destination: string): string => makeDeliveryId(7, 'paper/a', 1, destination);

function open(file: string): { readonly database: Database; readonly outbox: Outbox } {
  const database = openDatabase(file);
  onTestFinished(() => database.destroy());
  return { database, outbox: makeOutbox(database) };
}

const claim = (outbox: Outbox, destination: string, ms = 0): Promise<Claim | undefined> =>
  outbox.claim({
    owner: 'new',
    now: later(ms),
    leaseMs: LEASE_MS,
    destinations: [destination],
  });

test('nothing of an older ledger is lost or changed, and its references hold', async () => {
  const file = makeOldDatabase();
  const old = new Sqlite(file, { readonly: true });
  const readOld = (table: string): unknown[] => old.prepare(`select * from ${table}`).all();
  const [deliveries, attempts] = [readOld('deliveries'), readOld('attempts')];
  old.close();

  const { database } = open(file);

  const [rows, tries] = [
    await database.selectFrom('deliveries').selectAll().execute(),
    await database.selectFrom('attempts').selectAll().execute(),
  ];
  const sqlite = new Sqlite(file);
  onTestFinished(() => {
    sqlite.close();
  });
  expect(rows).toHaveLength(Object.keys(OLD).length);
  for (const [index, row] of rows.entries()) expect(row).toMatchObject(deliveries[index] ?? {});
  for (const [index, row] of tries.entries()) {
    expect(row).toEqual({ ...Object(attempts[index]), task: 'publish' });
  }
  expect(tries).toHaveLength(attempts.length);
  expect(sqlite.pragma('foreign_key_check')).toEqual([]);
  expect(sqlite.pragma('integrity_check', { simple: true })).toBe('ok');
  const foreign = sqlite.pragma('foreign_key_list(attempts)');
  expect(foreign).toMatchObject([{ table: 'deliveries', on_update: 'CASCADE' }]);
  expect(await makeOutbox(database).readLanes('fresh')).toMatchObject([
    { lane: 'papers', slotAt: new Date(PAST), isOpen: false, sinceIssue: 0 },
  ]);
});

test('record keys of what was tried stay as they were', async () => {
  const { outbox } = open(makeOldDatabase());

  for (const { destination, stampedAt, isTouched } of await outbox.list()) {
    expect(isTouched).toBe(destination !== 'fresh');
    if (isTouched) expect(stampedAt).toEqual(new Date(PAST));
  }
});

test.each([
  ['fresh', 0, { isFirst: true, attempt: 1 }],
  ['waiting', 59_999, undefined],
  ['waiting', 60_000, { isFirst: false, attempt: 3 }],
  ['held', 29_999, undefined],
  ['held', 30_000, { isFirst: false, attempt: 3 }],
  ['dead', 0, { isFirst: false, attempt: 3 }],
  ['unknown', 0, { isFirst: false, attempt: 3 }],
  ['sent', 0, undefined],
  ['refused', 0, undefined],
] as const)(
  'claims of an older ledger go on: %s after %i ms',
  async (destination, ms, expected) => {
    const { outbox } = open(makeOldDatabase());

    const claimed = await claim(outbox, destination, ms);

    if (expected === undefined) expect(claimed).toBeUndefined();
    else expect(claimed).toMatchObject({ ...expected, delivery: { id: idOf(destination) } });
    if (claimed !== undefined) expect(await outbox.settle(claimed, SENT, later(ms))).toBe(true);
  },
);

test('what an older ledger refused is retried, and what it sent is taken back and corrected', async () => {
  const { outbox } = open(makeOldDatabase());

  const retried = await outbox.retry(idOf('refused'), BY);
  const replaces = { id: idOf('sent'), how: 'edit' } as const;
  await outbox.queue(makeNewDelivery({ destination: 'sent', revision: 2, replaces }), NOW);
  const correction = await claim(outbox, 'sent');
  if (correction !== undefined) await outbox.settle(correction, SENT, NOW);
  const retracted = await outbox.retract(idOf('unknown'), BY);

  expect(retried?.state).toBe('planned');
  expect(await claim(outbox, 'refused')).toMatchObject({ isFirst: false });
  expect(correction?.replaced).toEqual(RECEIPT);
  expect((await outbox.read(idOf('sent')))?.state).toBe('retracted');
  expect(retracted?.task).toBe('retract');
});
