import type { UpdateObject } from 'kysely';
import type { Database } from '../database/open-database.ts';
import type { Tables } from '../database/tables.ts';
import type { Claim, Outcome } from './delivery.ts';
import { endReplaced } from './replaced.ts';
import { MOVES } from './transitions.ts';
import { backInLineUnlessHeld } from './unless-held.ts';

/**
 * Records what became of a claim, in one transaction that begins with its contended write. False,
 * and nothing changes, when the claim is no longer the latest. What an editor has begun to hold
 * meanwhile, and was surely not sent, is held.
 */
export async function settle(
  database: Database,
  { delivery, owner, fence, attempt, doubtfulSince }: Claim,
  outcome: Outcome,
  now: Date,
): Promise<boolean> {
  const at = now.toISOString();
  const didNothing =
    outcome.kind === 'unavailable' || (outcome.kind === 'refused' && outcome.isUnsent);
  const isUntouched = didNothing && delivery.task === 'publish' && doubtfulSince === undefined;
  return database.transaction().execute(async (transaction) => {
    const row = await transaction
      .updateTable('deliveries')
      .set({
        ...describe(outcome, at),
        // With nothing in place it may be written anew.
        ...(isUntouched ? { first_attempt: null } : {}),
        lease_owner: null,
        lease_until: null,
      })
      .where('id', '=', delivery.id)
      // A row that was queued again after another took its id counts its claims anew.
      .where('lease_owner', '=', owner)
      .where('fence', '=', fence)
      .where('state', 'in', [...MOVES[`settle ${outcome.kind}`].from])
      .returning(['id', 'destination', 'revision', 'replaces', 'correction'])
      .executeTakeFirst();
    if (row === undefined) return false;
    await transaction
      .updateTable('attempts')
      .set({
        ended_at: at,
        outcome: outcome.kind === 'unknown' && outcome.didNothing ? 'unavailable' : outcome.kind,
        detail: describeEnd(outcome),
      })
      .where('delivery_id', '=', delivery.id)
      .where('number', '=', attempt)
      .execute();
    if (outcome.kind === 'sent') await endReplaced(transaction, row, at);
    if (outcome.kind === 'refused' && outcome.isClosed) {
      const { reason, remedy } = outcome;
      const pause = { paused_at: at, reason, remedy };
      await transaction
        .insertInto('pauses')
        .values({ destination: row.destination, ...pause })
        .onConflict((conflict) => conflict.column('destination').doUpdateSet(pause))
        .execute();
    }
    return true;
  });
}

/** Why, or where: a receipt is gone once its posts are, and what happened is still to be told. */
function describeEnd(outcome: Outcome): string | null {
  if ('reason' in outcome) return outcome.reason;
  return outcome.kind === 'sent' ? (outcome.receipt.posts[0]?.url ?? null) : null;
}

function describe(outcome: Outcome, at: string): UpdateObject<Tables, 'deliveries'> {
  const { to: state } = MOVES[`settle ${outcome.kind}`];
  const none = { retry_at: null, reason: null, remedy: null };
  switch (outcome.kind) {
    case 'sent':
      return { ...none, state, settled_at: at, receipt: JSON.stringify(outcome.receipt) };
    case 'retracted':
      return { ...none, state, settled_at: at, receipt: null };
    case 'refused': {
      const { reason, remedy } = outcome;
      return { ...none, state, settled_at: at, reason, remedy };
    }
    case 'unavailable':
    case 'unknown':
      return {
        ...none,
        state: outcome.kind === 'unavailable' ? backInLineUnlessHeld() : state,
        settled_at: null,
        retry_at: outcome.retryAt.toISOString(),
        reason: outcome.reason,
      };
  }
}
