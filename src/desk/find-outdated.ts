import { isDeepStrictEqual } from 'node:util';
import type { Delivery } from '../outbox/delivery.ts';
import type { Desk } from './desk.ts';
import { listOwnItems } from './find-newest.ts';
import { findPosted } from './find-posted.ts';
import { makeDelivery, readManner } from './make-delivery.ts';

/**
 * What is in place of older revisions of an issue whose posts the newest would write otherwise, at
 * every destination: what `correct` has something to do about.
 */
export async function findOutdated(
  desk: Pick<Desk, 'archive' | 'outbox' | 'destinations' | 'format'>,
  issue: number,
): Promise<Delivery[]> {
  const stored = await desk.archive.read(issue);
  if (stored === undefined) return [];
  const items = listOwnItems(stored);
  const outdated: Delivery[] = [];
  for (const destination of desk.destinations) {
    for (const delivery of (await findPosted(desk, stored, destination)).values()) {
      const item = items.get(delivery.item);
      const isOlder = delivery.state === 'sent' && delivery.revision < stored.revision;
      if (item === undefined || !isOlder) continue;
      const { draft } = makeDelivery(
        desk,
        stored,
        item,
        destination,
        delivery.dueAt,
        readManner(delivery.draft),
      );
      const posts: unknown = JSON.parse(JSON.stringify(draft.posts));
      if (!isDeepStrictEqual(posts, delivery.draft.posts)) outdated.push(delivery);
    }
  }
  return outdated;
}
