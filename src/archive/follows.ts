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
  /** The newest issue when it was made, 0 without any: what is older is never delivered. */
  readonly sinceIssue: number;
  /** The numbers of the issues that it has had its turn with. */
  readonly seen: readonly number[];
  /** Since when its place takes nothing, why, and whether its owner has been told. */
  readonly paused:
    | { readonly at: Date; readonly reason: string; readonly isOwnerTold: boolean }
    | undefined;
};

export type FollowedTopic = { readonly key: string; readonly label: string };

/** A follow before it is kept: its id is made of where and what. What is not named may be undefined. */
export type NewFollow = Omit<Follow, 'id' | 'paused' | 'how'> & {
  readonly how: Follow['how'] | undefined;
};

/** `full`: the server or the member has as many as there may be, and nothing was kept. */
export type Kept =
  | { readonly kind: 'new'; readonly follow: Follow }
  | { readonly kind: 'known'; readonly follow: Follow; readonly before: Follow }
  | { readonly kind: 'full' };

/** The follows. Every verb is one transaction. */
export type Follows = {
  /**
   * Keeps a follow. Where the same channel, topic and what is followed, that follow stays, and takes
   * over how it comes and the role, as far as they are named. (So a role is only given up by ending
   * the follow.) At most `most` in a server, or of direct messages for a member.
   */
  keep(follow: NewFollow, most: number): Promise<Kept>;
  read(id: string): Promise<Follow | undefined>;
  /** All of them, or those of a server, of a channel, or of a member’s direct messages; oldest first. */
  list(of?: FollowFilter): Promise<Follow[]>;
  /** False where it is not there any more. */
  remove(id: string): Promise<boolean>;
  /** The numbers of the issues that follows are about, the real ones that readers may see; ascending. */
  listIssues(): Promise<number[]>;
  /** Remembers which issues it has had its turn with. */
  markSeen(id: string, seen: readonly number[]): Promise<void>;
  /** False where it was paused before: then somebody else tells its owner. */
  pause(id: string, at: Date, reason: string): Promise<boolean>;
  /** The owner has been told that it is paused. */
  markOwnerTold(id: string): Promise<void>;
  /** Ends a pause; the issues that are seen are left out. */
  resume(id: string, seen: readonly number[]): Promise<void>;
};

export type FollowFilter =
  | { readonly guildId: string }
  | { readonly channelId: string }
  | { readonly memberId: string };

const GOING_ON = { paused_at: null, pause_reason: null, is_owner_told: 0 } as const;

/** The follows in a database. */
export function makeFollows(database: Database): Follows {
  return {
    keep: (follow, most) =>
      database.transaction().execute(async (transaction) => {
        const made = makeRow(follow);
        // A write comes first: it takes turns with every other process.
        const before = await transaction
          .deleteFrom('follows')
          .where('id', '=', made.id)
          .returningAll()
          .executeTakeFirst();
        const { count } = await transaction
          .selectFrom('follows')
          .select(({ fn }) => fn.countAll<number>().as('count'))
          .where(
            made.guild_id === null ? 'owner_id' : 'guild_id',
            '=',
            made.guild_id ?? made.owner_id,
          )
          .where('guild_id', made.guild_id === null ? 'is' : 'is not', null)
          .executeTakeFirstOrThrow();
        if (before === undefined && Number(count) >= most) return { kind: 'full' };
        const row = before === undefined ? made : change(before, follow);
        await transaction.insertInto('follows').values(row).execute();
        return before === undefined
          ? { kind: 'new', follow: parseRow(row) }
          : { kind: 'known', follow: parseRow(row), before: parseRow(before) };
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
    listIssues: async () => {
      const query = database
        .selectFrom('issues')
        .select('number')
        .distinct()
        .where('is_sample', '=', 0)
        .where('approved_at', 'is not', null)
        .orderBy('number');
      return (await query.execute()).map(({ number }) => number);
    },
    markSeen: async (id, seen) => {
      const set = { seen: JSON.stringify(seen) };
      await database.updateTable('follows').set(set).where('id', '=', id).execute();
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
    markOwnerTold: async (id) => {
      const set = { is_owner_told: 1 };
      await database.updateTable('follows').set(set).where('id', '=', id).execute();
    },
    resume: async (id, seen) => {
      const set = { ...GOING_ON, seen: JSON.stringify(seen) };
      await database.updateTable('follows').set(set).where('id', '=', id).execute();
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
    how: follow.how ?? 'each',
    role_id: follow.roleId ?? null,
    language: follow.language,
    created_at: follow.createdAt.toISOString(),
    since_issue: follow.sinceIssue,
    seen: JSON.stringify(follow.seen),
    ...GOING_ON,
  };
}

function change(before: FollowTable, { how, roleId }: NewFollow): FollowTable {
  return { ...before, how: how ?? before.how, role_id: roleId ?? before.role_id };
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
    seen: JSON.parse(row.seen) as number[],
    paused:
      row.paused_at === null
        ? undefined
        : {
            at: new Date(row.paused_at),
            reason: row.pause_reason ?? '',
            isOwnerTold: row.is_owner_told === 1,
          },
  };
}
