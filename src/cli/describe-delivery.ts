import type { Delivery } from '../outbox/delivery.ts';

/** One line about a delivery, for people. */
export function describeDelivery(delivery: Delivery): string {
  const { title, destination, state, receipt, reason, retryAt } = delivery;
  const where = receipt?.posts[0];
  const link = where === undefined ? '' : `: ${where.url ?? where.id}`;
  switch (state) {
    case 'sent': {
      const posts = receipt?.posts.length ?? 0;
      return `${title} → ${destination} (${posts} post${posts === 1 ? '' : 's'})${link}`;
    }
    case 'refused':
      return `${title} → ${destination} was not sent: ${reason ?? 'no reason given'}`;
    case 'unknown':
      return `${title} → ${destination}: whether it arrived is not known (${reason ?? ''}); it is looked up before it is repeated`;
    case 'sending':
      return `${title} → ${destination} is being sent`;
    case 'planned': {
      const why = reason === undefined ? 'waits for its turn' : `not sent yet: ${reason}`;
      const next = retryAt === undefined ? '' : `, next try at ${retryAt.toISOString()}`;
      return `${title} → ${destination} ${why}${next}`;
    }
  }
}

/** A delivery as `--json` prints it. */
export function toJson(delivery: Delivery): unknown {
  const { draft, ...rest } = delivery;
  return { ...rest, platform: draft.platform, posts: draft.posts.length };
}
