import type { Database } from '../database/open-database.ts';
import type { VerdictTable } from '../database/tables.ts';

/** What editors have decided about an item, for all destinations. */
export type Verdict = {
  readonly item: string;
  readonly verdict: VerdictTable['verdict'];
  /** Of the words that it is about: other words need another verdict. */
  readonly wordsHash: string;
  readonly at: Date;
  readonly actor: string;
};

/** Something that was decided about an issue. */
export type Decision = {
  readonly at: Date;
  /** "approve", "hold", "release", "arrange", "edit", "post". */
  readonly verb: string;
  readonly actor: string;
  readonly item: string | undefined;
  readonly note: string | undefined;
};

/** An issue that editors are asked about. */
export type Proposal = {
  readonly issue: number;
  /** The revision that they were last asked about. */
  readonly revision: number;
  /** Since when they can know of it; undefined while the message could not be sent. */
  readonly askedAt: Date | undefined;
  /** Where the message stands that asks. */
  readonly message: { readonly channelId: string; readonly id: string } | undefined;
  /** Of the message as it stands there. */
  readonly shownHash: string | undefined;
};

/** All that editors have said about an issue. */
export type Review = {
  readonly verdicts: ReadonlyMap<string, Verdict>;
  /** Keys of items in the order that editors want; empty where they have said nothing. */
  readonly arrangement: readonly string[];
  /** The oldest first. */
  readonly decisions: readonly Decision[];
  readonly proposal: Proposal | undefined;
};

export type Decider = { readonly actor: string; readonly now: Date; readonly note?: string };

/** The words of an item, by their hash. */
export type ItemWords = { readonly item: string; readonly wordsHash: string };

/** What editors decide before something is posted. Every verb is one transaction. */
export type Verdicts = {
  read(issue: number): Promise<Review>;
  /**
   * Writes a verdict down for items, or takes theirs away. Gives those for which that changed
   * something, and only they are recorded: of two editors the first has decided.
   */
  decide(
    issue: number,
    items: readonly ItemWords[],
    verdict: Verdict['verdict'] | undefined,
    by: Decider,
  ): Promise<ItemWords[]>;
  /** Puts the papers of an issue in an order. False where they are in it already. */
  arrange(issue: number, items: readonly string[], by: Decider): Promise<boolean>;
  /** Writes down what was done otherwise: an edit, a post. */
  record(issue: number, verb: string, by: Decider, item?: string): Promise<void>;
  /** The issues of which something was approved since then. */
  listApproved(since: Date): Promise<number[]>;
  /** The issues that editors were asked about since then, the newest first. */
  listProposals(since: Date): Promise<Proposal[]>;
  /** Notes that editors are to be asked about a revision, or that they have been. */
  saveProposal(proposal: Proposal): Promise<void>;
  /**
   * Notes that who was asked about a revision knows the next one, as an editor has written it. Does
   * nothing where they were asked about another one, or not yet.
   */
  raiseProposal(issue: number, from: number, to: number): Promise<void>;
};

