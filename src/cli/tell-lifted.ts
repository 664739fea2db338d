import type { Desk } from '../desk/desk.ts';
import type { Posted } from '../desk/post.ts';
import type { Delivery } from '../outbox/delivery.ts';
import { makeWords, nameDelivery } from './describe-delivery.ts';
import type { Output } from './output.ts';
import { tellHold } from './tell-holders.ts';
import { hang } from './wrap.ts';

/** What was held at its place alone goes out where it is named: it is said whose hold is over. */
export async function tellLifted(
  desk: Desk,
  output: Output,
  heldBefore: readonly Delivery[],
  posted: readonly Posted[],
): Promise<void> {
  const words = makeWords(desk);
  for (const { delivery, action } of posted) {
    const isHeld = heldBefore.some(({ id }) => id === delivery.id);
    if (!isHeld || action === 'left' || action === 'already there') continue;
    const { actions } = await desk.outbox.readHistory(delivery.id);
    const hold = actions.findLast(({ verb }) => verb === 'hold');
    if (hold === undefined) continue;
    const name = nameDelivery(delivery, words);
    output.note(hang(`${name} was ${tellHold(hold, words)}, which is over by that.`, '  '));
  }
}
