import { sql } from 'kysely';
import type { Database } from '../database/open-database.ts';
import type { SlotTable } from '../database/tables.ts';
import type { Delivery } from './delivery.ts';
import { type FreeDelivery, type Insert, queueFree } from './queue-free.ts';

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
  readonly deliveries: readonly FreeDelivery[];
};

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
 * changes, where another process has planned the destination meanwhile, or where `queueFree` finds
 * that something of it may not go out: it is to be planned anew.
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
    const queued = await queueFree(transaction, deliveries, now, insert);
    if (queued === undefined) return undefined;
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
    return queued;
  });
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
