import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { DeliveryState } from '../database/tables.ts';
import type { NewDelivery } from './delivery.ts';
import { MOVES } from './transitions.ts';

/**
 * The state of what goes into line again: held where an editor holds its item, as they have decided
 * by now. What was to be taken back is taken back all the same.
 */
export function inLineUnlessHeld(): RawBuilder<DeliveryState> {
  return sql<DeliveryState>`case
    when (task = 'publish' or state = 'retracted') and ${isHeldByItem()}
    then ${MOVES.keep.to} else ${MOVES.retry.to} end`;
}

/** The state of what is queued: held where an editor holds its item. */
export function beginUnlessHeld({
  issue,
  item,
}: Pick<NewDelivery, 'issue' | 'item'>): RawBuilder<DeliveryState> {
  const isHeld = isItemHeld(sql`${issue}`, sql`${item}`);
  return sql<DeliveryState>`case when ${isHeld} then ${MOVES.hold.to} else ${MOVES.release.to} end`;
}

/**
 * The state of what was surely not sent: held where an editor has begun to hold its item while a
 * worker was at it. What was released by itself since then is in line again.
 */
export function backInLineUnlessHeld(): RawBuilder<DeliveryState> {
  return sql<DeliveryState>`case
    when task = 'publish' and exists (
      select 1 from verdicts
      where verdicts.issue_number = deliveries.issue_number
        and verdicts.item = deliveries.item
        and verdicts.verdict = 'held'
        and not exists (
          select 1 from actions
          where actions.delivery_id = deliveries.id
            and actions.verb = 'release'
            and actions.at >= verdicts.at
        )
    )
    then ${MOVES.keep.to} else ${MOVES['settle unavailable'].to} end`;
}

/** Whether an editor holds the item of a delivery. */
export function isHeldByItem(): RawBuilder<SqlBool> {
  return isItemHeld(sql`deliveries.issue_number`, sql`deliveries.item`);
}

function isItemHeld(issue: Expression<unknown>, item: Expression<unknown>): RawBuilder<SqlBool> {
  return sql<SqlBool>`exists (
    select 1 from verdicts
    where verdicts.issue_number = ${issue} and verdicts.item = ${item} and verdicts.verdict = 'held'
  )`;
}
