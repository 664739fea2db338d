import { type Expression, type SqlBool, sql } from 'kysely';
import type { Database } from '../database/open-database.ts';
import type { DeliveryTable, Task } from '../database/tables.ts';
import type { Claim } from './delivery.ts';
import { parseRow } from './delivery-row.ts';
import { isBehindRetraction, isHeld, isInLine, isRetryDue } from './line.ts';
import type { Receipt } from './receipt.ts';
import { MOVES } from './transitions.ts';

/** For whom, when, and for how long a delivery is taken. */
export type ClaimTerms = { readonly owner: string; readonly now: Date; readonly leaseMs: number };

/** A delivery whose first claim is later than its stamp by more is stamped anew. */
const LATE_MS = 10 * 60 * 1000;
/** After attempts with these outcomes something may be in place, or still come. */
const DOUBTFUL = ['unknown', 'refused'] as const;

/**
 * Takes the next delivery of a destination that is due and opens an attempt, in one transaction
 * that begins with its only contended write: of any number of workers exactly one gets the row.
 *
 * There are two lines. What is to be taken back goes first, and does not wait for what is to be
 * published; in each line only the head is taken, and nothing while a worker is at any other. An item
 * waits for what else of it is still to be taken back; where that needs a person, others pass.
 */
export async function claimNext(
  database: Database,
  destination: string,
  terms: ClaimTerms,
): Promise<Claim | undefined> {
  return database.transaction().execute(async (transaction) => {
    const row =
      (await takeHead(transaction, destination, 'retract', terms)) ??
      (await takeHead(transaction, destination, 'publish', terms));
    if (row === undefined) return undefined;
    const at = terms.now.toISOString();
    await transaction
      .updateTable('attempts')
      .set({ ended_at: at, outcome: 'unknown', detail: 'the worker died or was too slow' })
      .where('delivery_id', '=', row.id)
      .where('ended_at', 'is', null)
      .execute();
    await transaction
      .insertInto('attempts')
      .values({
        delivery_id: row.id,
        number: row.attempts,
        task: row.task,
        started_at: at,
        ended_at: null,
        outcome: null,
        detail: null,
      })
      .execute();
    const delivery = parseRow(row);
    return {
      delivery: { ...delivery, firstAttemptAt: delivery.firstAttemptAt ?? terms.now },
      owner: terms.owner,
      fence: row.fence,
      attempt: row.attempts,
      attemptOfRound: await countRound(transaction, row),
      // What did nothing is looked up as well: it costs a request, and nobody has to be believed.
      isFirst: row.first_attempt === row.attempts && row.first_attempt_at === at,
      doubtfulSince: await readDoubt(transaction, row, terms),
      ...(await readPlace(transaction, row)),
    };
  });
}

async function takeHead(
  transaction: Database,
  destination: string,
  task: Task,
  { owner, now, leaseMs }: ClaimTerms,
): Promise<DeliveryTable | undefined> {
  const at = now.toISOString();
  const late = new Date(now.getTime() - LATE_MS).toISOString();
  return transaction
    .updateTable('deliveries')
    .set({
      state: MOVES.claim.to,
      lease_owner: owner,
      lease_until: new Date(now.getTime() + leaseMs).toISOString(),
      fence: sql<number>`fence + 1`,
      attempts: sql<number>`attempts + 1`,
      stamped_at: sql<string>`case when first_attempt is null and stamped_at < ${late} then ${at} else stamped_at end`,
      first_attempt_at: sql<string>`coalesce(first_attempt_at, ${at})`,
      first_attempt: sql<number>`coalesce(first_attempt, attempts + 1)`,
      retry_at: null,
    })
    .where('id', '=', ({ selectFrom }) =>
      selectFrom('deliveries as head')
        .select('head.id')
        .where('head.destination', '=', destination)
        .where('head.task', '=', sql.lit(task))
        .where(isInLine('head'))
        .where(({ not }) => not(isBehindRetraction('head', 'refused')))
        .orderBy('head.due_at')
        .orderBy('head.id')
        .limit(1),
    )
    .where('due_at', '<=', at)
    .where(({ not }) => not(isBehindRetraction('deliveries', 'waiting')))
    .where(({ eb, and, or }) =>
      or([
        and([eb('state', '!=', 'sending'), isRetryDue('deliveries', now)]),
        and([eb('state', '=', 'sending'), eb('lease_until', '<=', at)]),
      ]),
    )
    .where(
      ({ not, exists, selectFrom }): Expression<SqlBool> =>
        not(
          exists(
            selectFrom('deliveries as busy')
              .select('busy.id')
              .where('busy.destination', '=', destination)
              .where(isHeld('busy'))
              .where('busy.lease_until', '>', at),
          ),
        ),
    )
    .where(
      ({ not, exists, selectFrom }): Expression<SqlBool> =>
        not(
          exists(
            selectFrom('pauses')
              .select('pauses.destination')
              .where('destination', '=', destination),
          ),
        ),
    )
    .returningAll()
    .executeTakeFirst();
}

