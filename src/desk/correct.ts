import { keyItem } from '../../formatters/item.ts';
import type { StoredIssue } from '../archive/issue-reader.ts';
import type { Delivery } from '../outbox/delivery.ts';
import type { Correction } from '../publishers/publisher.ts';
import { type Acted, makeBy, shortenId, tellDoubt } from './act.ts';
import type { Desk, Destination } from './desk.ts';
import { findDestination } from './find-destination.ts';
import { findItems, type ItemRequest } from './find-items.ts';
import { type CorrectionPlan, planCorrection } from './plan-correction.ts';

export type CorrectRequest = ItemRequest & {
  /** The name of a destination; every one where an older revision is in place without it. */
  readonly to?: string;
  /** How, where there is a choice. */
  readonly how?: Correction;
  /** What an answer says: CommonMark inline, a line of --- between posts. */
  readonly words?: string;
  /** Keys of items that are left out. */
  readonly except?: readonly string[];
};

/**
 * Queues corrections: wherever an older revision of the items is in place, the newest takes its
 * place, or answers it. Nothing is queued unless everything can be. What is in place already with
 * the same posts is left; so are destinations with nothing in place. Throws `correction.unchosen`,
 * `correction.unsupported`, `words.missing`, `own-text.misfit`, and what `findItems` throws.
 */
export async function queueCorrections(
  desk: Desk,
  reference: string,
  { to, how, words, except = [], ...request }: CorrectRequest,
): Promise<Acted[]> {
  const { stored, items: all } = await findItems(desk, reference, request);
  const items = all.filter((item) => !except.includes(keyItem(item)));
  const places = to === undefined ? desk.destinations : [findDestination(desk, to, 'correct at')];
  const planned: (CorrectionPlan | Acted)[] = [];
  for (const destination of places) {
    const rows = await listRows(desk, stored, destination);
    for (const item of items) {
      const of = rows.filter((row) => row.item === keyItem(item));
      const base = findInPlace(of);
      if (base === undefined) {
        const newest = of[0];
        if (newest !== undefined) planned.push(leave(newest));
        continue;
      }
      const chosen = { how, words, isNamed: to !== undefined };
      planned.push(planCorrection(desk, { stored, item, destination, base, chosen }));
    }
  }
  const acted: Acted[] = [];
  for (const one of planned) {
    if ('outcome' in one) acted.push(one);
    else acted.push(...(await queueOne(desk, one)));
  }
  return acted;
}

/** The rows of the issue there, the newest revision first; samples and real issues apart. */
async function listRows(
  { outbox, archive }: Desk,
  { issue: { number }, isSample }: StoredIssue,
  { key }: Destination,
): Promise<Delivery[]> {
  const rows: Delivery[] = [];
  for (const row of await outbox.list({ issue: number, destination: key })) {
    if ((await archive.isSampleRevision(number, row.revision)) === isSample) rows.push(row);
  }
  return rows.sort((a, b) => b.revision - a.revision);
}

/** What stands there of an item. An answer stands beside it. */
function findInPlace(rows: readonly Delivery[]): Delivery | undefined {
  return rows.find(({ state, replaces }) => state === 'sent' && replaces?.how !== 'reply');
}

/** Nothing is in place to correct. */
function leave(delivery: Delivery): Acted {
  const { id, state } = delivery;
  const short = shortenId(id);
  if (state === 'unknown') {
    const said = `may be in place or not, and ${tellDoubt(delivery)}; once that is done, correct it`;
    return { delivery, outcome: 'failed', said, command: `paperboy retry ${short}` };
  }
  if (state === 'sending') {
    const said = 'is in the hands of a worker at this moment; once it is there, correct it';
    return { delivery, outcome: 'failed', said, command: `paperboy history ${short}` };
  }
  const said = `is not in place (${state}), so there is nothing to correct`;
  const isEnded = state === 'cancelled' || state === 'retracted';
  return {
    delivery,
    outcome: 'left',
    said,
    ...(isEnded ? {} : { command: `paperboy history ${short}` }),
  };
}

