import type { Database } from '../database/open-database.ts';
import type { VerdictTable } from '../database/tables.ts';
import { makeProposals, type Proposal, type Proposals } from './proposals.ts';

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
  /** "approve", "hold", "arrange", "edit", "post", "correct". */
  readonly verb: string;
  readonly actor: string;
  readonly item: string | undefined;
  readonly note: string | undefined;
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

/**
 * What an editor had before them of an item: that it was held, that these words were approved, or
 * neither. An item that is another by then is left.
 */
export type SeenVerdict = Verdict['verdict'] | 'none';

/** What editors decide before something is posted. Every verb is one transaction. */
export type Verdicts = Proposals & {
  read(issue: number): Promise<Review>;
  /**
   * Writes a verdict down for items. Gives those for which that changed something, and only they are
   * recorded: of two editors the first has decided. With `seen`, an item of which that is not true
   * any more is left, in the same transaction.
   */
  decide(
    issue: number,
    items: readonly ItemWords[],
    verdict: Verdict['verdict'],
    by: Decider,
    seen?: SeenVerdict,
  ): Promise<ItemWords[]>;
  /**
   * Puts the papers of an issue in an order that follows from a former one; empty where nobody had
   * given one. False where they are in another by now: then nothing is changed.
   */
  arrange(
    issue: number,
    former: readonly string[],
    items: readonly string[],
    by: Decider,
  ): Promise<boolean>;
  /** Writes down what was done otherwise: an edit, a post. */
  record(issue: number, verb: string, by: Decider, item?: string): Promise<void>;
  /** The issues of which something was approved since then. */
  listApproved(since: Date): Promise<number[]>;
};

/** The verdicts in a database. */
export function makeVerdicts(database: Database): Verdicts {
  const proposals = makeProposals(database);
  return {
    ...proposals,
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
        proposal: await proposals.readProposal(issue),
      };
    },
    decide: (issue, items, verdict, by, seen) =>
      database.transaction().execute(async (transaction) => {
        const changed: ItemWords[] = [];
        for (const one of items) {
          if (await write(transaction, issue, one, verdict, by, seen)) changed.push(one);
        }
        const verb = verdict === 'held' ? 'hold' : 'approve';
        for (const { item } of changed) await writeDown(transaction, issue, verb, by, item);
        return changed;
      }),
    arrange: (issue, former, items, by) =>
      database.transaction().execute(async (transaction) => {
        const content = JSON.stringify(items);
        const { numInsertedOrUpdatedRows } = await transaction
          .insertInto('arrangements')
          .values({ issue_number: issue, items: content })
          .onConflict((conflict) =>
            conflict
              .column('issue_number')
              .doUpdateSet({ items: content })
              .where('arrangements.items', '=', JSON.stringify(former)),
          )
          .executeTakeFirst();
        if (numInsertedOrUpdatedRows !== 1n) return false;
        await writeDown(transaction, issue, 'arrange', by);
        return true;
      }),
    record: (issue, verb, by, item) => writeDown(database, issue, verb, by, item),
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
  };
}

/**
 * False where the item has that verdict for these words already, or another than was seen. It is one
 * statement, which writes: a transaction that began by reading would fail beside another process.
 */
async function write(
  transaction: Database,
  issue: number,
  { item, wordsHash }: ItemWords,
  verdict: Verdict['verdict'],
  { actor, now }: Decider,
  seen: SeenVerdict | undefined,
): Promise<boolean> {
  const row = { verdict, words_hash: wordsHash, at: now.toISOString(), actor };
  if (seen === 'approved' || seen === 'held') {
    let update = transaction
      .updateTable('verdicts')
      .set(row)
      .where('issue_number', '=', issue)
      .where('item', '=', item)
      .where('verdict', '=', seen)
      .where(({ or, eb }) => or([eb('verdict', '!=', verdict), eb('words_hash', '!=', wordsHash)]));
    if (seen === 'approved') update = update.where('words_hash', '=', wordsHash);
    return (await update.executeTakeFirst()).numUpdatedRows === 1n;
  }
  const { numInsertedOrUpdatedRows } = await transaction
    .insertInto('verdicts')
    .values({ issue_number: issue, item, ...row })
    .onConflict((conflict) =>
      conflict
        .columns(['issue_number', 'item'])
        .doUpdateSet(row)
        .where(({ and, or, eb }) => {
          const isOther = eb('verdicts.words_hash', '!=', wordsHash);
          // An approval of other words is none of these.
          if (seen === 'none') return and([eb('verdicts.verdict', '!=', 'held'), isOther]);
          return or([eb('verdicts.verdict', '!=', verdict), isOther]);
        }),
    )
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/** One statement: two processes that write down at once take turns. */
async function writeDown(
  database: Database,
  issue: number,
  verb: string,
  { actor, now, note }: Decider,
  item?: string,
): Promise<void> {
  await database
    .insertInto('decisions')
    .columns(['issue_number', 'number', 'at', 'verb', 'actor', 'item', 'note'])
    .expression((eb) =>
      eb
        .selectFrom('decisions')
        .where('issue_number', '=', issue)
        .select(({ val, fn, lit, eb: of }) => [
          val(issue).as('issue_number'),
          of(fn.coalesce(fn.max('number'), lit(0)), '+', lit(1)).as('number'),
          val(now.toISOString()).as('at'),
          val(verb).as('verb'),
          val(actor).as('actor'),
          val(item ?? null).as('item'),
          val(note ?? null).as('note'),
        ]),
    )
    .execute();
}

function parseVerdict({ item, verdict, words_hash, at, actor }: VerdictTable): Verdict {
  return { item, verdict, wordsHash: words_hash, at: new Date(at), actor };
}
