import type { Database } from '../database/open-database.ts';
import { isHeld } from './line.ts';
import { MOVES } from './transitions.ts';

const DETAIL = 'the worker died';

/**
 * Ends the attempts of workers that are gone. What they were sending may be in place or not; what
 * they were taking back is in line again, as that can be repeated. Returns how many there were.
 */
export async function freeLeases(
  database: Database,
  isDead: (owner: string) => boolean,
  now: Date,
): Promise<number> {
  const held = await database
    .selectFrom('deliveries')
    .select(['id', 'fence', 'task', 'lease_owner'])
    .where(isHeld('deliveries'))
    .execute();
  let freed = 0;
  for (const { id, fence, task, lease_owner: holder } of held) {
    if (holder === null || !isDead(holder)) continue;
    const move = MOVES[task === 'publish' ? 'settle unknown' : 'settle unavailable'];
    const isFreed = await database.transaction().execute(async (transaction) => {
      const { numUpdatedRows } = await transaction
        .updateTable('deliveries')
        .set({ state: move.to, lease_owner: null, lease_until: null, reason: DETAIL })
        .where('id', '=', id)
        .where('fence', '=', fence)
        .where('state', 'in', [...move.from])
        .executeTakeFirst();
      if (numUpdatedRows !== 1n) return false;
      await transaction
        .updateTable('attempts')
        .set({ ended_at: now.toISOString(), outcome: 'unknown', detail: DETAIL })
        .where('delivery_id', '=', id)
        .where('ended_at', 'is', null)
        .execute();
      return true;
    });
    if (isFreed) freed += 1;
  }
  return freed;
}
