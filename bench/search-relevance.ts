import type { Expectation } from '../test/archive/search/relevance-table.ts';

/** Something that is asked, and answers with "issue/slug" of papers, the best first. */
export type Asked = (query: string, most: number) => readonly string[];

/** How well an engine answers. */
export type Relevance = {
  /** Mean reciprocal rank: 1 if the paper always comes first, 0.5 if always second. */
  readonly meanReciprocalRank: number;
  /** The share of questions whose paper comes first. */
  readonly first: number;
  readonly misses: readonly { readonly query: string; readonly rank: number }[];
};

/** So far down an answer is looked for; beyond it counts nothing. */
const MOST_READ = 50;

/** Asks every question of a table. */
export function judge(ask: Asked, table: readonly Expectation[]): Relevance {
  let sum = 0;
  let first = 0;
  const misses: { query: string; rank: number }[] = [];
  for (const { query, first: wanted } of table) {
    const rank = ask(query, MOST_READ).indexOf(wanted) + 1;
    sum += rank === 0 ? 0 : 1 / rank;
    if (rank === 1) first += 1;
    else misses.push({ query, rank });
  }
  return { meanReciprocalRank: sum / table.length, first: first / table.length, misses };
}
