import { sql, type UpdateObject } from 'kysely';
import type { Database } from '../database/open-database.ts';
import type { Tables, Task } from '../database/tables.ts';
import type { Delivery } from './delivery.ts';
import { parseRow, stamp } from './delivery-row.ts';
import { isInLine } from './line.ts';
import type { Receipt } from './receipt.ts';
import { endReplaced, retractReplaced, unlessGone } from './replaced.ts';
import { MOVES, type Verb } from './transitions.ts';
import { inLineUnlessHeld, isHeldByItem } from './unless-held.ts';

/** Who acts, and when. */
export type By = { readonly actor: string; readonly now: Date; readonly note?: string };

/**
 * What people do to a delivery. Each is one transaction that writes the action down beside the
 * move, and gives the delivery as it stands then; undefined, and nothing changes, where
 * `transitions.ts` does not allow the move from where the delivery stands.
 */
export type Acts = {
  hold(id: string, by: By): Promise<Delivery | undefined>;
  /** Puts it back in line, by itself: whoever holds its item goes on holding what else there is. */
  release(id: string, by: By): Promise<Delivery | undefined>;
  /** The same, with its item: undefined, and nothing changes, where an editor holds that by now. */
  releaseUnlessHeld(id: string, by: By): Promise<Delivery | undefined>;
  /** It is not sent. What an attempt may have left behind stays. */
  cancel(id: string, by: By): Promise<Delivery | undefined>;
  /**
   * Puts it back in line, at its old place or at `dueAt`; it is held where an editor holds its item.
   * What was taken back is sent anew. A correction of what is no longer in place is sent by itself.
   * The destination's pause ends.
   */
  retry(id: string, by: By, dueAt?: Date): Promise<Delivery | undefined>;
  /** Lets what waits for its next attempt have it now. The destination's pause ends. */
  hasten(id: string, by: By): Promise<Delivery | undefined>;
  /** A person vouches that it is in place; without a receipt nothing proves it. */
  resolveSent(id: string, receipt: Receipt, by: By): Promise<Delivery | undefined>;
  /**
   * A person vouches that nothing is in place: it is sent without another look, under new keys, or is
   * held where an editor holds its item. What was to be taken back counts as gone.
   */
  resolveNotSent(id: string, by: By): Promise<Delivery | undefined>;
  /**
   * Takes back what is, or may be, in place: due at once, ahead of what waits. What a correction has
   * perhaps begun to change is taken back with that correction, not by itself.
   */
  retract(id: string, by: By): Promise<Delivery | undefined>;
  /** Ends the pause of a destination. False when there was none. */
  resume(destination: string): Promise<boolean>;
};

const TRIED_AGAIN = { retry_at: null, settled_at: null, reason: null, remedy: null } as const;

