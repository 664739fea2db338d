import { Kysely, type LogEvent, SqliteDialect } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { countIssues } from '../../src/archive/count-issues.ts';
import { openSqlite } from '../../src/database/open-sqlite.ts';
import type { Tables } from '../../src/database/tables.ts';
import { makeOutbox } from '../../src/outbox/outbox.ts';
import { readLines } from '../../src/outbox/read-lines.ts';
import { readSpent } from '../../src/outbox/read-spent.ts';
import { NOW } from '../support/make-outbox-tools.ts';
import { makeTempDatabase } from '../support/temp-database.ts';

test('nothing that a scrape reads touches more than an index', async () => {
  const sqlite = openSqlite(makeTempDatabase().file);
  const queries: { sql: string; parameters: readonly unknown[] }[] = [];
  const log = ({ query }: LogEvent): void => void queries.push(query);
  const database = new Kysely<Tables>({ dialect: new SqliteDialect({ database: sqlite }), log });
  onTestFinished(() => database.destroy());

  await makeOutbox(database).countStates();
  await readLines(database, NOW);
  await countIssues(database);
  await readSpent(database, 'bluesky/news.test', NOW);

  const plans = queries.map(({ sql, parameters }) =>
    sqlite
      .prepare<unknown[], { detail: string }>(`explain query plan ${sql}`)
      .all(...parameters)
      .map(({ detail }) => detail)
      .filter((detail) => /^(?:SCAN|SEARCH)/.test(detail)),
  );
  expect(plans).toEqual([
    ['SCAN deliveries USING INDEX deliveries_line'],
    ['SCAN deliveries USING COVERING INDEX deliveries_out_of_line'],
    ['SCAN deliveries USING INDEX deliveries_line'],
    [
      expect.stringMatching(/^SEARCH issues USING COVERING INDEX issues_newest_first/),
      expect.stringMatching(/^SEARCH newer USING COVERING INDEX/),
    ],
    [expect.stringMatching(/^SEARCH spending USING INDEX spending_by_account/)],
  ]);
});
