import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { refreshIndex } from '../../../src/archive/search/refresh.ts';
import { makeSearch, type Search } from '../../../src/archive/search/search.ts';
import { openSqlite, type SqliteConnection } from '../../../src/database/open-sqlite.ts';
import { makeArchiveIssues } from '../../support/make-archive.ts';
import { makeIssue } from '../../support/make-issue.ts';
import { readSampleIssues, storeIssues } from '../../support/search-archive.ts';
import { makeTempFolder } from '../../support/temp-folder.ts';

type Opened = { readonly sqlite: SqliteConnection; readonly search: Search };

function connect(file: string): Opened {
  const sqlite = openSqlite(file);
  onTestFinished(() => {
    sqlite.close();
  });
  return { sqlite, search: makeSearch(sqlite) };
}

const makeFile = (): string => join(makeTempFolder(), 'paperboy.db');
const titles = ({ search }: Opened, query: string): string[] =>
  search.find(query, { limit: 100 }).hits.map(({ title }) => title);
/** All that the index holds, told by what it was made of and not by ids. */
const dump = ({ sqlite }: Opened): unknown => [
  sqlite
    .prepare(
      `SELECT issue_number, kind, position, slug, title, topics, likes, body
       FROM search_documents JOIN search_bodies ON document = id ORDER BY 1, 2, 3`,
    )
    .all(),
  sqlite.prepare('SELECT term, documents FROM search_terms WHERE documents <> 0 ORDER BY 1').all(),
  sqlite.prepare('SELECT kind, key, label FROM search_names ORDER BY 1, 2, 3').all(),
  sqlite.prepare('SELECT key, is_own FROM search_links ORDER BY 1, 2').all(),
  sqlite.prepare('SELECT number, revision FROM search_issues ORDER BY 1').all(),
];

test('an issue is found once the index was refreshed, and only then', async () => {
  const opened = connect(makeFile());
  storeIssues(opened.sqlite, readSampleIssues());
  expect(titles(opened, 'tensorlens')).toEqual([]);

  expect(await opened.search.refresh()).toBe(2);

  expect(titles(opened, 'tensorlens')).toHaveLength(1);
  expect(await opened.search.refresh()).toBe(0);
});

test('a revision takes the place of the one before, with nothing left of it', async () => {
  const opened = connect(makeFile());
  storeIssues(opened.sqlite, [
    makeIssue({ papers: ['Pruning', 'Merging'] }),
    ...readSampleIssues(),
  ]);
  await opened.search.refresh();

  storeIssues(opened.sqlite, [makeIssue({ papers: ['Merging', 'Routing'] })], { revision: 2 });
  await opened.search.refresh();

  expect(titles(opened, '"pruning"')).toEqual([]);
  expect(titles(opened, 'merging')[0]).toBe('Merging');
  expect(titles(opened, 'routing')[0]).toBe('Routing');
  const fresh = connect(makeFile());
  storeIssues(fresh.sqlite, readSampleIssues());
  storeIssues(fresh.sqlite, [makeIssue({ papers: ['Merging', 'Routing'] })], { revision: 2 });
  await fresh.search.refresh();
  expect(dump(opened)).toEqual(dump(fresh));
});

test('words that wait for an editor are not found, and the approved ones go on being found', async () => {
  const opened = connect(makeFile());
  const waiting = { revision: 2, isApproved: false };
  storeIssues(opened.sqlite, [makeIssue({ papers: ['Pruning'] })]);
  storeIssues(opened.sqlite, [makeIssue({ papers: ['Merging'] })], waiting);

  await opened.search.refresh();
  const before = [titles(opened, 'pruning'), titles(opened, 'merging')];
  opened.sqlite.prepare('UPDATE issues SET approved_at = imported_at').run();
  await opened.search.refresh();

  expect(before).toEqual([['Pruning'], []]);
  expect([titles(opened, 'pruning'), titles(opened, 'merging')]).toEqual([[], ['Merging']]);
});

test('what one process indexes, another finds at once', async () => {
  const file = makeFile();
  const [one, other] = [connect(file), connect(file)];
  expect(titles(other, 'screening')).toEqual([]);

  storeIssues(one.sqlite, readSampleIssues());
  await one.search.refresh();

  expect(titles(other, 'screening')).toHaveLength(1);
  expect(await other.search.refresh()).toBe(0);
});

test('two processes that refresh at once make one index', async () => {
  const file = makeFile();
  const [one, other] = [connect(file), connect(file)];
  storeIssues(one.sqlite, makeArchiveIssues({ papers: 600, words: 20 }));

  const counts = await Promise.all([one.search.refresh(), other.search.refresh()]);

  expect(counts.reduce((sum, count) => sum + count)).toBe(120);
  const alone = connect(makeFile());
  storeIssues(alone.sqlite, makeArchiveIssues({ papers: 600, words: 20 }));
  await alone.search.refresh();
  expect(dump(one)).toEqual(dump(alone));
});

test('a search sees an issue as it was or as it is, never half', async () => {
  const file = makeFile();
  const [writer, reader] = [connect(file), connect(file)];
  const papers = ['Alpha study', 'Beta study', 'Gamma study'];
  storeIssues(writer.sqlite, [makeIssue({ papers })]);
  await writer.search.refresh();

  writer.sqlite.exec('BEGIN IMMEDIATE');
  const half = writer.sqlite.prepare('DELETE FROM search_texts WHERE rowid = 1').run();
  writer.sqlite.exec('UPDATE search_state SET generation = generation + 1');
  const during = titles(reader, 'study');
  writer.sqlite.exec('ROLLBACK');

  expect(half.changes).toBe(1);
  expect(during).toEqual(papers);
  for (let revision = 2; revision < 8; revision += 1) {
    const renamed = papers.map((title) => `${title} v${revision}`);
    storeIssues(writer.sqlite, [makeIssue({ papers: renamed })], { revision });
    const refreshing = writer.search.refresh();
    const seen = titles(reader, 'study');
    expect([
      renamed,
      renamed.map((title) => title.replace(`v${revision}`, `v${revision - 1}`)),
      papers,
    ]).toContainEqual(seen);
    await refreshing;
    expect(titles(reader, 'study')).toEqual(renamed);
  }
});

test('an index whose words were read in another way is made anew', async () => {
  const opened = connect(makeFile());
  storeIssues(opened.sqlite, readSampleIssues());
  await refreshIndex(opened.sqlite, 99);
  const before = dump(opened);
  opened.sqlite.exec("UPDATE search_documents SET title = 'Old reading'");

  expect(await opened.search.refresh()).toBe(2);

  expect(dump(opened)).toEqual(before);
  expect(await opened.search.refresh()).toBe(0);
});
