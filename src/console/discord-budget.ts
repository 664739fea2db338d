import type { Pacer } from '../publishers/discord-pacer.ts';
import type { Budget } from './read-ledger.ts';

/** Reads what is left of the second in which Discord counts the requests of a bot. */
export function makeDiscordBudget({
  countLeft,
}: Pick<Pacer, 'countLeft'>): () => Promise<readonly Budget[]> {
  return async () => [
    { account: 'discord', budget: 'requests in a second', remaining: countLeft() },
  ];
}
