import type { Command } from 'commander';
import type { Desk } from '../desk/desk.ts';
import type { Delivery } from '../outbox/delivery.ts';
import { addItemOptions, type ItemOptions, toItemRequest } from './item-options.ts';

/** Which deliveries a command is about, as commander reads them. */
export type DeliveryOptions = ItemOptions & {
  readonly to?: string;
  readonly all?: boolean;
};

/** Gives a command the options that say which deliveries it is about. */
export function addDeliveryOptions(command: Command): Command {
  return addItemOptions(command)
    .option('--to <destination>', 'at one destination; without it at every one')
    .option('--all', 'every delivery of the issue');
}

/** The deliveries that the argument and the options name. Throws what `findDeliveries` throws. */
export async function findNamed(
  desk: Desk,
  reference: string,
  { to, all, ...options }: DeliveryOptions,
): Promise<Delivery[]> {
  const { findDeliveries } = await import('../desk/find-deliveries.ts');
  return findDeliveries(desk, reference, {
    ...toItemRequest(options),
    ...(to === undefined ? {} : { to }),
    ...(all ? { isAll: true } : {}),
  });
}
