import { describeMedia } from './describe.ts';
import { refusals } from './errors.ts';
import { textOf } from './params.ts';
import type { Route } from './routes.ts';
import type { Media } from './world.ts';

const TAKEN = new Set(['image/jpeg', 'image/png', 'image/webp', 'image/gif']);

/** https://docs.joinmastodon.org/methods/media/ */
export const mediaRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/api/v2/media',
    scope: 'write:media',
    handle: async (world, { params, account }) => {
      const { file } = params;
      if (account === undefined) throw refusals.noUser();
      if (!(file instanceof File)) throw refusals.badFile();
      const bytes = new Uint8Array(await file.arrayBuffer());
      const description = textOf(params, 'description') ?? null;
      if (!TAKEN.has(file.type) || !isImage(bytes)) throw refusals.badFile();
      if (bytes.length > world.rules.imageBytes) throw refusals.largeFile();
      // https://github.com/mastodon/mastodon/blob/main/app/models/media_attachment.rb
      if ([...(description ?? '')].length > world.rules.descriptionLength) {
        throw refusals.longDescription(world.rules.descriptionLength);
      }
      const media: Media = {
        id: world.makeId(),
        accountId: account.id,
        bytes,
        mediaType: file.type,
        description,
        looksUntilReady: world.looksUntilReady,
        statusId: null,
      };
      world.media.set(media.id, media);
      const status = media.looksUntilReady > 0 ? 202 : 200;
      return { status, body: describeMedia(media, world) };
    },
  },
  {
    method: 'GET',
    path: '/api/v1/media/:id',
    scope: 'write:media',
    handle: (world, { id, account }) => {
      const media = world.media.get(id);
      if (media?.accountId !== account?.id || media === undefined || media.statusId !== null) {
        throw refusals.notFound();
      }
      media.looksUntilReady -= 1;
      const status = media.looksUntilReady > 0 ? 206 : 200;
      return { status, body: describeMedia(media, world) };
    },
  },
];

/** The first bytes of a JPEG or a PNG. */
function isImage(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.subarray(0, 4)).toString('hex');
  return start.startsWith('ffd8ff') || start === '89504e47';
}