async function queueOne(desk: Desk, { base, how, wanted }: CorrectionPlan): Promise<Acted[]> {
  const { outbox, clock } = desk;
  const { issue, destination, item, revision } = wanted;
  const corrections = (await outbox.list({ issue, destination })).filter(
    (row) => row.item === item && row.replaces?.id === base.id && row.revision !== revision,
  );
  // Two half-made corrections of the same posts would be told apart by nobody.
  const torn = corrections.find(({ state, isTouched }) => isTouched && !isSettled(state));
  if (torn !== undefined) {
    const said = `is half corrected by revision ${torn.revision}, which has to be settled first`;
    const command = `paperboy retry ${shortenId(torn.id)}, or paperboy retract ${shortenId(torn.id)}`;
    return [{ delivery: torn, outcome: 'failed', said, command }];
  }
  const acted: Acted[] = [];
  for (const { id, state } of corrections) {
    if (state !== 'planned' && state !== 'held') continue;
    const delivery = await outbox.cancel(id, makeBy(desk, `revision ${revision} corrects instead`));
    const said = `of an older revision is cancelled: revision ${revision} corrects instead`;
    if (delivery !== undefined) acted.push({ delivery, outcome: 'done', said });
  }
  if (how === 'repost') acted.push(...corrections.filter(isAnswerThere).map(leaveAnswer));
  const { isNew, delivery } = await outbox.queue(wanted, clock.now());
  const done = { outcome: 'done', said: `is to be ${SAID[how]}` } as const;
  if (isNew) return [...acted, judgeHeld(delivery, done)];
  const result = await outbox.rerender(delivery.id, wanted, clock.now());
  if (result.kind !== 'left') return [...acted, judgeHeld(result.delivery, done)];
  return [...acted, await goOn(desk, delivery, how)];
}

const SAID = {
  edit: 'corrected in place',
  repost: 'taken away and posted anew',
  reply: 'answered',
} as const satisfies Record<Correction, string>;

function judgeHeld(delivery: Delivery, done: Omit<Acted, 'delivery'>): Acted {
  if (delivery.state !== 'held') return { delivery, ...done };
  const command = `paperboy release ${shortenId(delivery.id)}`;
  return { delivery, outcome: 'failed', said: 'is a correction that is held', command };
}

/** The correction was begun before: it goes on the way it was begun. */
async function goOn(desk: Desk, delivery: Delivery, how: Correction): Promise<Acted> {
  const { outbox } = desk;
  const { id, state, replaces, revision, task } = delivery;
  const short = shortenId(id);
  if (task === 'retract') {
    const said = 'is a correction that is being taken back: try again in a minute';
    return { delivery, outcome: 'failed', said, command: `paperboy history ${short}` };
  }
  if (state === 'sent') {
    const said = `was corrected with revision ${revision} already`;
    const isOther = how !== replaces?.how;
    return isOther
      ? {
          delivery,
          outcome: 'failed',
          said: `${said}, by ${replaces?.how ?? 'itself'}`,
          command: `paperboy retract ${short}`,
        }
      : { delivery, outcome: 'already', said };
  }
  if (replaces !== undefined && how !== replaces.how) {
    const said = `has a correction by ${replaces.how} begun, which has to be settled first`;
    return { delivery, outcome: 'failed', said, command: `paperboy retry ${short}` };
  }
  const again =
    (await outbox.retry(id, makeBy(desk))) ?? (await outbox.hasten(id, makeBy(desk))) ?? delivery;
  return { delivery: again, outcome: 'done', said: 'is tried again' };
}

function isAnswerThere({ state, replaces }: Delivery): boolean {
  return state === 'sent' && replaces?.how === 'reply';
}

/** Whether it is to go as well is for the editor to say, once the new thread is there. */
function leaveAnswer(delivery: Delivery): Acted {
  const said = 'was answered, and the answer stays behind without its thread; to take it back too';
  const command = `paperboy retract ${shortenId(delivery.id)}`;
  return { delivery, outcome: 'left', said, command };
}

function isSettled(state: Delivery['state']): boolean {
  return state === 'sent' || state === 'retracted';
}