/** The attempts since it is being tried, with the one that was just opened. */
async function countRound(transaction: Database, row: DeliveryTable): Promise<number> {
  const { count } = await transaction
    .selectFrom('attempts')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('delivery_id', '=', row.id)
    .where('started_at', '>=', row.first_attempt_at ?? '')
    .executeTakeFirstOrThrow();
  return Number(count);
}

/**
 * When the last attempt to publish ended that may have left something behind. A dead worker's is
 * ended by who notices, perhaps much later; it sent nothing after its lease. What a platform refused
 * may have been refused in part. Whatever it says of itself, it was over when the next one began: a
 * clock that was ahead casts doubt on no days to come.
 */
async function readDoubt(
  transaction: Database,
  row: DeliveryTable,
  { leaseMs }: ClaimTerms,
): Promise<Date | undefined> {
  const last = await transaction
    .selectFrom('attempts')
    .select(['number', 'started_at', 'ended_at'])
    .where('delivery_id', '=', row.id)
    .where('task', '=', 'publish')
    .where('number', '>=', row.first_attempt ?? row.attempts)
    .where('number', '<', row.attempts)
    .where(({ eb, or }) => or([eb('outcome', 'is', null), eb('outcome', 'in', DOUBTFUL)]))
    .orderBy('number', 'desc')
    .executeTakeFirst();
  if (last === undefined) return undefined;
  const { next } = await transaction
    .selectFrom('attempts')
    .select(({ fn }) => fn.min('started_at').as('next'))
    .where('delivery_id', '=', row.id)
    .where('number', '>', last.number)
    .executeTakeFirstOrThrow();
  const ends = [last.ended_at, next].filter((at) => at !== null).map((at) => Date.parse(at));
  return new Date(Math.min(Date.parse(last.started_at) + leaseMs, ...ends));
}

/**
 * What the ledger knows to be in place, around a delivery. What is being taken back is not; only
 * taking back a correction has to know of it.
 */
async function readPlace(
  transaction: Database,
  row: DeliveryTable,
): Promise<Pick<Claim, 'replaced' | 'companions'>> {
  const rows = await transaction
    .selectFrom('deliveries')
    .select(['id', 'receipt', 'state'])
    .where('issue_number', '=', row.issue_number)
    .where('destination', '=', row.destination)
    .where('id', '!=', row.id)
    .where('receipt', 'is not', null)
    .orderBy('settled_at')
    .orderBy('id')
    .execute();
  const parse = ({ receipt }: { receipt: string | null }): Receipt[] =>
    receipt === null ? [] : [JSON.parse(receipt) as Receipt];
  const base = rows.find(({ id }) => id === row.replaces);
  const isBaseThere = base?.state === 'sent' || row.task === 'retract';
  return {
    replaced: base !== undefined && isBaseThere ? parse(base)[0] : undefined,
    companions: rows.filter((it) => it !== base && it.state === 'sent').flatMap(parse),
  };
}
