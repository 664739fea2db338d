import { Kysely, type LogEvent, SqliteDialect } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { openSqlite } from '../../src/database/open-sqlite.ts';
import type { Tables } from '../../src/database/tables.ts';
import { makeOutbox } from '../../src/outbox/outbox.ts';
import { makeNewDelivery } from '../support/make-new-delivery.ts';
import { BY, CLOSED, LEASE_MS, NOW, SENT } from '../support/make-outbox-tools.ts';
import { makeTempDatabase } from '../support/temp-database.ts';

test('nothing that a courier or a person does reads the whole ledger', async () => {
  const sqlite = openSqlite(makeTempDatabase().file);
  const queries: { sql: string; parameters: readonly unknown[] }[] = [];
  const log = ({ query }: LogEvent): void => {
    if (!/^(begin|commit)/.test(query.sql)) queries.push(query);
  };
  const database = new Kysely<Tables>({ dialect: new SqliteDialect({ database: sqlite }), log });
  onTestFinished(() => database.destroy());
  const outbox = makeOutbox(database);
  const destinations = ['folder', 'x'];
  const terms = { owner: 'a', now: NOW, leaseMs: LEASE_MS, destinations };

  const { delivery } = await outbox.queue(makeNewDelivery(), NOW);
  const claimed = await outbox.claim(terms);
  if (claimed === undefined) throw new Error('there was nothing to claim');
  await outbox.settle(claimed, SENT, NOW);
  const replaces = { id: delivery.id, how: 'edit' } as const;
  await outbox.queue(makeNewDelivery({ revision: 2, replaces }), NOW);
  for (const outcome of [CLOSED, SENT]) {
    const correction = await outbox.claim(terms);
    if (correction === undefined) throw new Error('there was nothing to claim');
    await outbox.settle(correction, outcome, NOW);
    await outbox.retry(correction.delivery.id, BY);
    await outbox.retract(correction.delivery.id, BY);
  }
  await outbox.freeLeases(() => true, NOW);

  const plans = queries.flatMap(({ sql, parameters }) =>
    sqlite
      .prepare<unknown[], { detail: string }>(`explain query plan ${sql}`)
      .all(...parameters)
      .map(({ detail }) => detail),
  );
  const whole = plans.filter((plan) => /^SCAN (?!known|pauses)/.test(plan));
  expect(queries.length).toBeGreaterThan(20);
  expect(whole.filter((plan) => !plan.includes('deliveries_held'))).toEqual([]);
});
