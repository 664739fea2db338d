import type { Draft } from '../../formatters/draft.ts';
import type { DeliveryTable } from '../database/tables.ts';
import type { Delivery, NewDelivery } from './delivery.ts';
import type { Receipt } from './receipt.ts';

/** The row of a delivery that was just queued. */
export function makeRow(id: string, delivery: NewDelivery, now: Date): DeliveryTable {
  return {
    id,
    issue_number: delivery.issue,
    item: delivery.item,
    revision: delivery.revision,
    destination: delivery.destination,
    title: delivery.title,
    draft: JSON.stringify(delivery.draft),
    state: 'planned',
    task: 'publish',
    due_at: delivery.dueAt.toISOString(),
    retry_at: null,
    queued_at: now.toISOString(),
    stamped_at: stamp(delivery.dueAt, now),
    first_attempt_at: null,
    attempts: 0,
    first_attempt: null,
    lease_owner: null,
    lease_until: null,
    fence: 0,
    settled_at: null,
    receipt: null,
    reason: null,
    remedy: null,
    replaces: delivery.replaces?.id ?? null,
    correction: delivery.replaces?.how ?? null,
  };
}

/** A delivery is stamped with the time that it is to go out at. */
export function stamp(dueAt: Date, now: Date): string {
  return (dueAt > now ? dueAt : now).toISOString();
}

/** A row as the rest of the house knows it. The JSON in it was written by `makeRow` and `settle`. */
export function parseRow(row: DeliveryTable): Delivery {
  return {
    id: row.id,
    issue: row.issue_number,
    item: row.item,
    revision: row.revision,
    destination: row.destination,
    title: row.title,
    draft: JSON.parse(row.draft) as Draft,
    state: row.state,
    task: row.task,
    dueAt: new Date(row.due_at),
    retryAt: parseInstant(row.retry_at),
    queuedAt: new Date(row.queued_at),
    stampedAt: new Date(row.stamped_at),
    firstAttemptAt: parseInstant(row.first_attempt_at),
    attempts: row.attempts,
    isTouched: row.first_attempt !== null,
    settledAt: parseInstant(row.settled_at),
    receipt: row.receipt === null ? undefined : (JSON.parse(row.receipt) as Receipt),
    reason: row.reason ?? undefined,
    remedy: row.remedy ?? undefined,
    replaces:
      row.replaces === null || row.correction === null
        ? undefined
        : { id: row.replaces, how: row.correction },
  };
}

function parseInstant(text: string | null): Date | undefined {
  return text === null ? undefined : new Date(text);
}
