import type { Delivery } from '../outbox/delivery.ts';
import { type Acted, actOn, makeBy, shortenId, type Verdict } from './act.ts';
import type { Desk } from './desk.ts';
import { isOrphaned } from './orphans.ts';

type LedgerDesk = Pick<Desk, 'outbox' | 'clock' | 'actor' | 'destinations' | 'absent'>;

/**
 * Marks deliveries to be taken back: what is in place, or may be; `deliverNow` then does it. What
 * has not been tried is cancelled instead. What belongs to a delivery goes with it: corrections of
 * it that wait, and answers to its thread.
 */
export async function retractDeliveries(
  desk: LedgerDesk,
  named: readonly Delivery[],
): Promise<Acted[]> {
  const all = await addDependents(desk, named);
  return actOn(
    desk,
    all,
    (delivery) => judgeOrphan(desk, delivery) ?? judge(delivery, all),
    (delivery) => takeBack(desk, delivery),
  );
}

/**
 * The deliveries, and what cannot stand without them: corrections and answers. Of a correction that
 * is not known to be whole, also what it was to correct: its posts may have words of both.
 */
async function addDependents(
  { outbox }: LedgerDesk,
  named: readonly Delivery[],
): Promise<readonly Delivery[]> {
  const found = new Map(named.map((delivery) => [delivery.id, delivery]));
  for (const { id, issue, destination, replaces, isTouched, receipt } of named) {
    const isTorn = isTouched && receipt === undefined && replaces?.how !== 'reply';
    for (const other of await outbox.list({ issue, destination, isEarliestFirst: true })) {
      const hasEnded = other.state === 'retracted' || other.state === 'cancelled';
      const isBase = isTorn && other.id === replaces?.id;
      if ((other.replaces?.id === id || isBase) && !hasEnded) found.set(other.id, other);
    }
  }
  // Corrections first: while one waits it could still take the place of what is taken back.
  return [...found.values()].sort(
    (a, b) => Number(b.replaces !== undefined) - Number(a.replaces !== undefined),
  );
}

async function takeBack(
  { outbox, ...desk }: LedgerDesk,
  { id, state, isTouched, task }: Delivery,
): Promise<Omit<Acted, 'outcome'> | undefined> {
  const by = makeBy(desk);
  if (task === 'retract') {
    const delivery = state === 'refused' ? await outbox.retry(id, by) : await outbox.hasten(id, by);
    return delivery && { delivery, said: 'is to be taken back, which is tried again now' };
  }
  if (!isTouched) {
    const delivery = await outbox.cancel(id, by);
    return delivery && { delivery, said: 'had not been sent, and is cancelled' };
  }
  // What waits for another attempt leaves the line first.
  if (state === 'planned' && (await outbox.cancel(id, by)) === undefined) return undefined;
  const delivery = await outbox.retract(id, by);
  return delivery && { delivery, said: 'is to be taken back' };
}

/** Nobody deletes anything at a place that is not configured; what was never there is cancelled. */
function judgeOrphan(desk: LedgerDesk, delivery: Delivery): Verdict | undefined {
  const { id, state, task, isTouched, destination } = delivery;
  if (!isOrphaned(desk, destination) || !isTouched || state === 'retracted') return undefined;
  const said = `was for ${destination}, which is not configured here: delete by hand what is there`;
  const command =
    task === 'retract'
      ? `paperboy resolve ${shortenId(id)} --not-sent`
      : `paperboy history ${shortenId(id)}`;
  return { outcome: 'failed', said, command };
}

function judge(
  { id, state, task, isTouched, retryAt }: Delivery,
  all: readonly Delivery[],
): Verdict {
  const changing = all.find((one) => one.replaces?.id === id && one.state === 'sending');
  if (changing !== undefined && state === 'sent') {
    const said = 'is being corrected at this moment: try again in two minutes';
    return { outcome: 'failed', said, command: `paperboy history ${shortenId(changing.id)}` };
  }
  if (state === 'sending') {
    const said = 'is in the hands of a worker at this moment: try again in two minutes';
    return { outcome: 'failed', said, command: `paperboy history ${shortenId(id)}` };
  }
  if (state === 'retracted') return { outcome: 'already', said: 'was taken back already' };
  if (task === 'retract') {
    return state === 'refused' || retryAt !== undefined
      ? 'act'
      : { outcome: 'already', said: 'is to be taken back already' };
  }
  if (state === 'cancelled' && !isTouched) {
    return { outcome: 'already', said: 'was never sent, and is cancelled' };
  }
  return 'act';
}
