import { shortenId } from '../desk/act.ts';
import type { Delivery } from '../outbox/delivery.ts';
import { describeRemedy, nameDelivery, type Words } from './describe-delivery.ts';
import { count, type Output } from './output.ts';
import { hang } from './wrap.ts';

/** A delivery, and what is the matter with it: a sentence without its subject. */
export type Trouble = { readonly delivery: Delivery; readonly said: string };

/** Deliveries of one place with which the same is the matter. */
export type TroubleGroup = {
  readonly said: string;
  readonly remedy: string | undefined;
  readonly deliveries: readonly [Delivery, ...Delivery[]];
};

const MOST_NAMED = 5;

/** Gathers what is said in the same words of several deliveries of a place, in the order of the first. */
export function groupTroubles(troubles: readonly Trouble[], words: Words): TroubleGroup[] {
  const tellRemedy = (delivery: Delivery, id: string): string | undefined =>
    describeRemedy(delivery, words)?.replaceAll(shortenId(delivery.id), id);
  const groups = Map.groupBy(troubles, ({ delivery, said }) =>
    JSON.stringify([delivery.destination, delivery.state, said, tellRemedy(delivery, 'ID') ?? '']),
  );
  return [...groups.values()].flatMap(([first, ...others]): TroubleGroup[] => {
    if (first === undefined) return [];
    const { delivery, said } = first;
    const deliveries = [delivery, ...others.map((one) => one.delivery)] as const;
    if (others.length === 0) return [{ said, remedy: describeRemedy(delivery, words), deliveries }];
    const remedy = tellRemedy(delivery, 'ID')?.replaceAll(
      'paperboy retry ID',
      `paperboy retry --to ${words.place(delivery.destination)}`,
    );
    return [{ said, remedy, deliveries }];
  });
}

/** Prints what is the matter: once, with the list of those that it is the matter with. */
export function printTrouble(
  output: Output,
  { said, remedy, deliveries }: TroubleGroup,
  words: Words,
): void {
  const [first, ...others] = deliveries;
  const isRefused = first.state === 'refused';
  const mark = isRefused ? output.style('red', '✗') : output.style('yellow', '…');
  const name =
    others.length === 0
      ? nameDelivery(first, words)
      : `${count(deliveries.length, 'delivery')} → ${words.place(first.destination)}`;
  output.line(hang(`${mark} ${name}: ${said}`, '  '));
  if (others.length > 0) {
    for (const { id, title } of deliveries.slice(0, MOST_NAMED)) {
      output.line(hang(`    ${output.style('dim', shortenId(id))}  ${title}`, '              '));
    }
    const more = deliveries.length - MOST_NAMED;
    if (more > 0) output.line(`    and ${more} more`);
  }
  if (remedy !== undefined) output.line(hang(`    → ${remedy}`, '      '));
}
