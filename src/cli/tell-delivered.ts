import type { Delivered } from '../delivery/courier.ts';
import type { Desk } from '../desk/desk.ts';
import { describeDelivery, describeRemedy, makeWords, nameDelivery } from './describe-delivery.ts';
import type { Output } from './output.ts';
import { hang } from './wrap.ts';

/** Prints what became of an attempt, as soon as it is in the ledger. */
export function tellDelivered(
  desk: Desk,
  output: Output,
  { claim, outcome, isSettled }: Delivered,
): void {
  if (!isSettled) return;
  const { delivery } = claim;
  const words = makeWords(desk);
  const name = nameDelivery(delivery, words);
  switch (outcome.kind) {
    case 'sent': {
      const sent = { ...delivery, state: 'sent', receipt: outcome.receipt } as const;
      output.line(hang(`${output.style('green', '✓')} ${describeDelivery(sent, words)}`, '  '));
      return;
    }
    case 'retracted':
      output.line(`${output.style('green', '✓')} ${name} was taken back`);
      return;
    case 'refused': {
      const refused = { ...delivery, ...outcome, state: 'refused' } as const;
      output.line(hang(`${output.style('red', '✗')} ${describeDelivery(refused, words)}`, '  '));
      output.line(hang(`    → ${describeRemedy(refused, words) ?? outcome.remedy}`, '      '));
      if (outcome.isClosed)
        output.line(
          `    ${words.place(delivery.destination)} is paused: nothing else is tried there`,
        );
      return;
    }
    case 'unavailable':
    case 'unknown':
      output.line(hang(`${output.style('yellow', '…')} ${name}: ${outcome.reason}`, '  '));
      output.line(`    next try ${words.at(outcome.retryAt)}`);
  }
}