/** The acts on deliveries in a database. */
export function makeActs(database: Database): Acts {
  const act = (
    id: string,
    verb: Verb | 'hasten',
    by: By,
    { set = {}, isPublish, isUnlessHeld, isWhole }: Terms,
  ): Promise<Delivery | undefined> =>
    database.transaction().execute(async (transaction) => {
      const move = verb === 'hasten' ? { from: ['planned', 'unknown'] as const } : MOVES[verb];
      let query = transaction
        .updateTable('deliveries')
        .set({ ...('to' in move ? { state: move.to } : {}), ...set })
        .where('id', '=', id)
        .where('state', 'in', [...move.from]);
      if (isPublish !== undefined) query = query.where('task', isPublish ? '=' : '!=', 'publish');
      if (isUnlessHeld) query = query.where(({ not }) => not(isHeldByItem()));
      if (isWhole) {
        query = query
          .where('first_attempt', 'is not', null)
          .where(({ not, exists, selectFrom }) =>
            not(
              exists(
                selectFrom('deliveries as correction')
                  .select('correction.id')
                  .whereRef('correction.replaces', '=', 'deliveries.id')
                  .where('correction.correction', '!=', 'reply')
                  .where('correction.first_attempt', 'is not', null)
                  .where(isInLine('correction')),
              ),
            ),
          );
      }
      const row = await query.returningAll().executeTakeFirst();
      if (row === undefined) return undefined;
      await writeDown(transaction, row.id, verb, by);
      if (verb === 'resolve sent') await endReplaced(transaction, row, by.now.toISOString());
      if (verb === 'retract') await retractReplaced(transaction, row, by.now.toISOString());
      if (verb === 'retry' || verb === 'hasten') await resume(transaction, row.destination);
      return parseRow(row);
    });

  return {
    hold: (id, by) => act(id, 'hold', by, { isPublish: true }),
    release: (id, by) => act(id, 'release', by, {}),
    releaseUnlessHeld: (id, by) => act(id, 'release', by, { isUnlessHeld: true }),
    cancel: (id, by) =>
      act(id, 'cancel', by, {
        set: { ...TRIED_AGAIN, settled_at: by.now.toISOString() },
        isPublish: true,
      }),
    retry: (id, by, dueAt) => {
      const anew = stamp(dueAt ?? by.now, by.now);
      return act(id, 'retry', by, {
        set: {
          ...TRIED_AGAIN,
          ...unlessGone(),
          state: inLineUnlessHeld(),
          first_attempt_at: null,
          task: sql<Task>`case when state = 'retracted' then 'publish' else task end`,
          first_attempt: sql<
            number | null
          >`case when state = 'retracted' then null else first_attempt end`,
          stamped_at: sql<string>`case when state = 'retracted' or first_attempt is null then ${anew} else stamped_at end`,
          ...(dueAt === undefined
            ? {
                due_at: sql<string>`case when state = 'retracted' then ${by.now.toISOString()} else due_at end`,
              }
            : { due_at: dueAt.toISOString() }),
        },
      });
    },
    hasten: (id, by) => act(id, 'hasten', by, { set: { retry_at: null } }),
    resolveSent: (id, receipt, by) =>
      act(id, 'resolve sent', by, {
        set: {
          ...TRIED_AGAIN,
          task: 'publish',
          settled_at: by.now.toISOString(),
          // It was there all the same, and can be taken back.
          first_attempt: sql<number>`coalesce(first_attempt, attempts)`,
          receipt: sql<string>`coalesce(receipt, ${JSON.stringify(receipt)})`,
        },
      }),
    resolveNotSent: async (id, by) =>
      (await act(id, 'resolve not sent', by, {
        set: {
          ...TRIED_AGAIN,
          state: inLineUnlessHeld(),
          first_attempt_at: null,
          first_attempt: null,
          stamped_at: by.now.toISOString(),
        },
        isPublish: true,
      })) ??
      act(id, 'resolve gone', by, {
        set: { ...TRIED_AGAIN, settled_at: by.now.toISOString(), receipt: null },
        isPublish: false,
      }),
    retract: (id, by) =>
      act(id, 'retract', by, {
        set: {
          ...TRIED_AGAIN,
          task: 'retract',
          due_at: by.now.toISOString(),
          first_attempt_at: null,
        },
        isPublish: true,
        isWhole: true,
      }),
    resume: (destination) => resume(database, destination),
  };
}

/** What an act changes, and of which deliveries. */
type Terms = {
  readonly set?: UpdateObject<Tables, 'deliveries'>;
  /** Only of those that are to be sent, or only of those that are to be taken back. */
  readonly isPublish?: boolean;
  /** Only where no editor holds the item. */
  readonly isUnlessHeld?: boolean;
  /**
   * Only where something may be in place, and no correction that may have begun to change it is on
   * its way.
   */
  readonly isWhole?: boolean;
};

async function resume(database: Database, destination: string): Promise<boolean> {
  const { numDeletedRows } = await database
    .deleteFrom('pauses')
    .where('destination', '=', destination)
    .executeTakeFirst();
  return numDeletedRows === 1n;
}

async function writeDown(
  transaction: Database,
  id: string,
  verb: string,
  { actor, now, note }: By,
): Promise<void> {
  const { count } = await transaction
    .selectFrom('actions')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('delivery_id', '=', id)
    .executeTakeFirstOrThrow();
  await transaction
    .insertInto('actions')
    .values({
      delivery_id: id,
      number: Number(count) + 1,
      at: now.toISOString(),
      verb,
      actor,
      note: note ?? null,
    })
    .execute();
}
