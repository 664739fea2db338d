import { beforeAll, describe, expect, test } from 'vitest';
import { makeSearch, type Search } from '../../../src/archive/search/search.ts';
import { openSqlite } from '../../../src/database/open-sqlite.ts';
import type { Issue } from '../../../src/issue/schema.ts';
import { makeArchiveIssues } from '../../support/make-archive.ts';
import { readRealIssues, readSampleIssues, storeIssues } from '../../support/search-archive.ts';
import { HELD_OUT, RELEVANCE } from './relevance-table.ts';
import { askArchive } from './synthetic-questions.ts';

async function open(issues: readonly Issue[]): Promise<Search> {
  const sqlite = openSqlite(':memory:');
  storeIssues(sqlite, issues);
  const search = makeSearch(sqlite);
  await search.refresh();
  return search;
}

const firstOf = (search: Search, query: string): string => {
  const [hit] = search.find(query, { limit: 1 }).hits;
  return hit === undefined ? '' : `${hit.issue}/${hit.slug}`;
};

const real = readRealIssues();
const told =
  real === undefined
    ? 'over the real issues, which do not lie beside the project'
    : 'over the real issues';

test('the tables are large enough, and no question is in both', () => {
  const queries = RELEVANCE.map(({ query }) => query);

  expect(queries.length).toBeGreaterThanOrEqual(60);
  expect(new Set(queries).size).toBe(queries.length);
  expect(HELD_OUT.length).toBeGreaterThanOrEqual(20);
  expect(HELD_OUT.filter(({ query }) => queries.includes(query))).toEqual([]);
});

describe.skipIf(real === undefined)(told, () => {
  let search: Search;
  beforeAll(async () => {
    search = await open(real ?? []);
  });

  test.each(RELEVANCE)('“$query” finds $first', ({ query, first }) => {
    expect(firstOf(search, query)).toBe(first);
  });
});

describe('over the samples', () => {
  let search: Search;
  beforeAll(async () => {
    search = await open(readSampleIssues());
  });

  test.each(RELEVANCE.filter(({ isOfText }) => !isOfText))(
    '“$query” finds $first',
    ({ query, first }) => {
      expect(firstOf(search, query)).toBe(first);
    },
  );
});

describe('in an archive of 10,000 papers', () => {
  let search: Search;
  let archive: Issue[];
  beforeAll(async () => {
    archive = makeArchiveIssues({ papers: 10_000, without: [93, 102] });
    search = await open([...archive, ...(real ?? readSampleIssues())]);
  });

  test.each(
    RELEVANCE.filter(({ isBroad, isOfText }) => !isBroad && (real !== undefined || !isOfText)),
  )('“$query” finds $first', ({ query, first }) => {
    expect(firstOf(search, query)).toBe(first);
  });

  test('papers are found by what they alone have, however it is typed', () => {
    const questions = askArchive(archive, 7);
    const wrong = questions.filter(({ query, first }) => firstOf(search, query) !== first);

    expect(questions.length).toBeGreaterThan(150);
    expect(wrong).toEqual([]);
  });

  test('of equals the newest and most liked come first', () => {
    const { hits } = search.find('knowledge editing', { limit: 100, kind: 'paper' });
    // No topic, organization or author has these words, so that all these titles match alike.
    const equals = hits.filter(({ title }) => title.includes('Knowledge Editing'));

    expect(equals.length).toBeGreaterThan(50);
    for (const [index, { issue, likes = 0 }] of equals.entries()) {
      const after = equals.slice(index + 1);
      expect(after.filter((other) => other.issue > issue && (other.likes ?? 0) > likes)).toEqual(
        [],
      );
    }
  });

  test('filters narrow the same answer', () => {
    const all = search.find('quantization', {
      topic: 'Quantization',
      from: 500,
      to: 900,
      limit: 100,
    });

    expect(all.total).toBeGreaterThan(5);
    for (const { issue, topics } of all.hits) {
      expect(issue >= 500 && issue <= 900).toBe(true);
      expect(topics).toContain('Quantization');
    }
  });
});
