import type { FakeMastodon } from '../../fakes/mastodon/server.ts';
import { joinThreads } from '../join-threads.ts';
import type { Venue, VenueKind } from '../venue.ts';
import { serveImage } from './serve-image.ts';

const corrections = ['edit'] as const;

/** The local Mastodon; each place is an account of its own. */
export function makeMastodonKinds(mastodon: FakeMastodon): VenueKind[] {
  const open = (name: string, parts: Partial<Venue> = {}): Venue => {
    const { id, accessToken } = mastodon.addAccount();
    return {
      ...{ name, corrections, describe },
      to: 'mastodon',
      platform: 'mastodon',
      env: { MASTODON_SERVER: mastodon.server, MASTODON_ACCESS_TOKEN: accessToken },
      settings: {},
      paragraphs: 5,
      read: async () =>
        joinThreads(
          mastodon.statuses(id).map((status) => ({
            id: status.id,
            words: describeWords(status.text, status.mediaIds),
            parent: status.inReplyToId ?? undefined,
          })),
        ),
      close: async () => {},
      ...parts,
    };
  };
  return [
    { name: 'mastodon', corrections, open: async () => open('mastodon') },
    {
      name: 'mastodon-images',
      corrections,
      open: async () => open('mastodon-images', await serveImage()),
    },
  ];
}

function describe(post: unknown): string {
  const { status, media } = post as {
    readonly status: string;
    readonly media?: readonly unknown[];
  };
  return describeWords(status, media);
}

function describeWords(text: string, media: readonly unknown[] = []): string {
  return `${text} [${media.length} images]`;
}
