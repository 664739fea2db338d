import { type Agent, XRPCError } from '@atproto/api';
import type { BlueskyImage, BlueskyPost } from '../../formatters/bluesky.ts';
import { describeError } from '../kit/errors.ts';
import type { Log } from '../kit/log.ts';
import { isSessionError } from './bluesky-errors.ts';
import { type FetchImage, fitImage } from './images.ts';
import type { Outgoing } from './publisher.ts';

/** What a record says of uploaded bytes. https://atproto.com/specs/data-model#blob-type */
export type ImageBlob = {
  readonly $type: 'blob';
  readonly ref: { readonly $link: string };
  readonly mimeType: string;
  readonly size: number;
};

/** An image as it stands in a record. */
export type EmbeddedImage = {
  readonly image: ImageBlob;
  readonly alt: string;
  readonly aspectRatio: { readonly width: number; readonly height: number };
};

/** The images of a thread: for each post those that it has, in order. */
export type ThreadImages = readonly (readonly EmbeddedImage[])[];

export type ImageTools = {
  readonly fetchImage: FetchImage;
  /** Told of every image that is left out. */
  readonly log: Log;
  readonly now: () => Date;
};

/** https://github.com/bluesky-social/atproto/blob/main/lexicons/app/bsky/embed/images.json */
const LIMIT_BYTES = 2_000_000;
/** A thread waits so long, from its first attempt, for images that may come yet. */
const PATIENCE_MS = 60_000;
/** All images of one attempt: it leaves time for the thread itself. */
const TIME_LIMIT_MS = 40_000;
const AT_ONCE = 3;
/** Answers to an upload that will not change. */
const TURNED_DOWN: ReadonlySet<number> = new Set([400, 403, 413, 415]);

type Job = { readonly image: BlueskyImage; readonly post: number; readonly place: number };

type Obtained =
  | { readonly kind: 'uploaded'; readonly embedded: EmbeddedImage }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'unavailable'; readonly cause: unknown };

/**
 * Loads the images of a thread, makes them fit and uploads them. One that cannot be had is left
 * out, and the log is told: the text is worth more than the picture. One that may come yet makes
 * this reject, so that the thread is tried again; but a minute after the thread's first attempt it is left
 * out as well. Also rejects when the server turns the session down.
 */
export async function uploadImages(
  agent: Agent,
  { id, issue, item, stampedAt }: Outgoing,
  posts: readonly BlueskyPost[],
  { fetchImage, log, now }: ImageTools,
  signal: AbortSignal,
): Promise<ThreadImages> {
  const jobs = posts.flatMap(({ images = [] }, post) =>
    images.map((image, place): Job => ({ image, post, place })),
  );
  if (jobs.length === 0) return [];
  const isPatient = now().getTime() - stampedAt.getTime() < PATIENCE_MS;
  const stop = new AbortController();
  const limits = AbortSignal.any([signal, stop.signal, AbortSignal.timeout(TIME_LIMIT_MS)]);
  const embedded = posts.map(({ images = [] }) =>
    images.map((): EmbeddedImage | undefined => undefined),
  );
  const waiting = [...jobs];

  const work = async (): Promise<void> => {
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
      const obtained = await obtainImage(agent, job.image, fetchImage, limits);
      if (stop.signal.aborted) return;
      if (obtained.kind === 'uploaded') {
        const images = embedded[job.post];
        if (images) images[job.place] = obtained.embedded;
        continue;
      }
      if (obtained.kind === 'unavailable') {
        if (isPatient || signal.aborted || isSessionError(obtained.cause)) {
          stop.abort(obtained.cause);
          return;
        }
      }
      const why = obtained.kind === 'refused' ? obtained.reason : obtained.cause;
      const reason = `image ${job.place + 1} of post ${job.post + 1}: ${describeError(why)}`;
      log.warn({ deliveryId: id, platform: 'bluesky', issue, item, reason }, 'image.left-out');
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  stop.signal.throwIfAborted();
  return embedded.map((images) => images.filter((image) => image !== undefined));
}

async function obtainImage(
  agent: Agent,
  { url, alt, aspectRatio }: BlueskyImage,
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
    const fitted = await fitImage(fetched.bytes, LIMIT_BYTES, signal);
    signal.throwIfAborted();
    if (fitted.kind === 'refused') return fitted;
    const { data } = await agent.com.atproto.repo.uploadBlob(fitted.bytes, {
      encoding: fitted.mediaType,
      signal,
    });
    const image = readBlob(data.blob);
    if (image === undefined) return { kind: 'refused', reason: 'Bluesky does not see an image' };
    const { width, height } = fitted;
    const embedded = { image, alt, aspectRatio: aspectRatio ?? { width, height } };
    return { kind: 'uploaded', embedded };
  } catch (error) {
    if (error instanceof XRPCError && !isSessionError(error) && TURNED_DOWN.has(error.status)) {
      return { kind: 'refused', reason: `Bluesky does not take it: ${error.message}` };
    }
    return { kind: 'unavailable', cause: error };
  }
}

/**
 * The images of a record that is in place, if they are the post's own: the same words and stated
 * sizes in the same order, some perhaps left out. Their bytes are not compared. None for anything
 * else.
 */
export function recogniseImages(
  { images = [] }: BlueskyPost,
  record: unknown,
): readonly EmbeddedImage[] {
  const { embed } = (toJson(record) ?? {}) as { embed?: { $type?: unknown; images?: unknown } };
  if (embed?.$type !== 'app.bsky.embed.images' || !Array.isArray(embed.images)) return [];
  const ours = [...images];
  const recognised: EmbeddedImage[] = [];
  for (const found of embed.images as EmbeddedImage[]) {
    const image = readBlob(found.image);
    const { width, height } = found.aspectRatio ?? {};
    if (image === undefined || !Number.isInteger(width) || !Number.isInteger(height)) {
      return [];
    }
    const place = ours.findIndex(
      ({ alt, aspectRatio = { width, height } }) =>
        alt === found.alt && aspectRatio.width === width && aspectRatio.height === height,
    );
    if (place < 0) return [];
    ours.splice(0, place + 1);
    recognised.push({ image, alt: found.alt, aspectRatio: { width, height } });
  }
  return recognised;
}

/** A blob, as the client gives it or as plain JSON; undefined where it is no image of a fitting size. */
function readBlob(value: unknown): ImageBlob | undefined {
  const { $type, ref, mimeType, size } = (toJson(value) ?? {}) as Partial<ImageBlob>;
  if ($type !== 'blob' || typeof ref?.$link !== 'string') return undefined;
  if (typeof mimeType !== 'string' || !mimeType.startsWith('image/')) return undefined;
  if (typeof size !== 'number' || size > LIMIT_BYTES) return undefined;
  return { $type, ref: { $link: ref.$link }, mimeType, size };
}

/** The client's objects write themselves as the JSON of the protocol. */
function toJson(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}
