import { sql } from 'kysely';
import type { Database } from '../database/open-database.ts';
import type { SlotTable } from '../database/tables.ts';
import type { Delivery, NewDelivery } from './delivery.ts';

export type LaneName = SlotTable['lane'];

/** How far a lane of a destination is planned. */
export type LaneMark = {
  readonly lane: LaneName;
  /** The last slot that was planned, or passed over. */
  readonly slotAt: Date;
  /** The cron expressions and their zone: a slot of another schedule is another slot. */
  readonly schedule: string;
  /** The slot found nothing, and the lane takes the next of the papers. */
  readonly isOpen: boolean;
  /** The newest issue when the lane was first planned: older ones are not for it. */
  readonly sinceIssue: number;
};

/** What is planned for a destination at its slots. */
export type SlotPlan = {
  readonly destination: string;
  /** As they were read: where they are otherwise by now, another process has planned. */
  readonly before: readonly LaneMark[];
  readonly after: readonly LaneMark[];
  /** The lanes that the destination has no more: where they come back, they are new ones. */
  readonly gone?: readonly LaneName[];
  readonly deliveries: readonly SlotDelivery[];
};

/** What a slot takes: an item that no editor holds. */
export type SlotDelivery = NewDelivery & {
  /** The words that an editor has to have approved of it, by their hash; without it none has to. */
  readonly approvedHash?: string;
};

type Insert = (
  transaction: Database,
  delivery: NewDelivery,
) => Promise<{ readonly isNew: boolean; readonly delivery: Delivery }>;

/** How far the lanes of a destination are planned. */
export async function readLanes(database: Database, destination: string): Promise<LaneMark[]> {
  const rows = await database
    .selectFrom('slots')
    .selectAll()
    .where('destination', '=', destination)
    .orderBy('lane')
    .execute();
  return rows.map((row) => ({
    lane: row.lane,
    slotAt: new Date(row.last_slot_at),
    schedule: row.schedule,
    isOpen: row.is_open === 1,
    sinceIssue: row.since_issue,
  }));
}

/**
 * Marks slots as planned and queues what they take, in one transaction. Undefined, and nothing
 * changes, where another process has planned the destination meanwhile, or an editor has held
 * something that they take or approved other words of it: it is to be planned anew. What somebody has
 * queued since `now`, or from a newer revision, is not queued again.
 */
export async function takeSlots(
  database: Database,
  { destination, before, after, gone = [], deliveries }: SlotPlan,
  now: Date,
  insert: Insert,
): Promise<Delivery[] | undefined> {
  return database.transaction().execute(async (transaction) => {
    // A write comes first: it keeps every other planner out before anything is read.
    await transaction
      .updateTable('slots')
      .set({ schedule: sql<string>`schedule` })
      .where('destination', '=', destination)
      .execute();
    if (!isSame(await readLanes(transaction, destination), before)) return undefined;
    for (const one of deliveries) if (!(await isFree(transaction, one))) return undefined;
    for (const lane of gone) {
      await transaction
        .deleteFrom('slots')
        .where('destination', '=', destination)
        .where('lane', '=', lane)
        .execute();
    }
    for (const { lane, slotAt, schedule, isOpen, sinceIssue } of after) {
      const row = {
        last_slot_at: slotAt.toISOString(),
        schedule,
        is_open: isOpen ? 1 : 0,
        since_issue: sinceIssue,
      };
      await transaction
        .insertInto('slots')
        .values({ destination, lane, ...row })
        .onConflict((conflict) => conflict.columns(['destination', 'lane']).doUpdateSet(row))
        .execute();
    }
    const queued: Delivery[] = [];
    for (const one of deliveries) {
      if (await isThere(transaction, one, now)) continue;
      const { isNew, delivery } = await insert(transaction, one);
      if (isNew) queued.push(delivery);
    }
    return queued;
  });
}

/** Whether the editors let an item go out, as they have decided by now. */
async function isFree(
  transaction: Database,
  { issue, item, approvedHash }: SlotDelivery,
): Promise<boolean> {
  const row = await transaction
    .selectFrom('verdicts')
    .select(['verdict', 'words_hash'])
    .where('issue_number', '=', issue)
    .where('item', '=', item)
    .executeTakeFirst();
  if (row?.verdict === 'held') return false;
  return approvedHash === undefined || row?.words_hash === approvedHash;
}

async function isThere(
  transaction: Database,
  { issue, item, destination, revision }: NewDelivery,
  now: Date,
): Promise<boolean> {
  const row = await transaction
    .selectFrom('deliveries')
    .select('id')
    .where('issue_number', '=', issue)
    .where('destination', '=', destination)
    .where('item', '=', item)
    .where(({ eb, or }) =>
      or([eb('revision', '>', revision), eb('queued_at', '>=', now.toISOString())]),
    )
    .executeTakeFirst();
  return row !== undefined;
}

function isSame(found: readonly LaneMark[], known: readonly LaneMark[]): boolean {
  const write = (marks: readonly LaneMark[]): string =>
    JSON.stringify(
      marks
        .map(({ lane, slotAt, schedule, isOpen, sinceIssue }) => [
          lane,
          slotAt.getTime(),
          schedule,
          isOpen,
          sinceIssue,
        ])
        .sort(),
    );
  return write(found) === write(known);
}
