import type { Delivery } from '../outbox/delivery.ts';
import { type Acted, actOn, makeBy, shortenId, tellDoubt, type Verdict } from './act.ts';
import type { Desk } from './desk.ts';
import { findHolder, nameDecision } from './find-approved.ts';

type LedgerDesk = Pick<Desk, 'outbox' | 'clock' | 'actor'>;
type ReleaseDesk = LedgerDesk & Pick<Desk, 'archive' | 'verdicts'>;

/** Keeps what waits from going out until it is released. */
export function holdDeliveries(desk: LedgerDesk, named: readonly Delivery[]): Promise<Acted[]> {
  return actOn(desk, named, judgeHold, async ({ id }) => {
    const delivery = await desk.outbox.hold(id, makeBy(desk));
    return delivery && { delivery, said: 'is held until it is released' };
  });
}

/**
 * Lets what is held go out in its turn. By itself, an editor who holds the item goes on holding what
 * else there is of it; with its item, nothing goes out that somebody holds again by then.
 */
export function releaseDeliveries(
  desk: ReleaseDesk,
  named: readonly Delivery[],
  { isWithItem = false }: { readonly isWithItem?: boolean } = {},
): Promise<Acted[]> {
  const { outbox } = desk;
  return actOn(desk, named, judgeRelease, async ({ id }) => {
    const by = makeBy(desk);
    const delivery = await (isWithItem ? outbox.releaseUnlessHeld(id, by) : outbox.release(id, by));
    const holder = delivery && (await findHolder(desk, delivery));
    if (delivery === undefined || holder === undefined) {
      return delivery && { delivery, said: 'is in line again' };
    }
    const said = `is in line again, and it alone: ${holder.actor} goes on holding its item`;
    return { delivery, said, command: nameDecision('release', delivery) };
  });
}

function judgeHold({ id, state, task, destination }: Delivery): Verdict {
  const short = shortenId(id);
  if (task === 'retract' && state !== 'retracted') {
    return { outcome: 'left', said: 'is to be taken back, which cannot be held' };
  }
  switch (state) {
    case 'planned':
      return 'act';
    case 'held':
      return { outcome: 'already', said: 'is held already' };
    case 'sending':
      return { outcome: 'failed', said: 'is being sent at this moment: try again in a minute' };
    case 'unknown':
      return {
        outcome: 'failed',
        said: `may be in place already, and ${tellDoubt({ destination })}`,
        command: `paperboy retract ${short}`,
      };
    case 'sent':
      return {
        outcome: 'left',
        said: 'was sent, so there is nothing to hold',
        command: `paperboy retract ${short}`,
      };
    case 'refused':
    case 'cancelled':
    case 'retracted':
      return { outcome: 'left', said: `is ${tellEnd(state)}, and goes nowhere by itself` };
  }
}

function judgeRelease({ id, state, task }: Delivery): Verdict {
  switch (state) {
    case 'held':
      return 'act';
    case 'planned':
    case 'sending':
    case 'unknown':
      return task === 'publish'
        ? { outcome: 'already', said: 'is not held: it is in line' }
        : { outcome: 'left', said: 'is being taken back' };
    case 'sent':
      return { outcome: 'already', said: 'is not held: it was sent' };
    case 'refused':
    case 'cancelled':
      return {
        outcome: 'left',
        said: `is not held, but ${tellEnd(state)}`,
        command: `paperboy retry ${shortenId(id)}`,
      };
    case 'retracted':
      return { outcome: 'left', said: 'is not held, but was taken back' };
  }
}

/** How a delivery ended that goes nowhere by itself. */
export function tellEnd(state: 'refused' | 'cancelled' | 'retracted'): string {
  return { refused: 'refused', cancelled: 'cancelled', retracted: 'taken back' }[state];
}
