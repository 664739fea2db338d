import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';

/** A delivery as the ledger has it. */
export type Entry = {
  readonly id: string;
  /** `paper/SLUG`. */
  readonly item: string;
  readonly revision: number;
  readonly state: string;
  readonly task: 'publish' | 'retract';
  readonly correction: 'edit' | 'repost' | 'reply' | null;
  readonly attempts: number;
  readonly reason: string | null;
  /** What the receipt calls the posts; none without a receipt. */
  readonly posts: readonly string[];
};

/** Everything in the ledger of a data folder, in the order of its revisions; read as another process would. */
export function readLedger(dataFolder: string): Entry[] {
  const file = join(dataFolder, 'paperboy.db');
  if (!existsSync(file)) return [];
  const database = new Sqlite(file, { readonly: true, timeout: 10_000 });
  try {
    const rows = database
      .prepare('select * from deliveries order by revision, id')
      .all() as (Entry & { readonly receipt: string | null })[];
    return rows.map(({ receipt, ...entry }) => ({
      ...entry,
      posts: receipt === null ? [] : readIds(receipt),
    }));
  } finally {
    database.close();
  }
}

function readIds(receipt: string): string[] {
  const { posts } = JSON.parse(receipt) as { readonly posts: readonly { readonly id: string }[] };
  return posts.map(({ id }) => id);
}
