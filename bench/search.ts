import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import MiniSearch from 'minisearch';
import { makeSearch, type Search } from '../src/archive/search/search.ts';
import { openSqlite } from '../src/database/open-sqlite.ts';
import type { Issue } from '../src/issue/schema.ts';
import { type Expectation, HELD_OUT, RELEVANCE } from '../test/archive/search/relevance-table.ts';
import { askArchive } from '../test/archive/search/synthetic-questions.ts';
import { makeArchiveIssues } from '../test/support/make-archive.ts';
import { readRealIssues, readSampleIssues, storeIssues } from '../test/support/search-archive.ts';
import { makeMiniSearch, makePlainFts5 } from './peers/search-peers.ts';
import { type Asked, judge } from './search-relevance.ts';
import { formatTable } from './table.ts';

const TARGET = 0.95;
const SIZES = [400, 10_000];
const RUNS = 3;

/**
 * How well the search answers, beside plain engines, and how fast. The real issues lie beside the
 * project where it is developed; without them the samples, which tell of the same papers.
 */
export async function reportSearch(note: (text: string) => void): Promise<string> {
  const real = readRealIssues();
  const known = real ?? readSampleIssues();
  const asked = (one: Expectation): boolean => real !== undefined || !one.isOfText;
  const told = real === undefined ? 'samples' : 'real issues';
  const relevance: string[][] = [];
  const speed: string[][] = [];
  let worst = 1;
  for (const size of [0, ...SIZES]) {
    note(`search: ${size} papers and the ${told} …`);
    const archive = makeArchiveIssues({ papers: size, without: known.map(({ number }) => number) });
    const issues = [...archive, ...known];
    const tables: readonly (readonly [string, readonly Expectation[]])[] = [
      ['made by', RELEVANCE.filter((one) => asked(one) && (size === 0 || !one.isBroad))],
      ['held out', HELD_OUT.filter((one) => asked(one) && (size === 0 || !one.isBroad))],
      ...(size === 0 ? [] : [['of the archive', askArchive(archive, 7)] as const]),
    ];
    const opened = await openArchive(issues);
    const plain = openSqlite(':memory:');
    const engines: readonly (readonly [string, Asked])[] = [
      ['Paperboy', askPaperboy(opened.search)],
      ['FTS5 bm25', makePlainFts5(plain, issues)],
      ['MiniSearch', makeMiniSearch(MiniSearch, issues)],
    ];
    for (const [name, table] of tables) {
      const judged = engines.map(([, ask]) => judge(ask, table));
      worst = Math.min(worst, judged[0]?.meanReciprocalRank ?? 0);
      relevance.push([
        `${told}${size === 0 ? '' : ` + ${size}`}`,
        `${name} (${table.length})`,
        ...judged.map(({ meanReciprocalRank }) => meanReciprocalRank.toFixed(3)),
      ]);
    }
    plain.close();
    if (size > 0)
      speed.push(
        await measure(
          opened,
          size,
          tables.flatMap(([, table]) => table),
        ),
      );
    opened.close();
  }
  const met = worst >= TARGET ? 'met' : 'MISSED';
  return [
    formatTable([
      ['SEARCH OVER', 'QUESTIONS', 'Paperboy', 'FTS5 bm25', 'MiniSearch'],
      ...relevance,
    ]),
    `mean reciprocal rank at least ${TARGET} in each: ${met} (lowest ${worst.toFixed(3)})\n\n`,
    formatTable([
      ['PAPERS', 'QUERY p50', 'p99', 'SUGGEST p50', 'p99', 'FIRST', 'NEW ISSUE', 'BUILT', 'INDEX'],
      ...speed,
    ]),
    'milliseconds; FIRST is a new connection with its first query and suggestion; INDEX in MB\n',
  ].join('');
}

type Opened = {
  readonly search: Search;
  readonly file: string;
  readonly builtMs: number;
  close(): void;
};

async function openArchive(issues: readonly Issue[]): Promise<Opened> {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-bench-'));
  const file = join(folder, 'paperboy.db');
  const sqlite = openSqlite(file);
  storeIssues(sqlite, issues);
  const search = makeSearch(sqlite);
  const begin = performance.now();
  await search.refresh();
  const builtMs = performance.now() - begin;
  const close = (): void => {
    sqlite.close();
    rmSync(folder, { recursive: true });
  };
  return { search, file, builtMs, close };
}

function askPaperboy(search: Search): Asked {
  return (query, limit) =>
    search
      .find(query, { limit, snippets: false })
      .hits.map(({ issue, slug }) => `${issue}/${slug}`);
}

async function measure(
  { file, builtMs }: Opened,
  size: number,
  table: readonly Expectation[],
): Promise<string[]> {
  const begin = performance.now();
  const sqlite = openSqlite(file);
  const search = makeSearch(sqlite);
  search.find('distillation');
  search.suggest('dist');
  const firstMs = performance.now() - begin;
  const queries = table.map(({ query }) => query);
  const time = (run: (query: string) => unknown): number[] =>
    Array.from({ length: RUNS }, () => queries)
      .flat()
      .map((query) => {
        const from = performance.now();
        run(query);
        return performance.now() - from;
      })
      .sort((a, b) => a - b);
  const asked = time((query) => search.find(query));
  const typed = time((query) => search.suggest(query.slice(0, 1 + (query.length % 12))));
  const bytes = sqlite
    .prepare<[], number>("SELECT sum(pgsize) FROM dbstat WHERE name LIKE '%search%'")
    .pluck()
    .get();
  const [issue] = makeArchiveIssues({ papers: 5, seed: 99 });
  const fresh = issue === undefined ? [] : [{ ...issue, number: 900_000 }];
  storeIssues(sqlite, fresh);
  const from = performance.now();
  await search.refresh();
  const refreshMs = performance.now() - from;
  sqlite.close();
  const at = (times: readonly number[], share: number): string =>
    (times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0).toFixed(1);
  return [
    String(size),
    ...[at(asked, 0.5), at(asked, 0.99), at(typed, 0.5), at(typed, 0.99)],
    ...[firstMs, refreshMs, builtMs].map((ms) => ms.toFixed(0)),
    ((bytes ?? 0) / 1e6).toFixed(1),
  ];
}
