import type { SqliteConnection } from '../../database/open-sqlite.ts';
import { type Catalog, readCatalog } from './catalog.ts';
import type { NameKind } from './make-documents.ts';
import { makeTexts, type Texts } from './match-texts.ts';
import { makeNames, type Names } from './names.ts';
import { makeTables, type Tables } from './rank.ts';
import type { DocumentRow } from './read-hits.ts';
import { makeVocabulary, type Vocabulary } from './vocabulary.ts';

/** The index as the searches read it. */
export type Index = {
  /** Runs a search over one state of the database, whatever other processes write meanwhile. */
  read<T>(run: (catalog: Catalog) => T): T;
  readonly sqlite: SqliteConnection;
  /** A document with its text, by its id. */
  readDocument(id: number): DocumentRow | undefined;
  /** The documents that have a name, by its kind and key. */
  readNamed(kind: NameKind, key: string): number[];
  /** The documents that link to an address, by its key. */
  readLinked(key: string): { readonly document: number; readonly isOwn: number }[];
  /** What a suggestion says of a document. */
  readName(
    id: number,
  ): { readonly issue: number; readonly slug: string; readonly title: string } | undefined;
  readonly names: Names;
  readonly texts: Texts;
  readonly vocabulary: Vocabulary;
  readonly tables: Tables;
};

/** Opens the index. Nothing is read before the first search; the catalogue is kept while it is true. */
export function openIndex(sqlite: SqliteConnection): Index {
  const generation = sqlite.prepare<[], number>('SELECT generation FROM search_state').pluck();
  const vocabulary = makeVocabulary(sqlite);
  const document = sqlite.prepare<[number], DocumentRow>(
    `SELECT issue_number, kind, slug, position, title, byline, topics, likes, pick, url, is_sample, body
     FROM search_documents JOIN search_bodies ON document = id WHERE id = ?`,
  );
  const named = sqlite
    .prepare<[string, string], number>(
      'SELECT document FROM search_names WHERE kind = ? AND key = ?',
    )
    .pluck();
  const linked = sqlite.prepare<[string], { document: number; isOwn: number }>(
    'SELECT document, is_own AS isOwn FROM search_links WHERE key = ?',
  );
  const name = sqlite.prepare<[number], { issue: number; slug: string; title: string }>(
    'SELECT issue_number AS issue, slug, title FROM search_documents WHERE id = ?',
  );
  const names = makeNames(sqlite);
  const begin = sqlite.transaction((run: () => unknown) => run());
  let catalog: Catalog | undefined;
  const readCurrent = (): Catalog => {
    const current = generation.get() ?? 0;
    if (catalog === undefined || catalog.generation !== current) {
      catalog = readCatalog(sqlite, current);
      vocabulary.forget();
      names.forget();
    }
    return catalog;
  };
  return {
    read: (run) => {
      // A caller's own transaction is one state already.
      if (sqlite.inTransaction) return run(readCurrent());
      let answer: { readonly value: ReturnType<typeof run> } | undefined;
      begin.deferred(() => {
        answer = { value: run(readCurrent()) };
      });
      if (answer === undefined) throw new Error('the transaction did not run');
      return answer.value;
    },
    sqlite,
    readDocument: (id) => document.get(id),
    readNamed: (kind, key) => named.all(kind, key),
    readLinked: (key) => linked.all(key),
    readName: (id) => name.get(id),
    names,
    texts: makeTexts(sqlite),
    vocabulary,
    tables: makeTables(),
  };
}
