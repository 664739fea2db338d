import type { Delivery } from '../outbox/delivery.ts';
import type { Desk } from './desk.ts';

/** The command that posts the item of a delivery now. */
export function namePost(
  { destinations }: Pick<Desk, 'destinations'>,
  { issue, item, destination }: Pick<Delivery, 'issue' | 'item' | 'destination'>,
): string {
  const [kind = '', which = ''] = item.split('/');
  const option = {
    paper: `--paper ${which}`,
    digest: '--digest',
    news: '--news',
    topic: `--topic "${which}"`,
    month: `--month ${which}`,
  }[kind];
  const to = destinations.find(({ key }) => key === destination)?.name ?? destination;
  return `paperboy post ${issue} ${option ?? ''} --to ${to}`;
}
