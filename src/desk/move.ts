import type { Delivery, NewDelivery } from '../outbox/delivery.ts';
import { type Acted, actOn, makeBy, shortenId, type Verdict } from './act.ts';
import type { Desk, Destination } from './desk.ts';
import { type Approved, findApproved, tellKept, tellWords } from './find-approved.ts';
import { findPosted } from './find-posted.ts';
import { isServed, WAITING_STATES } from './orphans.ts';
import { queueEnded } from './post.ts';

/**
 * Queues for a destination what waits, is held or was refused at another place, in the text of the
 * newest revision, or the one that editors approved last, and in the same order, and cancels it there.
 * What is held, or what an editor holds by then, is held there too. What the destination has already
 * is only cancelled. What was sent stays; what may be in place, whole or in part, or is to be taken
 * back, is left for a person to look at. Cut off and called again, it goes on.
 */
export async function moveDeliveries(desk: Desk, from: string, to: Destination): Promise<Acted[]> {
  const waiting = await desk.outbox.list({
    destination: from,
    states: WAITING_STATES,
    isEarliestFirst: true,
  });
  const acted: Acted[] = [];
  for (const delivery of waiting) {
    // One at a time: a correction's text may have come with the delivery before it.
    const approved = await findApproved(desk, { ...delivery, destination: to.key });
    const wanted = await write(desk, delivery, to, approved);
    acted.push(
      ...(await actOn(
        desk,
        [delivery],
        (one) => judge(one, wanted),
        (one) => move(desk, one, { wanted, to, approved }),
      )),
    );
  }
  // Nothing is tried where nobody serves: its pause says nothing any more.
  if (!isServed(desk, from)) await desk.outbox.resume(from);
  return acted;
}

/** What is queued for the destination, or why it cannot be. */
type Wanted = NewDelivery | string;

async function write(
  desk: Desk,
  delivery: Delivery,
  to: Destination,
  { wanted }: Approved,
): Promise<Wanted> {
  const { issue, item, revision, title, draft, dueAt, replaces } = delivery;
  if (replaces !== undefined) return 'changes or answers what was posted there';
  const isSample = await desk.archive.isSampleRevision(issue, revision);
  if (isSample && to.isLive) return `is of a sample, which is not posted to ${to.name}`;
  if (wanted !== undefined) return wanted;
  // What gathers several issues is not written anew from one.
  if (!/^(?:topic|month)\//.test(item)) return 'is of a paper that the issue has no more';
  if (draft.platform !== to.platform) return `was written for ${draft.platform}`;
  return { issue, item, revision, title, draft, dueAt, destination: to.key };
}

async function move(
  desk: Desk,
  delivery: Delivery,
  {
    wanted,
    to,
    approved,
  }: { readonly wanted: Wanted; readonly to: Destination; readonly approved: Approved },
): Promise<Omit<Acted, 'outcome'> | undefined> {
  const { outbox } = desk;
  const { id, state, destination: from, dueAt } = delivery;
  const stored = await desk.archive.read(delivery.issue);
  if (typeof wanted === 'string' || stored === undefined) return undefined;
  const by = makeBy(desk, `moved to ${to.key}`);
  // Where somebody serves the old place, it must not go out at both.
  const isHeld = state === 'planned' && isServed(desk, from);
  if (isHeld && (await outbox.hold(id, by)) === undefined) return undefined;
  const before = (await findPosted(desk, stored, to)).get(delivery.item);
  const isThere =
    before !== undefined && before.state !== 'cancelled' && before.state !== 'retracted';
  const wasHeld = state === 'held';
  const queued = isThere ? before : await queueThere(desk, { ...wanted, dueAt }, before, wasHeld);
  if ((await outbox.cancel(id, by)) === undefined) return undefined;
  if (isThere) return { delivery: queued, said: TOLD_THERE[before.state] };
  const isKept = queued.state === 'held' && !(wasHeld && approved.holder === undefined);
  const held = isKept ? `; it ${tellKept(approved.holder)}` : '';
  return { delivery: queued, said: `is moved from ${from}${tellWords(queued, approved)}${held}` };
}

/** How a delivery stands that the destination had before. */
const TOLD_THERE = {
  planned: 'is in line there already',
  held: 'is held there already',
  sending: 'is being sent there already',
  unknown: 'may be in place there already',
  sent: 'was sent there already',
  refused: 'was refused there already',
} as const;

async function queueThere(
  desk: Desk,
  wanted: NewDelivery,
  before: Delivery | undefined,
  wasHeld: boolean,
): Promise<Delivery> {
  const { outbox, clock } = desk;
  const queue = async (delivery: NewDelivery): Promise<Delivery> =>
    before === undefined
      ? (await outbox.queue(delivery, clock.now())).delivery
      : (await queueEnded(desk, delivery, before)).delivery;
  if (!wasHeld) return queue(wanted);
  // It may be held by itself, whatever its item: nobody may take it before it is.
  const queued = await queue({ ...wanted, dueAt: new Date(clock.now().getTime() + FAR_MS) });
  const held = await outbox.hold(queued.id, makeBy(desk));
  const back = await outbox.rerender(queued.id, wanted, clock.now());
  return back.kind === 'left' ? (held ?? queued) : back.delivery;
}

const FAR_MS = 24 * 60 * 60 * 1000;

function judge({ id, state, task, destination, isTouched }: Delivery, wanted: Wanted): Verdict {
  const short = shortenId(id);
  if (state === 'sending') {
    const said = 'is in the hands of a worker at this moment: try again in two minutes';
    return { outcome: 'failed', said };
  }
  if (task === 'retract') {
    const said = 'is to be taken back there: look at the place, and say that it is gone';
    return { outcome: 'failed', said, command: `paperboy resolve ${short} --not-sent` };
  }
  switch (state) {
    case 'unknown': {
      const said = `may be in place at ${destination}: look there, then say whether it is`;
      const command = `paperboy resolve ${short} --sent, or paperboy resolve ${short} --not-sent`;
      return { outcome: 'failed', said, command };
    }
    case 'planned':
    case 'held':
    case 'refused': {
      if (isTouched) {
        const said = `may be in place in part at ${destination}: look there, and once nothing of it is left, say so and move it`;
        return { outcome: 'failed', said, command: `paperboy resolve ${short} --not-sent` };
      }
      if (typeof wanted !== 'string') return 'act';
      const command = `paperboy cancel ${short}`;
      return { outcome: 'failed', said: `${wanted}, and cannot be moved`, command };
    }
    case 'cancelled':
      return { outcome: 'already', said: 'is cancelled there already' };
    case 'sent':
    case 'retracted':
      return {
        outcome: 'left',
        said: isTouched ? 'was sent there meanwhile' : 'was taken back there',
      };
  }
}
