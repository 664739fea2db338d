import type { Database } from './open-database.ts';

/** What one process at a time may do. A holder that is gone loses it with time. */
export type Locks = {
  /**
   * Takes a lock, or keeps it, until `now` and `forMs` more. False while another holds it; one that
   * `isDead` knows to be gone holds nothing.
   */
  take(name: string, owner: string, now: Date, forMs: number): Promise<boolean>;
  /** Gives it back, where it is still held by that owner. */
  release(name: string, owner: string): Promise<void>;
};

/** The locks in a database. `isDead` tells of a holder whether it surely lives no more. */
export function makeLocks(database: Database, isDead: (owner: string) => boolean): Locks {
  return {
    take: (name, owner, now, forMs) =>
      database.transaction().execute(async (transaction) => {
        const wanted = { owner, held_until: new Date(now.getTime() + forMs).toISOString() };
        // A write comes first: whoever else wants it waits here.
        const inserted = await transaction
          .insertInto('locks')
          .values({ name, ...wanted })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst();
        if (inserted.numInsertedOrUpdatedRows === 1n) return true;
        const held = await transaction
          .selectFrom('locks')
          .selectAll()
          .where('name', '=', name)
          .executeTakeFirstOrThrow();
        const isFree =
          held.owner === owner || held.held_until <= now.toISOString() || isDead(held.owner);
        if (!isFree) return false;
        await transaction.updateTable('locks').set(wanted).where('name', '=', name).execute();
        return true;
      }),
    release: async (name, owner) => {
      await database
        .deleteFrom('locks')
        .where('name', '=', name)
        .where('owner', '=', owner)
        .execute();
    },
  };
}
