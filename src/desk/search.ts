import type { FindOptions, Found } from '../archive/search/find.ts';
import type { Search } from '../archive/search/search.ts';
import { PaperboyError } from '../kit/errors.ts';
import { listNear } from './list-near.ts';

/** An answer; where nothing was found, what else there is. */
export type SearchAnswer = Found & {
  /** How many the same words find everywhere, where what they were narrowed to has none. */
  readonly elsewhere: number;
  /** Titles and names that may have been meant, where there is nothing elsewhere either. */
  readonly near: readonly string[];
};

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
  if (found.total > 0) return { ...found, elsewhere: 0, near: [] };
  const elsewhere = archive.find(query, { limit: 0 }).total;
  return { ...found, elsewhere, near: elsewhere > 0 ? [] : listNear(archive, query) };
}
