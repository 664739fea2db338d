import { sql } from 'kysely';
import type { Database } from '../database/open-database.ts';
import type { VerdictTable } from '../database/tables.ts';
import type { Delivery, NewDelivery } from './delivery.ts';

/** An item that no editor may hold when something is queued. */
export type Need = {
  readonly item: string;
  /** The words that an editor has to have approved of it, by their hash; undefined where none has to. */
  readonly approvedHash: string | undefined;
};

/** What the clock queues: nothing that it needs may be held, or be approved in other words. */
export type FreeDelivery = NewDelivery & {
  /** Its own item, or the papers of its issue that it gathers. */
  readonly needs: readonly Need[];
};

/** How a delivery is put into the ledger. */
export type Insert = (
  transaction: Database,
  delivery: NewDelivery,
) => Promise<{ readonly isNew: boolean; readonly delivery: Delivery }>;

/**
 * Queues, within a transaction, what nobody reads before it goes out. Undefined, and nothing changes,
 * where an editor has meanwhile held something that it needs, or approved other words of it: it is to
 * be planned anew. What somebody has queued since `now`, when it was looked for, or from a newer
 * revision, is not queued again.
 */
export async function queueFree(
  transaction: Database,
  deliveries: readonly FreeDelivery[],
  now: Date,
  insert: Insert,
): Promise<Delivery[] | undefined> {
  for (const one of deliveries) if (!(await isFree(transaction, one))) return undefined;
  const queued: Delivery[] = [];
  for (const one of deliveries) {
    if (await isThere(transaction, one, now)) continue;
    const { isNew, delivery } = await insert(transaction, one);
    if (isNew) queued.push(delivery);
  }
  return queued;
}

/**
 * Whether the editors let it go out, as they have decided by now. It is asked by a write, which keeps
 * whoever decides out until the transaction ends: what they find in the ledger then, they hold.
 */
async function isFree(
  transaction: Database,
  { issue, needs }: Pick<FreeDelivery, 'issue' | 'needs'>,
): Promise<boolean> {
  const items = needs.map(({ item }) => item);
  const rows = await transaction
    .updateTable('verdicts')
    .set({ verdict: sql<VerdictTable['verdict']>`verdict` })
    .where('issue_number', '=', issue)
    .where('item', 'in', items)
    .returning(['item', 'verdict', 'words_hash'])
    .execute();
  const known = new Map(rows.map((row) => [row.item, row]));
  return needs.every(({ item, approvedHash }) => {
    const row = known.get(item);
    if (row?.verdict === 'held') return false;
    return approvedHash === undefined || row?.words_hash === approvedHash;
  });
}

async function isThere(
  transaction: Database,
  { issue, item, destination, revision }: NewDelivery,
  now: Date,
): Promise<boolean> {
  const row = await transaction
    .selectFrom('deliveries')
    .select('id')
    .where('issue_number', '=', issue)
    .where('destination', '=', destination)
    .where('item', '=', item)
    .where(({ eb, or }) =>
      or([eb('revision', '>', revision), eb('queued_at', '>=', now.toISOString())]),
    )
    .executeTakeFirst();
  return row !== undefined;
}
