import type { FindOptions, Found } from '../archive/search/find.ts';
import type { Search } from '../archive/search/search.ts';
import { PaperboyError } from '../kit/errors.ts';

/** An answer, and where nothing was found, titles and names that may have been meant. */
export type SearchAnswer = Found & { readonly near: readonly string[] };

const MOST_NEAR = 3;
/** A word that is looked for something like. */
const SHORTEST_WORD = 3;

/**
 * Searches all issues for papers and news. Throws `search.bad-range` for a range of issues that
 * ends before it begins; nothing else that is asked is an error.
 */
export function search(
  { search: archive }: { readonly search: Search },
  query: string,
  options: FindOptions = {},
): SearchAnswer {
  const { from, to } = options;
  if (from !== undefined && to !== undefined && from > to) {
    throw new PaperboyError(
      'search.bad-range',
      `Cannot search issues #${from} to #${to} as the first must not come after the last`,
      'Swap the two numbers.',
    );
  }
  const found = archive.find(query, options);
  return { ...found, near: found.total > 0 ? [] : listNear(archive, query) };
}

/** What the query, or else one of its words, is the beginning of or only misspelt. */
function listNear(archive: Search, query: string): string[] {
  const words = query.split(/\s+/).filter((word) => word.length >= SHORTEST_WORD);
  const labels = [query, ...words.toSorted((a, b) => b.length - a.length)]
    .filter((asked) => asked.trim() !== '')
    .flatMap((asked) => archive.suggest(asked, MOST_NEAR).map(({ label }) => label));
  return [...new Set(labels)].slice(0, MOST_NEAR);
}
