import type { Database } from '../database/open-database.ts';

/** Single things to remember, by name. */
export type Facts = {
  get(name: string): Promise<string | undefined>;
  set(name: string, value: string): Promise<void>;
};

/** The facts in a database. */
export function makeFacts(database: Database): Facts {
  return {
    get: async (name) => {
      const row = await database
        .selectFrom('facts')
        .select('value')
        .where('name', '=', name)
        .executeTakeFirst();
      return row?.value;
    },
    set: async (name, value) => {
      await database
        .insertInto('facts')
        .values({ name, value })
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
        .execute();
    },
  };
}
