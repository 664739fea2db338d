import type { ThreadTraits } from './cutter.ts';
import type { DraftFor, FormatOptions, Formatter } from './draft.ts';
import { listImages, shareImages, tellLeft } from './figures.ts';
import { nameItem } from './item.ts';
import { muteMentions } from './mentions.ts';
import { codePoints, findExceeded, makeMastodonMeasure } from './text/measure.ts';
import { spellLinks } from './text/spell-links.ts';
import { makeThread } from './thread.ts';
import { pickVoice } from './voice/index.ts';

/** What a server allows where it says nothing else. https://docs.joinmastodon.org/user/posting/ */
const SERVER = { maxCharacters: 500, charactersPerUrl: 23 };
const MEDIA_MOST = 4;
/** https://github.com/mastodon/mastodon/blob/main/app/models/media_attachment.rb */
const DESCRIPTION = { measure: codePoints, most: 1500 };

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

/** How a server's threads are cut: links are written out, and nobody is mentioned. */
export function makeMastodonTraits({ mastodon = SERVER }: FormatOptions): ThreadTraits {
  const measure = makeMastodonMeasure(mastodon.charactersPerUrl);
  return {
    limits: [{ measure, most: mastodon.maxCharacters }],
    // The server makes a preview of the first address in the first post.
    paperLink: 'header',
    write: (prose) => spellLinks(muteMentions(prose)),
  };
}

/** Writes an item as a Mastodon thread. */
export const mastodonFormatter: Formatter<'mastodon'> = {
  platform: 'mastodon',
  format(item, options): DraftFor<'mastodon'> {
    const { posts, told } = makeThread(item, options, makeMastodonTraits(options));
    const voice = pickVoice(options.languages[0]);
    const wanted = posts.map((prose) => listImages(prose, voice, DESCRIPTION));
    const { images, left } = shareImages(wanted, MEDIA_MOST);
    const allTold = [...told, ...tellLeft(left)];
    return {
      item: nameItem(item),
      platform: 'mastodon',
      posts: posts.map(({ text }, index): MastodonStatus => {
        const media = (images[index] ?? []).map(({ url, alt }) => ({ url, description: alt }));
        return {
          status: text,
          visibility: index === 0 ? 'public' : 'unlisted',
          language: (options.languages[0] ?? 'en').toLowerCase().split('-')[0] ?? 'en',
          ...(media.length === 0 ? {} : { media }),
        };
      }),
      ...(allTold.length === 0 ? {} : { told: allTold }),
    };
  },
};

/** Says why a server would not take a status as it is; undefined when it fits. */
export function checkMastodonStatus(
  { status, media = [] }: MastodonStatus,
  server: NonNullable<FormatOptions['mastodon']> = SERVER,
): string | undefined {
  const { limits } = makeMastodonTraits({ languages: [], mastodon: server });
  const over = findExceeded(status, limits);
  if (over !== undefined) {
    return `its text has ${over.found} ${over.limit.measure.unit}, at most ${over.limit.most}`;
  }
  if (media.length > MEDIA_MOST) return `it has ${media.length} images, at most ${MEDIA_MOST}`;
  for (const { url, description } of media) {
    if (!/^https?:\/\//i.test(url) || !URL.canParse(url))
      return `no image can be loaded from ${url}`;
    const long = findExceeded(description, [DESCRIPTION]);
    if (long !== undefined) {
      return `the words of an image have ${long.found} ${DESCRIPTION.measure.unit}, at most ${DESCRIPTION.most}`;
    }
  }
  return undefined;
}
