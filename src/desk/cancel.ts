import type { Delivery } from '../outbox/delivery.ts';
import { type Acted, actOn, makeBy, shortenId, tellDoubt, type Verdict } from './act.ts';
import type { Desk } from './desk.ts';

/**
 * Takes what has not gone out of the line. What an attempt may have left behind stays where it is,
 * which is said.
 */
export function cancelDeliveries(
  desk: Pick<Desk, 'outbox' | 'clock' | 'actor'>,
  named: readonly Delivery[],
): Promise<Acted[]> {
  return actOn(desk, named, judge, async ({ id }) => {
    const delivery = await desk.outbox.cancel(id, makeBy(desk));
    if (delivery === undefined) return undefined;
    if (!delivery.isTouched) return { delivery, said: 'is cancelled' };
    const command = `paperboy retract ${shortenId(id)}`;
    return {
      delivery,
      said: 'is cancelled; if attempts left something behind, take it back',
      command,
    };
  });
}

function judge({ id, state, task, destination }: Delivery): Verdict {
  const short = shortenId(id);
  if (task === 'retract' && state !== 'retracted') {
    return state === 'refused'
      ? {
          outcome: 'failed',
          said: 'could not be taken back, which cannot be cancelled: try it again, or say that it is gone',
          command: `paperboy retry ${short}, or paperboy resolve ${short} --not-sent`,
        }
      : { outcome: 'left', said: 'is being taken back' };
  }
  switch (state) {
    case 'planned':
    case 'held':
    case 'refused':
      return 'act';
    case 'cancelled':
      return { outcome: 'already', said: 'is cancelled already' };
    case 'retracted':
      return { outcome: 'already', said: 'was taken back already' };
    case 'sending':
      return { outcome: 'failed', said: 'is being sent at this moment: try again in a minute' };
    case 'unknown':
      return {
        outcome: 'failed',
        said: `may be in place already, and ${tellDoubt({ destination })}; take it back instead`,
        command: `paperboy retract ${short}`,
      };
    case 'sent':
      return { outcome: 'left', said: 'was sent', command: `paperboy retract ${short}` };
  }
}
