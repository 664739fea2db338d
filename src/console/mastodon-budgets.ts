import type { Family, RateGate } from '../publishers/mastodon-rates.ts';
import type { Budget } from './read-ledger.ts';

const WORDS: Readonly<Record<Family, string>> = {
  statuses: 'posts',
  media: 'uploads',
  deletes: 'deletions',
  other: 'requests',
};

/** Reads what is left of the rate limits of a Mastodon account, those that its server has told of. */
export function makeMastodonBudgets(
  account: string,
  { listLeft }: Pick<RateGate, 'listLeft'>,
): () => Promise<readonly Budget[]> {
  return async () =>
    listLeft().map(({ family, left }) => ({ account, budget: WORDS[family], remaining: left }));
}
