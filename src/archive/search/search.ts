import type { SqliteConnection } from '../../database/open-sqlite.ts';
import { type FindOptions, type Found, find } from './find.ts';
import { findPaper, type PaperMatch } from './find-paper.ts';
import type { NameCount } from './names.ts';
import { openIndex } from './open-index.ts';
import { READING } from './read-words.ts';
import { refreshIndex } from './refresh.ts';
import { type Suggestion, suggest } from './suggest.ts';

/** Finds papers and news in the archive. What it answers is as new as the last `refresh`. */
export type Search = {
  find(query: string, options?: FindOptions): Found;
  /** For every letter typed; at most 25. */
  suggest(typed: string, most?: number): Suggestion[];
  /** The paper that a message speaks of: by an id, an address or a title in it. */
  findPaper(message: string): PaperMatch | undefined;
  /** Topics, those of most papers first. */
  listTopics(most?: number): readonly NameCount[];
  listOrganizations(most?: number): readonly NameCount[];
  /**
   * Brings the index up to date with the archive, whoever changed it, and tells how many issues
   * were read. To be called when an issue was saved and when a process begins; cheap when nothing
   * has changed.
   */
  refresh(): Promise<number>;
};

/** Searches over a connection that speaks plain SQL (docs/decisions/005). Nothing is read yet. */
export function makeSearch(sqlite: SqliteConnection): Search {
  const index = openIndex(sqlite);
  return {
    find: (query, options) => find(index, query, options),
    suggest: (typed, most) => suggest(index, typed, most),
    findPaper: (message) => findPaper(index, message),
    listTopics: (most) => index.read(() => index.names.list('topic').slice(0, most).map(toCount)),
    listOrganizations: (most) =>
      index.read(() => index.names.list('organization').slice(0, most).map(toCount)),
    refresh: () => refreshIndex(sqlite, READING),
  };
}

function toCount({ key, label, count }: NameCount): NameCount {
  return { key, label, count };
}
