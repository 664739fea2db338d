import type { Delivery } from '../outbox/delivery.ts';
import type { Receipt } from '../outbox/receipt.ts';
import { type Acted, actOn, makeBy, shortenId, type Verdict } from './act.ts';
import type { Desk } from './desk.ts';
import { findHolder, nameDecision, tellKept } from './find-approved.ts';

/** What a person has seen with their own eyes. */
export type Seen =
  /** It is in place, perhaps at this address. */
  | { readonly kind: 'sent'; readonly url?: string }
  /** Nothing of it is in place. */
  | { readonly kind: 'not sent' };

/**
 * Takes a person's word for what is in place of a delivery whose fate is not known, or that was
 * refused. As sent it counts as posted, and is never sent again by itself; as not sent it is sent
 * under new keys without another look, unless an editor holds it, and what was to be taken back counts
 * as gone.
 */
export function resolveDeliveries(
  desk: Pick<Desk, 'outbox' | 'clock' | 'actor' | 'archive' | 'verdicts'>,
  named: readonly Delivery[],
  seen: Seen,
): Promise<Acted[]> {
  const { outbox } = desk;
  if (seen.kind === 'sent') {
    const { url } = seen;
    // An address proves nothing, and one post's says nothing of the others: it is kept as a note.
    const receipt: Receipt = { posts: [] };
    return actOn(desk, named, judgeSent, async ({ id }) => {
      const delivery = await outbox.resolveSent(id, receipt, makeBy(desk, url));
      return delivery && { delivery, said: 'counts as sent, on your word' };
    });
  }
  return actOn(desk, named, judgeNotSent, async ({ id, task }) => {
    const delivery = await outbox.resolveNotSent(id, makeBy(desk));
    if (delivery?.state === 'held') {
      const said = `counts as never tried, and ${tellKept(await findHolder(desk, delivery))}`;
      return { delivery, said, command: nameDecision('release', delivery) };
    }
    const said =
      task === 'retract'
        ? 'counts as taken back, on your word'
        : 'is in line again, as if never tried';
    return delivery && { delivery, said };
  });
}

function judgeSent({ id, state, task }: Delivery): Verdict {
  const short = shortenId(id);
  switch (state) {
    case 'unknown':
    case 'refused':
      return 'act';
    case 'sent':
      return { outcome: 'already', said: 'counts as sent already' };
    case 'sending':
      return failSending();
    case 'planned':
      return task === 'retract'
        ? { outcome: 'left', said: 'is being taken back' }
        : {
            outcome: 'left',
            said: 'is in line, with nothing to resolve',
            command: `paperboy cancel ${short}`,
          };
    case 'held':
    case 'cancelled':
    case 'retracted':
      return { outcome: 'left', said: `is ${tellState(state)}, with nothing to resolve` };
  }
}

function judgeNotSent({ id, state, task }: Delivery): Verdict {
  const short = shortenId(id);
  if (task === 'retract' && (state === 'planned' || state === 'refused')) return 'act';
  switch (state) {
    case 'unknown':
    case 'refused':
      return 'act';
    case 'planned':
      return { outcome: 'already', said: 'is in line already' };
    case 'retracted':
      return { outcome: 'already', said: 'counts as taken back already' };
    case 'sending':
      return failSending();
    case 'sent':
      return {
        outcome: 'failed',
        said: 'was sent, and the platform has confirmed it: take it back, then post it anew',
        command: `paperboy retract ${short}`,
      };
    case 'held':
    case 'cancelled':
      return { outcome: 'left', said: `is ${tellState(state)}, with nothing to resolve` };
  }
}

function failSending(): Verdict {
  return { outcome: 'failed', said: 'is in the hands of a worker: try again in a minute' };
}

function tellState(state: 'held' | 'cancelled' | 'retracted'): string {
  return state === 'retracted' ? 'taken back' : state;
}
