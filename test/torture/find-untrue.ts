import { makeSlug, readToken } from './issues.ts';
import type { Expected } from './judge.ts';
import type { Entry } from './ledger.ts';
import type { PlacedThread } from './venue.ts';

/**
 * Where the ledger does not say what is in place: a delivery that is neither sent nor taken back, or
 * receipts that, one after the other, do not name the posts that are there. One line each.
 */
export function findUntrue(
  ledger: readonly Entry[],
  expected: Expected,
  threads: readonly PlacedThread[],
): string[] {
  const untrue: string[] = [];
  for (const [token, words] of expected) {
    const entries = ledger.filter(({ item }) => item === `paper/${makeSlug(token)}`);
    if (entries.length === 0 && words.length > 0) untrue.push(`${token} is not in the ledger`);
    for (const { state, reason, id } of entries) {
      if (state === 'sent' || state === 'retracted') continue;
      untrue.push(`${token} is ${state} (${id}): ${reason ?? ''}`);
    }
    const named = entries.flatMap(({ posts }) => posts);
    const placed = threads
      .filter(([first]) => readToken(first?.words ?? '') === token)
      .flatMap((thread) => thread.map(({ id }) => id));
    if (named.join() === placed.join()) continue;
    untrue.push(
      `${token} has receipts for [${named.join(', ')}], in place is [${placed.join(', ')}]`,
    );
  }
  return untrue;
}
