import type { Database } from '../database/open-database.ts';
import type { FollowTable } from '../database/tables.ts';
import { sha256 } from '../kit/ids.ts';

/** A standing wish: what of each new issue goes to a channel of Discord. */
export type Follow = {
  readonly id: string;
  readonly place: FollowTable['place'];
  /** Of a direct message, its own channel with the bot. */
  readonly channelId: string;
  /** Undefined for direct messages. */
  readonly guildId: string | undefined;
  /** Who made it, and is told when it cannot go on. */
  readonly ownerId: string;
  /** In the form that is compared, and as printed; undefined for everything. */
  readonly topic: FollowedTopic | undefined;
  readonly what: FollowTable['what'];
  /** Each paper by itself, or all of an issue in one digest. */
  readonly how: FollowTable['how'];
  /** Pinged by the first post of an issue. */
  readonly roleId: string | undefined;
  /** Of the fixed words: the language of a voice. */
  readonly language: string;
  readonly createdAt: Date;
  /** Only issues of higher numbers are delivered. */
  readonly sinceIssue: number;
  /** Since when its place takes nothing, and why. */
  readonly paused: { readonly at: Date; readonly reason: string } | undefined;
};

export type FollowedTopic = { readonly key: string; readonly label: string };

/** A follow before it is kept: its id is made of where and what. */
export type NewFollow = Omit<Follow, 'id' | 'paused'>;

/** `full`: the server or the member has as many as there may be, and nothing was kept. */
export type Kept =
  | { readonly kind: 'new' | 'changed'; readonly follow: Follow }
  | { readonly kind: 'full' };

/** The follows. Every verb is one transaction. */
export type Follows = {
  /**
   * Keeps a follow, in the place of one of the same channel, topic and what: of that, its mark stays
   * where that is higher. At most `most` in a server, or of direct messages for a member.
   */
  keep(follow: NewFollow, most: number): Promise<Kept>;
  read(id: string): Promise<Follow | undefined>;
  /** All of them, or those of a server, of a channel, or of a member’s direct messages; oldest first. */
  list(of?: FollowFilter): Promise<Follow[]>;
  /** False where it is not there any more. */
  remove(id: string): Promise<boolean>;
  /** Moves the mark on; never back. */
  advance(id: string, sinceIssue: number): Promise<void>;
  /** False where it was paused before: then somebody else tells its owner. */
  pause(id: string, at: Date, reason: string): Promise<boolean>;
  /** Ends a pause; what came out meanwhile, up to `sinceIssue`, is left out. */
  resume(id: string, sinceIssue: number): Promise<void>;
};

export type FollowFilter =
  | { readonly guildId: string }
  | { readonly channelId: string }
  | { readonly memberId: string };

/** The follows in a database. */
export function makeFollows(database: Database): Follows {
  return {
    keep: (follow, most) =>
      database.transaction().execute(async (transaction) => {
        const row = makeRow(follow);
        // A write comes first: it takes turns with every other process.
        const before = await transaction
          .deleteFrom('follows')
          .where('id', '=', row.id)
          .returning('since_issue')
          .executeTakeFirst();
        const { count } = await transaction
          .selectFrom('follows')
          .select(({ fn }) => fn.countAll<number>().as('count'))
          .where(row.guild_id === null ? 'owner_id' : 'guild_id', '=', row.guild_id ?? row.owner_id)
          .where('guild_id', row.guild_id === null ? 'is' : 'is not', null)
          .executeTakeFirstOrThrow();
        if (before === undefined && Number(count) >= most) return { kind: 'full' };
        row.since_issue = Math.max(row.since_issue, before?.since_issue ?? 0);
        await transaction.insertInto('follows').values(row).execute();
        return { kind: before === undefined ? 'new' : 'changed', follow: parseRow(row) };
      }),
    read: async (id) => {
      const query = database.selectFrom('follows').selectAll().where('id', '=', id);
      const row = await query.executeTakeFirst();
      return row && parseRow(row);
    },
    list: async (of) => {
      let query = database.selectFrom('follows').selectAll();
      if (of !== undefined && 'guildId' in of) query = query.where('guild_id', '=', of.guildId);
      if (of !== undefined && 'channelId' in of) {
        query = query.where('channel_id', '=', of.channelId);
      }
      if (of !== undefined && 'memberId' in of) {
        query = query.where('owner_id', '=', of.memberId).where('place', '=', 'dm');
      }
      return (await query.orderBy('created_at').orderBy('id').execute()).map(parseRow);
    },
    remove: async (id) => {
      const query = database.deleteFrom('follows').where('id', '=', id);
      return (await query.executeTakeFirst()).numDeletedRows === 1n;
    },
    advance: async (id, sinceIssue) => {
      await database
        .updateTable('follows')
        .set({ since_issue: sinceIssue })
        .where('id', '=', id)
        .where('since_issue', '<', sinceIssue)
        .execute();
    },
    pause: async (id, at, reason) => {
      const { numUpdatedRows } = await database
        .updateTable('follows')
        .set({ paused_at: at.toISOString(), pause_reason: reason })
        .where('id', '=', id)
        .where('paused_at', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    resume: async (id, sinceIssue) => {
      await database
        .updateTable('follows')
        .set(({ fn, ref, val }) => ({
          paused_at: null,
          pause_reason: null,
          since_issue: fn<number>('max', [ref('since_issue'), val(sinceIssue)]),
        }))
        .where('id', '=', id)
        .where('paused_at', 'is not', null)
        .execute();
    },
  };
}

function makeRow(follow: NewFollow): FollowTable {
  const { channelId, topic, what } = follow;
  return {
    id: sha256(JSON.stringify([channelId, topic?.key ?? '', what])).slice(0, 16),
    place: follow.place,
    channel_id: channelId,
    guild_id: follow.guildId ?? null,
    owner_id: follow.ownerId,
    topic: topic?.key ?? '',
    topic_label: topic?.label ?? '',
    what,
    how: follow.how,
    role_id: follow.roleId ?? null,
    language: follow.language,
    created_at: follow.createdAt.toISOString(),
    since_issue: follow.sinceIssue,
    paused_at: null,
    pause_reason: null,
  };
}

function parseRow(row: FollowTable): Follow {
  return {
    id: row.id,
    place: row.place,
    channelId: row.channel_id,
    guildId: row.guild_id ?? undefined,
    ownerId: row.owner_id,
    topic: row.topic === '' ? undefined : { key: row.topic, label: row.topic_label },
    what: row.what,
    how: row.how,
    roleId: row.role_id ?? undefined,
    language: row.language,
    createdAt: new Date(row.created_at),
    sinceIssue: row.since_issue,
    paused:
      row.paused_at === null
        ? undefined
        : { at: new Date(row.paused_at), reason: row.pause_reason ?? '' },
  };
}
