import type { Database } from '../database/open-database.ts';

/** What is known of a feed when its turn comes. */
export type FeedTurn = {
  readonly etag: string | undefined;
  readonly lastModified: string | undefined;
  readonly failures: number;
};

/** How a turn ended. An answer that was not worked off whole keeps the old validators. */
export type FeedSettled = {
  readonly nextAt: Date;
  readonly failures: number;
  readonly validators?: {
    readonly etag?: string | undefined;
    readonly lastModified?: string | undefined;
  };
};

/**
 * An entry that was worked off; `issue` is missing where nothing of it could be kept, `revision` is
 * the archive's that was made of it, `issueHash` tells the issue apart from its markup.
 */
export type SeenEntry = {
  readonly id: string;
  readonly url: string | undefined;
  readonly contentHash: string;
  readonly issue: number | undefined;
  readonly issueHash?: string | undefined;
  readonly revision?: number | undefined;
};

/** What was asked of feeds and what they had, over restarts and in every process. */
export type FeedLedger = {
  /** Takes the turn of a feed, if it has come: the next is not before `nextAt`. */
  take(feed: string, now: Date, nextAt: Date): Promise<FeedTurn | undefined>;
  settle(feed: string, settled: FeedSettled): Promise<void>;
  /** When a feed's next turn is; undefined for one that was never asked. */
  readNextAt(feed: string): Promise<Date | undefined>;
  listSeen(feed: string): Promise<SeenEntry[]>;
  see(feed: string, entry: SeenEntry): Promise<void>;
};

/** The ledger of feeds in a database. Feeds are named by the hash of their address. */
export function makeFeedLedger(database: Database): FeedLedger {
  return {
    take: async (id, now, nextAt) => {
      await database
        .insertInto('feeds')
        .values({ id, etag: null, last_modified: null, next_at: now.toISOString(), failures: 0 })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      const row = await database
        .updateTable('feeds')
        .set({ next_at: nextAt.toISOString() })
        .where('id', '=', id)
        .where('next_at', '<=', now.toISOString())
        .returningAll()
        .executeTakeFirst();
      if (row === undefined) return undefined;
      return {
        etag: row.etag ?? undefined,
        lastModified: row.last_modified ?? undefined,
        failures: row.failures,
      };
    },
    settle: async (id, { nextAt, failures, validators }) => {
      await database
        .updateTable('feeds')
        .set({
          next_at: nextAt.toISOString(),
          failures,
          ...(validators === undefined
            ? {}
            : { etag: validators.etag ?? null, last_modified: validators.lastModified ?? null }),
        })
        .where('id', '=', id)
        .execute();
    },
    readNextAt: async (id) => {
      const row = await database
        .selectFrom('feeds')
        .select('next_at')
        .where('id', '=', id)
        .executeTakeFirst();
      return row === undefined ? undefined : new Date(row.next_at);
    },
    listSeen: async (id) => {
      const rows = await database
        .selectFrom('feed_entries')
        .selectAll()
        .where('feed_id', '=', id)
        .execute();
      return rows.map((row) => ({
        id: row.entry_id,
        url: row.url ?? undefined,
        contentHash: row.content_hash,
        issue: row.issue_number ?? undefined,
        issueHash: row.issue_hash ?? undefined,
        revision: row.revision ?? undefined,
      }));
    },
    see: async (id, entry) => {
      const values = {
        url: entry.url ?? null,
        content_hash: entry.contentHash,
        issue_number: entry.issue ?? null,
        issue_hash: entry.issueHash ?? null,
        revision: entry.revision ?? null,
      };
      await database
        .insertInto('feed_entries')
        .values({ feed_id: id, entry_id: entry.id, ...values })
        .onConflict((conflict) => conflict.columns(['feed_id', 'entry_id']).doUpdateSet(values))
        .execute();
    },
  };
}
