import type { Search } from '../archive/search/search.ts';

const MOST = 3;
/** A word that is looked for something like. */
const SHORTEST_WORD = 3;

/** Titles and names of which the query, or else one of its words, is the beginning or a misspelling. */
export function listNear(archive: Pick<Search, 'suggest'>, query: string): string[] {
  const words = query.split(/\s+/).filter((word) => word.length >= SHORTEST_WORD);
  const labels = [query, ...words.toSorted((a, b) => b.length - a.length)]
    .filter((asked) => /[\p{L}\p{N}]/u.test(asked))
    .flatMap((asked) => archive.suggest(asked, MOST).map(({ label }) => label));
  return [...new Set(labels)].slice(0, MOST);
}