/** The verdicts in a database. */
export function makeVerdicts(database: Database): Verdicts {
  return {
    read: async (issue) => {
      const verdicts = await database
        .selectFrom('verdicts')
        .selectAll()
        .where('issue_number', '=', issue)
        .execute();
      const arrangement = await database
        .selectFrom('arrangements')
        .select('items')
        .where('issue_number', '=', issue)
        .executeTakeFirst();
      const decisions = await database
        .selectFrom('decisions')
        .selectAll()
        .where('issue_number', '=', issue)
        .orderBy('number')
        .execute();
      const proposal = await database
        .selectFrom('proposals')
        .selectAll()
        .where('issue_number', '=', issue)
        .executeTakeFirst();
      return {
        verdicts: new Map(verdicts.map((row) => [row.item, parseVerdict(row)])),
        arrangement: arrangement === undefined ? [] : (JSON.parse(arrangement.items) as string[]),
        decisions: decisions.map(({ at, verb, actor, item, note }) => ({
          at: new Date(at),
          verb,
          actor,
          item: item ?? undefined,
          note: note ?? undefined,
        })),
        proposal: proposal && parseProposal(proposal),
      };
    },
    decide: (issue, items, verdict, by) =>
      database.transaction().execute(async (transaction) => {
        const changed: ItemWords[] = [];
        for (const one of items) {
          if (await write(transaction, issue, one, verdict, by)) changed.push(one);
        }
        const verb = verdict === undefined ? 'release' : verdict === 'held' ? 'hold' : 'approve';
        for (const { item } of changed) await writeDown(transaction, issue, verb, by, item);
        return changed;
      }),
    arrange: (issue, items, by) =>
      database.transaction().execute(async (transaction) => {
        const content = JSON.stringify(items);
        const { numInsertedOrUpdatedRows } = await transaction
          .insertInto('arrangements')
          .values({ issue_number: issue, items: content })
          .onConflict((conflict) =>
            conflict
              .column('issue_number')
              .doUpdateSet({ items: content })
              .where('arrangements.items', '!=', content),
          )
          .executeTakeFirst();
        if (numInsertedOrUpdatedRows !== 1n) return false;
        await writeDown(transaction, issue, 'arrange', by);
        return true;
      }),
    record: (issue, verb, by, item) =>
      database
        .transaction()
        .execute((transaction) => writeDown(transaction, issue, verb, by, item)),
    listApproved: async (since) => {
      const rows = await database
        .selectFrom('verdicts')
        .select('issue_number')
        .distinct()
        .where('verdict', '=', 'approved')
        .where('at', '>=', since.toISOString())
        .execute();
      return rows.map(({ issue_number }) => issue_number);
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
    saveProposal: async (proposal) => {
      const row = {
        revision: proposal.revision,
        asked_at: proposal.askedAt?.toISOString() ?? null,
        channel_id: proposal.message?.channelId ?? null,
        message_id: proposal.message?.id ?? null,
        shown_hash: proposal.shownHash ?? null,
      };
      await database
        .insertInto('proposals')
        .values({ issue_number: proposal.issue, ...row })
        .onConflict((conflict) => conflict.column('issue_number').doUpdateSet(row))
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

/** False where the item has that verdict for these words already. */
async function write(
  transaction: Database,
  issue: number,
  { item, wordsHash }: ItemWords,
  verdict: Verdict['verdict'] | undefined,
  { actor, now }: Decider,
): Promise<boolean> {
  if (verdict === undefined) {
    const { numDeletedRows } = await transaction
      .deleteFrom('verdicts')
      .where('issue_number', '=', issue)
      .where('item', '=', item)
      .executeTakeFirst();
    return numDeletedRows === 1n;
  }
  const row = { verdict, words_hash: wordsHash, at: now.toISOString(), actor };
  const { numInsertedOrUpdatedRows } = await transaction
    .insertInto('verdicts')
    .values({ issue_number: issue, item, ...row })
    .onConflict((conflict) =>
      conflict
        .columns(['issue_number', 'item'])
        .doUpdateSet(row)
        .where(({ or, eb }) =>
          or([eb('verdicts.verdict', '!=', verdict), eb('verdicts.words_hash', '!=', wordsHash)]),
        ),
    )
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

async function writeDown(
  transaction: Database,
  issue: number,
  verb: string,
  { actor, now, note }: Decider,
  item?: string,
): Promise<void> {
  const { count } = await transaction
    .selectFrom('decisions')
    .select(({ fn }) => fn.max('number').as('count'))
    .where('issue_number', '=', issue)
    .executeTakeFirstOrThrow();
  await transaction
    .insertInto('decisions')
    .values({
      issue_number: issue,
      number: Number(count ?? 0) + 1,
      at: now.toISOString(),
      verb,
      actor,
      item: item ?? null,
      note: note ?? null,
    })
    .execute();
}

function parseVerdict({ item, verdict, words_hash, at, actor }: VerdictTable): Verdict {
  return { item, verdict, wordsHash: words_hash, at: new Date(at), actor };
}

function parseProposal(row: {
  readonly issue_number: number;
  readonly revision: number;
  readonly asked_at: string | null;
  readonly channel_id: string | null;
  readonly message_id: string | null;
  readonly shown_hash: string | null;
}): Proposal {
  const { channel_id: channelId, message_id: id } = row;
  return {
    issue: row.issue_number,
    revision: row.revision,
    askedAt: row.asked_at === null ? undefined : new Date(row.asked_at),
    message: channelId === null || id === null ? undefined : { channelId, id },
    shownHash: row.shown_hash ?? undefined,
  };
}
