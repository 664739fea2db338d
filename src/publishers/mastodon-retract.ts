import type { mastodon } from 'masto';
import type { PostReceipt } from '../outbox/receipt.ts';
import { readStatus } from './mastodon-find.ts';
import { MastodonRefusal } from './mastodon-rest.ts';

/**
 * Deletes statuses, the last first, so that what is left at any moment is the beginning of a
 * thread. What is gone already counts as deleted. Deletions have a small limit of their own (30 in
 * half an hour, those of what is gone included): once one was gone, the others are looked at first.
 * https://docs.joinmastodon.org/methods/statuses/#delete
 */
export async function removeStatuses(
  client: mastodon.rest.Client,
  posts: readonly Pick<PostReceipt, 'id'>[],
  signal: AbortSignal,
): Promise<void> {
  let isRepeated = false;
  for (const { id } of posts.toReversed()) {
    signal.throwIfAborted();
    if (isRepeated && (await readStatus(client, id)) === undefined) continue;
    try {
      await client.v1.statuses.$select(id).remove();
    } catch (error) {
      const isGone =
        error instanceof MastodonRefusal && error.status === 404 && error.said !== undefined;
      if (!isGone) throw error;
      isRepeated = true;
    }
  }
}
