import type MiniSearch from 'minisearch';
import type { SqliteConnection } from '../../src/database/open-sqlite.ts';
import type { Issue, Paper } from '../../src/issue/schema.ts';
import type { Asked } from '../search-relevance.ts';

/** A paper as a plain engine gets it: the text of each part, as it is. */
type Plain = {
  readonly id: string;
  readonly title: string;
  readonly topics: string;
  readonly organizations: string;
  readonly authors: string;
  readonly body: string;
};

const FIELDS = ['title', 'topics', 'organizations', 'authors', 'body'] as const;

/** SQLite's FTS5 as its manual begins: the usual tokenizer, any of the words, ranked by bm25. */
export function makePlainFts5(sqlite: SqliteConnection, issues: readonly Issue[]): Asked {
  sqlite.exec(`CREATE VIRTUAL TABLE temp.plain USING fts5 (id UNINDEXED, ${FIELDS.join(', ')})`);
  const insert = sqlite.prepare('INSERT INTO temp.plain VALUES (?, ?, ?, ?, ?, ?)');
  sqlite.transaction(() => {
    for (const one of listPlain(issues)) insert.run(one.id, ...FIELDS.map((field) => one[field]));
  })();
  const ask = sqlite
    .prepare<[string, number], string>(
      'SELECT id FROM temp.plain WHERE plain MATCH ? ORDER BY rank LIMIT ?',
    )
    .pluck();
  return (query, most) => {
    const words = query.split(/\s+/).map((word) => word.replaceAll('"', ''));
    const told = words.filter((word) => word !== '').map((word) => `"${word}"`);
    return told.length === 0 ? [] : ask.all(told.join(' OR '), most);
  };
}

/** MiniSearch with all that it does by default. */
export function makeMiniSearch(Engine: typeof MiniSearch, issues: readonly Issue[]): Asked {
  const engine = new Engine<Plain>({ fields: [...FIELDS] });
  engine.addAll(listPlain(issues));
  return (query, most) =>
    engine
      .search(query)
      .slice(0, most)
      .map(({ id }) => String(id));
}

function listPlain(issues: readonly Issue[]): Plain[] {
  return issues.flatMap(({ number, papers }) =>
    papers.map((paper) => ({
      id: `${number}/${paper.slug}`,
      title: paper.title,
      topics: paper.topics.join(', '),
      organizations: paper.byline.organizations.join(', '),
      authors: paper.byline.authors.join(', '),
      body: readBody(paper),
    })),
  );
}

function readBody({ body }: Paper): string {
  return body
    .flatMap((block) => {
      if (block.kind === 'list') return block.items;
      return block.kind === 'figure' ? (block.caption ?? []) : [block.text];
    })
    .join('\n');
}
