import type { DraftFor, Formatter } from './draft.ts';
import { nameItem } from './item.ts';

/** The body of `POST /api/v1/statuses`, but for `in_reply_to_id` and media, which the sending adds. */
export type MastodonStatus = {
  readonly status: string;
  /** The first post of a thread is public, its replies are unlisted. */
  readonly visibility: 'public' | 'unlisted';
  /** ISO 639. */
  readonly language: string;
  /** Images that belong to it, to be uploaded first. */
  readonly media?: readonly { readonly url: string; readonly description: string }[];
};

/** Writes an item as a Mastodon thread. */
export const mastodonFormatter: Formatter<'mastodon'> = {
  platform: 'mastodon',
  format(item): DraftFor<'mastodon'> {
    return { item: nameItem(item), platform: 'mastodon', posts: [] };
  },
};
