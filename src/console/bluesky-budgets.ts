import type { Database } from '../database/open-database.ts';
import type { Destination } from '../desk/desk.ts';
import { readSpent } from '../outbox/read-spent.ts';
import type { SpendingLimit } from '../outbox/spending.ts';
import { UPLOAD_LIMITS, WRITE_LIMITS } from '../publishers/bluesky-budget.ts';
import type { Budget } from './read-ledger.ts';

const HOUR_MS = 3_600_000;

/**
 * Reads what is left of the budgets of a Bluesky account as all processes of this database have
 * spent them; what other programs do with the account is not in it.
 */
export function makeBlueskyBudgets(
  database: Database,
  { name, key }: Pick<Destination, 'name' | 'key'>,
): (now: Date) => Promise<readonly Budget[]> {
  const budgets = [
    ...WRITE_LIMITS.map((limit) => ({ of: 'write points', ledger: key, limit })),
    // As `open-place.ts` calls it.
    ...UPLOAD_LIMITS.map((limit) => ({ of: 'uploads', ledger: `${key} uploads`, limit })),
  ];
  return async (now) => {
    const read: Budget[] = [];
    for (const { of, ledger, limit } of budgets) {
      const after = new Date(now.getTime() - limit.windowMs);
      const spent = await readSpent(database, ledger, after);
      const remaining = Math.max(0, limit.most - spent);
      read.push({ account: name, budget: `${of} in ${nameWindow(limit)}`, remaining });
    }
    return read;
  };
}

function nameWindow({ windowMs }: SpendingLimit): string {
  return windowMs === HOUR_MS ? 'an hour' : 'a day';
}
