import { makeIssueDigest, makeNewsDigest } from '../../formatters/digest.ts';
import { type Item, keyItem, listItems } from '../../formatters/item.ts';
import type { StoredIssue } from '../archive/issue-reader.ts';
import type { Delivery, NewDelivery } from '../outbox/delivery.ts';
import type { Desk } from './desk.ts';
import { makeDelivery, readManner } from './make-delivery.ts';

/** The items of one issue alone, by their keys. What gathers several issues is not among them. */
export function listOwnItems({ issue }: Pick<StoredIssue, 'issue'>): Map<string, Item> {
  const news = makeNewsDigest(issue);
  const items = [
    ...listItems(issue),
    makeIssueDigest(issue),
    ...(news === undefined ? [] : [news]),
  ];
  return new Map(items.map((item) => [keyItem(item), item]));
}

/**
 * The item of a delivery as a revision of its issue has it. Undefined where that has it not, where it
 * is of a sample that gave way, and where its destination is not configured.
 */
export async function findIn(
  stored: StoredIssue,
  { archive, destinations, format }: Pick<Desk, 'archive' | 'destinations' | 'format'>,
  { issue, item: key, revision, destination: place, dueAt, replaces, draft }: Delivery,
): Promise<NewDelivery | undefined> {
  const destination = destinations.find(({ key: known }) => known === place);
  // An answer has words of its own.
  if (destination === undefined || replaces?.how === 'reply') return undefined;
  const isSample = await archive.isSampleRevision(issue, revision);
  const item = listOwnItems(stored).get(key);
  if (item === undefined || isSample !== stored.isSample) return undefined;
  return makeDelivery({ format }, stored, item, destination, dueAt, readManner(draft));
}
