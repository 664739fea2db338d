import { type RawBuilder, sql } from 'kysely';
import type { DeliveryState } from '../database/tables.ts';
import { MOVES } from './transitions.ts';

/**
 * The state of what goes into line again: held where an editor holds its item, as they have decided
 * by now. What was to be taken back is taken back all the same.
 */
export function inLineUnlessHeld(): RawBuilder<DeliveryState> {
  return sql<DeliveryState>`case
    when (task = 'publish' or state = 'retracted') and exists (
      select 1 from verdicts
      where verdicts.issue_number = deliveries.issue_number
        and verdicts.item = deliveries.item
        and verdicts.verdict = 'held'
    ) then ${MOVES.keep.to} else ${MOVES.retry.to} end`;
}
