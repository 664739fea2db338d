import type { Database } from '../database/open-database.ts';
import type { ProposalTable } from '../database/tables.ts';

/** An issue that editors are asked about. */
export type Proposal = {
  readonly issue: number;
  /** The revision that they were last asked about. */
  readonly revision: number;
  /** The setting that they were asked under: "always", "12h". Under another they are asked anew. */
  readonly rule: string;
  /** Since when they can know of it; undefined while no message tells them. */
  readonly askedAt: Date | undefined;
  /** Where the message stands that asks. */
  readonly message: { readonly channelId: string; readonly id: string } | undefined;
  /** Of the message as it stands there. */
  readonly shownHash: string | undefined;
};

/** One that a message asks about. */
export type ToldProposal = Proposal & { readonly message: NonNullable<Proposal['message']> };

/** What editors were asked, and the messages that ask. Every verb is one statement. */
export type Proposals = {
  readProposal(issue: number): Promise<Proposal | undefined>;
  /** The issues that editors were asked about since then, the newest first. */
  listProposals(since: Date): Promise<Proposal[]>;
  /**
   * Notes that editors are to be asked about a revision under a rule: from `askedAt` on they know of
   * it, or it is undefined until a message asks, for which see `saveMessage`. The message about what
   * they were asked before stays, until another one takes its place. Does nothing where they were
   * asked about a newer revision.
   */
  ask(proposal: Pick<Proposal, 'issue' | 'revision' | 'rule' | 'askedAt'>): Promise<void>;
  /**
   * Notes where the message stands that asks about a revision, what it tells, and since when it asks.
   * Does nothing where editors are asked about another revision by now: then it is shown anew.
   */
  saveMessage(
    issue: number,
    revision: number,
    told: Pick<Proposal, 'message' | 'shownHash' | 'askedAt'>,
  ): Promise<void>;
  /**
   * Notes that a message is about to be edited: until `endEdit` nobody knows what it tells. False
   * where editors are asked by another message, or about another revision, by now: then it is left.
   */
  beginEdit(proposal: ToldProposal): Promise<boolean>;
  /**
   * Notes what a message tells that was edited. Where another process has edited it in between, nobody
   * knows whose words stand there: then none are noted, and it is edited anew.
   */
  endEdit(proposal: ToldProposal, shownHash: string): Promise<void>;
  /**
   * Notes that who was asked about a revision knows a newer one: an editor has written it, or it has
   * no other words. Does nothing where they were asked about another one, or not yet.
   */
  raiseProposal(issue: number, from: number, to: number): Promise<void>;
};

/** The proposals in a database. */
export function makeProposals(database: Database): Proposals {
  return {
    readProposal: async (issue) => {
      const row = await database
        .selectFrom('proposals')
        .selectAll()
        .where('issue_number', '=', issue)
        .executeTakeFirst();
      return row && parseProposal(row);
    },
    listProposals: async (since) => {
      const rows = await database
        .selectFrom('proposals')
        .selectAll()
        .where(({ eb, or }) =>
          or([eb('asked_at', 'is', null), eb('asked_at', '>=', since.toISOString())]),
        )
        .orderBy('issue_number', 'desc')
        .execute();
      return rows.map(parseProposal);
    },
    ask: async ({ issue, revision, rule, askedAt }) => {
      const row = { revision, rule, asked_at: askedAt?.toISOString() ?? null, shown_hash: null };
      await database
        .insertInto('proposals')
        .values({ issue_number: issue, ...row, channel_id: null, message_id: null })
        .onConflict((conflict) =>
          conflict.column('issue_number').doUpdateSet(row).where('revision', '<=', revision),
        )
        .execute();
    },
    saveMessage: async (issue, revision, { message, shownHash, askedAt }) => {
      await database
        .updateTable('proposals')
        .set({
          channel_id: message?.channelId ?? null,
          message_id: message?.id ?? null,
          shown_hash: shownHash ?? null,
          asked_at: askedAt?.toISOString() ?? null,
        })
        .where('issue_number', '=', issue)
        .where('revision', '=', revision)
        .execute();
    },
    beginEdit: async ({ issue, revision, message }) => {
      const { numUpdatedRows } = await database
        .updateTable('proposals')
        .set({ shown_hash: null })
        .where('issue_number', '=', issue)
        .where('revision', '=', revision)
        .where('message_id', '=', message.id)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    endEdit: async ({ issue, revision, message }, shownHash) => {
      await database
        .updateTable('proposals')
        .set(({ eb }) => ({
          shown_hash: eb.case().when('shown_hash', 'is', null).then(shownHash).else(null).end(),
        }))
        .where('issue_number', '=', issue)
        .where('revision', '=', revision)
        .where('message_id', '=', message.id)
        .execute();
    },
    raiseProposal: async (issue, from, to) => {
      await database
        .updateTable('proposals')
        .set({ revision: to })
        .where('issue_number', '=', issue)
        .where('revision', '=', from)
        .where('asked_at', 'is not', null)
        .execute();
    },
  };
}

function parseProposal(row: ProposalTable): Proposal {
  const { channel_id: channelId, message_id: id } = row;
  return {
    issue: row.issue_number,
    revision: row.revision,
    rule: row.rule,
    askedAt: row.asked_at === null ? undefined : new Date(row.asked_at),
    message: channelId === null || id === null ? undefined : { channelId, id },
    shownHash: row.shown_hash ?? undefined,
  };
}
