import type { SqliteConnection } from '../../database/open-sqlite.ts';
import type { NameKind } from './make-documents.ts';
import { readTerms } from './read-words.ts';

/** A topic, an organization or an author, and how many papers have it. */
export type NameCount = {
  /** The form that is compared: no case, accents, blanks or hyphens. */
  readonly key: string;
  /** As most of its papers print it. */
  readonly label: string;
  readonly count: number;
};

/** With the folded words, a blank before each: what begins with " ma" has a word that does. */
export type CountedName = NameCount & { readonly words: string };

/** Names by how many papers have them, then by the alphabet. */
export type Names = {
  list(kind: NameKind): readonly CountedName[];
  forget(): void;
};

type Row = { readonly key: string; readonly label: string; readonly count: number };

/** Counts names; kept until it is told to forget. */
export function makeNames(sqlite: SqliteConnection): Names {
  const spellings = sqlite.prepare<[string], Row>(
    `SELECT key, label, count(*) AS count FROM search_names WHERE kind = ?
     GROUP BY key, label ORDER BY count DESC, label`,
  );
  const kept = new Map<NameKind, readonly CountedName[]>();
  return {
    list: (kind) => {
      const known = kept.get(kind);
      if (known !== undefined) return known;
      const names = new Map<string, CountedName>();
      for (const { key, label, count } of spellings.all(kind)) {
        const first = names.get(key);
        const words = first?.words ?? ['', ...readTerms(label)].join(' ');
        const sum = (first?.count ?? 0) + count;
        names.set(key, { key, label: first?.label ?? label, count: sum, words });
      }
      const sorted = [...names.values()].sort((a, b) => b.count - a.count || compare(a.key, b.key));
      kept.set(kind, sorted);
      return sorted;
    },
    forget: () => kept.clear(),
  };
}

/** By code units, so that the order is the same on every machine. */
function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
