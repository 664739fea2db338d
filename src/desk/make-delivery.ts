import { formatItem } from '../../formatters/index.ts';
import { type Item, keyItem, nameItem } from '../../formatters/item.ts';
import type { StoredIssue } from '../archive/issue-reader.ts';
import type { NewDelivery } from '../outbox/delivery.ts';
import type { Desk, Destination } from './desk.ts';

/** An item written for a destination, ready to be queued. */
export function makeDelivery(
  { format }: Pick<Desk, 'format'>,
  { issue, revision }: StoredIssue,
  item: Item,
  destination: Destination,
  dueAt: Date,
): NewDelivery {
  return {
    issue: issue.number,
    item: keyItem(item),
    revision,
    destination: destination.key,
    title: nameItem(item).title,
    draft: formatItem(item, destination.platform, format(destination.name)),
    dueAt,
  };
}
