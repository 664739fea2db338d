import { setTimeout as sleep } from 'node:timers/promises';
import type { mastodon } from 'masto';
import type { MastodonStatus } from '../../formatters/mastodon.ts';
import { describeError } from '../kit/errors.ts';
import type { Log } from '../kit/log.ts';
import { type FetchImage, fitImage } from './images.ts';
import type { MastodonLimits } from './mastodon-limits.ts';
import { MastodonRefusal } from './mastodon-rest.ts';
import type { Outgoing } from './publisher.ts';

export type MastodonImageTools = {
  readonly fetchImage: FetchImage;
  /** Told of every image that is left out. */
  readonly log: Log;
  readonly now: () => Date;
};

/** The ids of the uploaded images: for each post those that it has, in order. */
export type ThreadMedia = readonly (readonly string[])[];

/** A thread waits so long, from its stamp, for images that may come yet. */
const PATIENCE_MS = 60_000;
/** All images of one attempt: it leaves time for the thread itself. */
const TIME_LIMIT_MS = 40_000;
const AT_ONCE = 2;
const POLL_MS = 500;
/** Answers to an upload that will not change. */
const TURNED_DOWN: ReadonlySet<number> = new Set([400, 404, 413, 415, 422]);
/** Answers that are about the account, whatever is uploaded. */
const CLOSED: ReadonlySet<number> = new Set([401, 403]);

type Media = NonNullable<MastodonStatus['media']>[number];
type Job = { readonly image: Media; readonly post: number; readonly place: number };
type Obtained =
  | { readonly kind: 'uploaded'; readonly id: string }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'unavailable'; readonly cause: unknown };

/**
 * Loads the images of posts, makes them fit and uploads them with their descriptions. One that
 * cannot be had is left out, and the log is told: the text is worth more than the picture. One that
 * may come yet makes this reject, so that the thread is tried again; but a minute after its stamp
 * it is left out as well. Also rejects when the server turns the account down.
 * https://docs.joinmastodon.org/methods/media/#v2
 */
export async function uploadMedia(
  client: mastodon.rest.Client,
  { id, issue, item, triedSince }: Outgoing,
  posts: readonly MastodonStatus[],
  limits: MastodonLimits,
  { fetchImage, log, now }: MastodonImageTools,
  signal: AbortSignal,
): Promise<ThreadMedia> {
  const wanted = posts.flatMap(({ media = [] }, post) =>
    media.map((image, place): Job => ({ image, post, place })),
  );
  const leaveOut = ({ post, place }: Job, why: unknown): void => {
    const reason = `image ${place + 1} of post ${post + 1}: ${describeError(why)}`;
    log.warn({ deliveryId: id, platform: 'mastodon', issue, item, reason }, 'image.left-out');
  };
  const jobs = wanted.filter(({ place }) => place < limits.mostMedia);
  for (const job of wanted) {
    if (job.place >= limits.mostMedia) leaveOut(job, `a post has at most ${limits.mostMedia}`);
  }
  if (jobs.length === 0) return posts.map(() => []);
  const isPatient = now().getTime() - triedSince.getTime() < PATIENCE_MS;
  const stop = new AbortController();
  const within = AbortSignal.any([signal, stop.signal, AbortSignal.timeout(TIME_LIMIT_MS)]);
  const ids = posts.map(({ media = [] }) => media.map((): string | undefined => undefined));
  const waiting = [...jobs];

  const work = async (): Promise<void> => {
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
      const obtained = await obtainMedia(client, job.image, limits, fetchImage, within);
      if (stop.signal.aborted) return;
      if (obtained.kind === 'uploaded') {
        const row = ids[job.post];
        if (row) row[job.place] = obtained.id;
        continue;
      }
      if (obtained.kind === 'unavailable') {
        if (isPatient || signal.aborted || isClosed(obtained.cause)) {
          stop.abort(obtained.cause);
          return;
        }
      }
      leaveOut(job, obtained.kind === 'refused' ? obtained.reason : obtained.cause);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  stop.signal.throwIfAborted();
  return ids.map((row) => row.filter((one) => one !== undefined));
}

/** The words for an image, no longer than a server takes. */
export function cutDescription(description: string, mostCodePoints: number): string {
  return [...description.trim()].slice(0, mostCodePoints).join('').trim();
}

async function obtainMedia(
  client: mastodon.rest.Client,
  { url, description }: Media,
  limits: MastodonLimits,
  fetchImage: FetchImage,
  signal: AbortSignal,
): Promise<Obtained> {
  try {
    signal.throwIfAborted();
    const fetched = await fetchImage(url, signal);
    if (fetched.kind === 'refused') return fetched;
    if (fetched.kind === 'unavailable') {
      return { kind: 'unavailable', cause: new Error(`no image yet: ${fetched.reason}`) };
    }
    const fitted = await fitImage(fetched.bytes, limits.imageBytes, signal);
    signal.throwIfAborted();
    if (fitted.kind === 'refused') return fitted;
    const { bytes, mediaType, width, height } = fitted;
    if (width * height > limits.imagePixels) {
      return { kind: 'refused', reason: `it has more than ${limits.imagePixels} pixels` };
    }
    const file = new File([new Uint8Array(bytes)], `image.${mediaType.slice(6)}`, {
      type: mediaType,
    });
    const words = cutDescription(description, limits.descriptionLength);
    // The library's own waiting has no regard to the signal, and takes a missing page for patience.
    const made = await client.v2.media.create({ file, description: words, skipPolling: true });
    await waitUntilProcessed(client, made, signal);
    return { kind: 'uploaded', id: made.id };
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
