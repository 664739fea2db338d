import { expect, onTestFinished, test } from 'vitest';
import { makeSearch, type Search } from '../../src/archive/search/search.ts';
import { openSqlite } from '../../src/database/open-sqlite.ts';
import { search } from '../../src/desk/search.ts';
import { readSampleIssues, storeIssues } from '../support/search-archive.ts';

async function open(): Promise<{ search: Search }> {
  const sqlite = openSqlite(':memory:');
  onTestFinished(() => {
    sqlite.close();
  });
  storeIssues(sqlite, readSampleIssues());
  const archive = makeSearch(sqlite);
  await archive.refresh();
  return { search: archive };
}

test('what is found comes without guesses', async () => {
  const desk = await open();

  const { hits, total, near } = search(desk, 'distilation', { limit: 1 });

  expect(hits.map(({ slug }) => slug)).toEqual([
    'embarrassingly-simple-self-distillation-improves-code-generation',
  ]);
  expect(total).toBeGreaterThan(1);
  expect(near).toEqual([]);
});

test('where nothing is found, something near is named', async () => {
  const desk = await open();

  const { total, elsewhere, near } = search(desk, '"zzzzz tensorlens"', { topic: 'Quantization' });

  expect([total, elsewhere]).toEqual([0, 0]);
  expect(near.length).toBeGreaterThan(0);
  expect(near[0]).toMatch(/^TensorLens/);
  expect(search(desk, 'qqqqqqqq').near).toEqual([]);
});

test('where only what it is narrowed to has nothing, it tells how many there are elsewhere', async () => {
  const desk = await open();

  const { total } = search(desk, 'attention');
  const narrowed = search(desk, 'attention', { to: 92 });

  expect(total).toBeGreaterThan(0);
  expect(narrowed).toEqual({ hits: [], total: 0, elsewhere: total, near: [] });
});

test('a range that ends before it begins is said to be wrong', async () => {
  const desk = await open();

  expect(() => search(desk, 'x', { from: 102, to: 93 })).toThrow(
    expect.objectContaining({ code: 'search.bad-range', remedy: 'Swap the two numbers.' }),
  );
});
