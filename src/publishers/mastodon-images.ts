import { setTimeout as sleep } from 'node:timers/promises';
import type { mastodon } from 'masto';
import type { MastodonStatus } from '../../formatters/mastodon.ts';
import {
  gatherImages,
  type ImageJob,
  type ImageTools,
  type Obtained,
  tellLeftOut,
} from './gather-images.ts';
import type { FittedImage } from './images.ts';
import type { MastodonLimits } from './mastodon-limits.ts';
import { MastodonRefusal } from './mastodon-rest.ts';
import type { Outgoing } from './publisher.ts';

/** The ids of the uploaded images: for each post those that it has, in order. */
export type ThreadMedia = readonly (readonly string[])[];

const POLL_MS = 500;
/** Answers to an upload that will not change. */
const TURNED_DOWN: ReadonlySet<number> = new Set([400, 404, 413, 415, 422]);
/** Answers that are about the account, whatever is uploaded. */
const CLOSED: ReadonlySet<number> = new Set([401, 403]);

/**
 * Uploads the images of posts with their descriptions, as `gatherImages` has it.
 * https://docs.joinmastodon.org/methods/media/#v2
 */
export async function uploadMedia(
  client: mastodon.rest.Client,
  outgoing: Outgoing,
  posts: readonly MastodonStatus[],
  limits: MastodonLimits,
  tools: ImageTools,
  signal: AbortSignal,
): Promise<ThreadMedia> {
  const ids = posts.map(({ media = [] }) => media.map((): string | undefined => undefined));
  const jobs = posts.flatMap(({ media = [] }, post) =>
    media
      .map(
        ({ url, description }, place): ImageJob<string> => ({
          url,
          limitBytes: limits.imageBytes,
          name: `image ${place + 1} of post ${post + 1}`,
          upload: (image, within) => uploadImage(client, image, description, limits, within),
          keep(id) {
            const row = ids[post];
            if (row) row[place] = id;
          },
        }),
      )
      .filter((job, place) => {
        if (place < limits.mostMedia) return true;
        const why = `${job.name}: a post has at most ${limits.mostMedia}`;
        tellLeftOut(outgoing, 'mastodon', why, tools.log);
        return false;
      }),
  );
  const terms = { platform: 'mastodon', atOnce: 2, isClosed };
  if (jobs.length > 0) await gatherImages(jobs, outgoing, terms, tools, signal);
  return ids.map((row) => row.filter((one) => one !== undefined));
}

/** The words for an image, no longer than a server takes. */
export function cutDescription(description: string, mostCodePoints: number): string {
  return [...description.trim()].slice(0, mostCodePoints).join('').trim();
}

async function uploadImage(
  client: mastodon.rest.Client,
  { bytes, mediaType, width, height }: FittedImage,
  description: string,
  limits: MastodonLimits,
  signal: AbortSignal,
): Promise<Obtained<string>> {
  if (width * height > limits.imagePixels) {
    return { kind: 'refused', reason: `it has more than ${limits.imagePixels} pixels` };
  }
  try {
    const file = new File([new Uint8Array(bytes)], `image.${mediaType.slice(6)}`, {
      type: mediaType,
    });
    const words = cutDescription(description, limits.descriptionLength);
    // The library's own waiting has no regard to the signal, and takes a missing page for patience.
    const made = await client.v2.media.create({ file, description: words, skipPolling: true });
    await waitUntilProcessed(client, made, signal);
    return { kind: 'uploaded', uploaded: made.id };
  } catch (error) {
    if (error instanceof MastodonRefusal && TURNED_DOWN.has(error.status)) {
      return {
        kind: 'refused',
        reason: `Mastodon does not take it: ${error.said ?? error.status}`,
      };
    }
    return { kind: 'unavailable', cause: error };
  }
}

/** A status can be made only of media that have an address. */
async function waitUntilProcessed(
  client: mastodon.rest.Client,
  made: mastodon.v1.MediaAttachment,
  signal: AbortSignal,
): Promise<void> {
  let media = made;
  while (typeof media.url !== 'string') {
    await sleep(POLL_MS, undefined, { signal });
    media = await client.v1.media.$select(made.id).fetch();
  }
}

function isClosed(cause: unknown): boolean {
  return cause instanceof MastodonRefusal && CLOSED.has(cause.status);
}
