import type { SqliteConnection } from '../../database/open-sqlite.ts';
import type { Issue } from '../../issue/schema.ts';
import { listNames, makeDocuments, readHead, type SearchDocument } from './make-documents.ts';
import { readTerms } from './read-words.ts';
import { stem } from './stem.ts';

/** Stands between two names or paragraphs, so that no phrase reaches over it. No word is like it. */
const BREAK = ' . ';

/** Writes the index. Every call but `isReadAs` and `hasRevision` belongs into a transaction. */
export type IndexWriter = {
  isReadAs(reading: number): boolean;
  hasRevision(number: number, revision: number): boolean;
  /** Forgets everything, and notes how words are read from now on. */
  clear(): void;
  /** Takes an issue out of the index. */
  remove(number: number): void;
  /** Puts an issue into the place of its older revision. */
  replace(issue: Issue, revision: number, isSample: boolean): void;
  /** Writes the counts of words; the last call of a transaction that replaced something. */
  flush(): void;
  /** Makes one part of all parts of the full-text index; outside of a transaction. */
  optimize(): void;
};

type OldRow = Pick<SearchDocument, 'kind' | 'title' | 'body'> & {
  readonly id: number;
  readonly topics: string;
  readonly organizations: string;
  readonly authors: string;
};

/** Prepares the statements that write. */
export function makeIndexWriter(sqlite: SqliteConnection, reading: number): IndexWriter {
  const run = (sql: string) => sqlite.prepare<unknown[]>(sql);
  const state = sqlite.prepare<[], { reading: number }>('SELECT reading FROM search_state');
  const knownRevision = sqlite
    .prepare<[number], number>('SELECT revision FROM search_issues WHERE number = ?')
    .pluck();
  const oldRows = sqlite.prepare<[number], OldRow>(
    `SELECT id, kind, title, topics, organizations, authors, body
     FROM search_documents JOIN search_bodies ON document = id WHERE issue_number = ?`,
  );
  const addDocument = run(
    `INSERT INTO search_documents (issue_number, is_sample, kind, position, slug, title, byline,
       topics, organizations, authors, likes, pick, url, head)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const addBody = run('INSERT INTO search_bodies (document, body) VALUES (?, ?)');
  const addText = run('INSERT INTO search_texts (rowid, words) VALUES (?, ?)');
  const addName = run('INSERT INTO search_names (document, kind, key, label) VALUES (?, ?, ?, ?)');
  const addLink = run(
    'INSERT OR IGNORE INTO search_links (key, document, is_own) VALUES (?, ?, ?)',
  );
  const removals = ['search_names', 'search_links', 'search_bodies'].map((table) =>
    run(`DELETE FROM ${table} WHERE document = ?`),
  );
  const removeText = run('DELETE FROM search_texts WHERE rowid = ?');
  const removeDocument = run('DELETE FROM search_documents WHERE id = ?');
  const readTermId = sqlite
    .prepare<[string], number>('SELECT id FROM search_terms WHERE term = ?')
    .pluck();
  const addTerm = run('INSERT INTO search_terms (term, stem, documents) VALUES (?, ?, 0)');
  const countTerm = run('UPDATE search_terms SET documents = documents + ? WHERE id = ?');
  const setIssue = run(
    'INSERT INTO search_issues (number, revision) VALUES (?, ?) ON CONFLICT (number) DO UPDATE SET revision = excluded.revision',
  );
  const removeIssue = run('DELETE FROM search_issues WHERE number = ?');
  const step = run('UPDATE search_state SET generation = generation + 1');
  const counts = new Map<number, number>();
  const countAll = (ids: Iterable<number>, by: number): void => {
    for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + by);
  };
  // Only within a transaction: another process may change the table between two.
  const ids = new Map<string, number>();
  const toId = (term: string): number => {
    const known = ids.get(term);
    if (known !== undefined) return known;
    const id = readTermId.get(term) ?? Number(addTerm.run(term, stem(term)).lastInsertRowid);
    ids.set(term, id);
    return id;
  };

  const toIds = (parts: readonly (readonly string[])[]): number[] =>
    [...new Set(parts.flat())].map(toId);

  const remove = (number: number): void => {
    for (const row of oldRows.all(number)) {
      const document = { ...row, ...parseNames(row) };
      countAll(toIds(readAll(document)), -1);
      for (const removal of removals) removal.run(row.id);
      removeText.run(row.id);
      removeDocument.run(row.id);
    }
  };
  const add = (document: SearchDocument, number: number, isSample: boolean): void => {
    const { kind, position, slug, title, byline, likes, pick, url, body } = document;
    const head = packHead(readHead(document), toId);
    const { topics, organizations, authors } = document;
    const names = [topics, organizations, authors].map((list) => JSON.stringify(list));
    const sample = isSample ? 1 : 0;
    const id = Number(
      addDocument.run(
        ...[number, sample, kind, position, slug, title, byline, ...names],
        ...[likes ?? null, pick ? 1 : 0, url ?? null, head],
      ).lastInsertRowid,
    );
    const parts = readAll(document);
    countAll(toIds(parts), 1);
    addBody.run(id, body);
    addText.run(id, parts.map((terms) => terms.join(' ')).join(BREAK));
    for (const { kind: of, key, label } of listNames(document)) addName.run(id, of, key, label);
    for (const { key, isOwn } of document.links) addLink.run(key, id, isOwn ? 1 : 0);
  };

  return {
    isReadAs: (as) => state.get()?.reading === as,
    hasRevision: (number, revision) => knownRevision.get(number) === revision,
    clear: () => {
      sqlite.exec(`
        DELETE FROM search_issues; DELETE FROM search_documents; DELETE FROM search_names;
        DELETE FROM search_links; DELETE FROM search_bodies; DELETE FROM search_terms;
        INSERT INTO search_texts (search_texts) VALUES ('delete-all');
        UPDATE search_state SET reading = ${Math.trunc(reading)}, generation = generation + 1;`);
    },
    remove: (number) => {
      remove(number);
      removeIssue.run(number);
    },
    replace: (issue, revision, isSample) => {
      remove(issue.number);
      for (const document of makeDocuments(issue)) add(document, issue.number, isSample);
      setIssue.run(issue.number, revision);
    },
    flush: () => {
      for (const [id, by] of counts) if (by !== 0) countTerm.run(by, id);
      counts.clear();
      ids.clear();
      step.run();
    },
    optimize: () => {
      sqlite.exec("INSERT INTO search_texts (search_texts) VALUES ('optimize')");
    },
  };
}

/** All that a document says, part by part: its head, then its paragraphs. */
function readAll(
  document: Pick<
    SearchDocument,
    'kind' | 'title' | 'topics' | 'organizations' | 'authors' | 'body'
  >,
): string[][] {
  const { kind, title, topics, organizations, authors, body } = document;
  const titles = kind === 'paper' ? [title] : [];
  return [...titles, ...topics, ...organizations, ...authors, ...body.split('\n')].map(readTerms);
}

function parseNames(row: OldRow): Pick<SearchDocument, 'topics' | 'organizations' | 'authors'> {
  const parse = (json: string): string[] => JSON.parse(json) as string[];
  return {
    topics: parse(row.topics),
    organizations: parse(row.organizations),
    authors: parse(row.authors),
  };
}

/** See `search_documents.head` in the migration. */
function packHead(
  parts: readonly (readonly (readonly string[])[])[],
  toId: (term: string) => number,
): Buffer {
  const ids = parts.map((names) =>
    names.flatMap((terms, index) => [...(index === 0 ? [] : [0]), ...terms.map(toId)]),
  );
  const all = [...ids.map((part) => part.length), ...ids.flat()];
  const packed = Buffer.alloc(all.length * 4);
  all.forEach((id, index) => {
    packed.writeInt32LE(id, index * 4);
  });
  return packed;
}
