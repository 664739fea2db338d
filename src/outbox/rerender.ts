import { type RawBuilder, sql } from 'kysely';
import type { Draft } from '../../formatters/draft.ts';
import type { Database } from '../database/open-database.ts';
import type { DeliveryState } from '../database/tables.ts';
import { makeDeliveryId } from '../kit/ids.ts';
import type { Delivery, Replacement } from './delivery.ts';
import { parseRow, stamp } from './delivery-row.ts';
import { unlessGone } from './replaced.ts';
import { MOVES } from './transitions.ts';
import { inLineUnlessHeld } from './unless-held.ts';

/** A delivery's item as its own or a newer revision of the issue has it. */
export type NewRender = {
  readonly revision: number;
  readonly draft: Draft;
  readonly title: string;
  /** Another time to be due at; the one it has without it. */
  readonly dueAt?: Date;
  readonly replaces?: Replacement;
};

/**
 * What `rerender` did. `merged`: the new revision's delivery was there already, and the old row is
 * gone, unless it was tried once and tells of that. `left`: the row is not there, or something of it may be in place, and nothing changed.
 */
export type Rerendered =
  | { readonly kind: 'rerendered' | 'merged'; readonly delivery: Delivery }
  | { readonly kind: 'left' };

/**
 * Replaces the draft of a delivery of which nothing can be in place: one that nobody has tried to
 * send, that was refused whole, or that was taken back. What comes back into line by that is held
 * where an editor holds its item. All in one transaction that begins with its contended write: a
 * worker claims either the old row or the new one, never both.
 */
export async function rerender(
  database: Database,
  id: string,
  { revision, draft, title, dueAt, replaces }: NewRender,
  now: Date,
): Promise<Rerendered> {
  return database.transaction().execute(async (transaction) => {
    // A write comes first: it takes the row from every other worker before anything is read.
    const row = await transaction
      .updateTable('deliveries')
      .set({ title: sql<string>`title` })
      .where('id', '=', id)
      .where(({ eb, and, or }) =>
        or([
          and([
            eb('state', 'in', [...MOVES.rerender.from, 'held']),
            eb('first_attempt', 'is', null),
          ]),
          eb('state', '=', 'retracted'),
        ]),
      )
      .returningAll()
      .executeTakeFirst();
    if (row === undefined) return { kind: 'left' };
    const newId = makeDeliveryId(row.issue_number, row.item, revision, row.destination);
    const other =
      newId === id
        ? undefined
        : await transaction
            .selectFrom('deliveries')
            .selectAll()
            .where('id', '=', newId)
            .executeTakeFirst();
    if (other !== undefined) {
      // What was tried stays, as it tells what happened; it is in line no more.
      if (row.attempts === 0) {
        await transaction.deleteFrom('deliveries').where('id', '=', id).execute();
      } else {
        await transaction
          .updateTable('deliveries')
          .set({ state: MOVES.cancel.to, retry_at: null, settled_at: now.toISOString() })
          .where('id', '=', id)
          .where('state', 'in', [...MOVES.cancel.from])
          .execute();
      }
      return { kind: 'merged', delivery: parseRow(other) };
    }
    const due = dueAt ?? new Date(row.due_at);
    const replaced = await transaction
      .updateTable('deliveries')
      .set({
        id: newId,
        revision,
        title,
        draft: JSON.stringify(draft),
        reason: null,
        remedy: null,
        retry_at: null,
        settled_at: null,
        state: tellNext(row.state),
        task: 'publish',
        first_attempt: null,
        first_attempt_at: null,
        due_at: due.toISOString(),
        stamped_at: stamp(due, now),
        ...(replaces === undefined
          ? unlessGone()
          : { replaces: replaces.id, correction: replaces.how }),
      })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
    return { kind: 'rerendered', delivery: parseRow(replaced) };
  });
}

/** What waits or is held stays so. */
function tellNext(state: DeliveryState): DeliveryState | RawBuilder<DeliveryState> {
  if (state === 'held') return 'held';
  return state === 'planned' ? MOVES.rerender.to : inLineUnlessHeld();
}
