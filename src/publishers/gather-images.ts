import { describeError } from '../kit/errors.ts';
import type { Log } from '../kit/log.ts';
import { type FetchImage, type FittedImage, fitImage } from './images.ts';
import type { Outgoing } from './publisher.ts';

/** What publishers load images with. */
export type ImageTools = {
  readonly fetchImage: FetchImage;
  /** Told of every image that is left out. */
  readonly log: Log;
  readonly now: () => Date;
};

/** What became of an image. `refused`: it will not be had, now or later. */
export type Obtained<T> =
  | { readonly kind: 'uploaded'; readonly uploaded: T }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'unavailable'; readonly cause: unknown };

/** An image to be had, and where it goes. */
export type ImageJob<T> = {
  readonly url: string;
  readonly limitBytes: number;
  /** For the log: "image 2 of post 1". */
  readonly name: string;
  /** Brings the image, which fits, to the platform. */
  upload(image: FittedImage, signal: AbortSignal): Promise<Obtained<T>>;
  keep(uploaded: T): void;
};

export type Gathering = {
  readonly platform: string;
  /** So many images are on their way at the same time. */
  readonly atOnce: number;
  /** Whether an error of the platform is about the account, so that no image will do better. */
  readonly isClosed: (cause: unknown) => boolean;
};

/** A thread waits so long, since it is being tried, for images that may come yet. */
const PATIENCE_MS = 60_000;
/** All images of one attempt: it leaves time for the thread itself. */
const TIME_LIMIT_MS = 40_000;

/**
 * Loads images, makes them fit and uploads them. One that cannot be had is left out, and the log is
 * told: the text is worth more than the picture. One that may come yet makes this reject, so that
 * the thread is tried again; but after a minute of trying it is left out as well. Also rejects when
 * the platform turns the account down.
 */
export async function gatherImages<T>(
  jobs: readonly ImageJob<T>[],
  outgoing: Outgoing,
  { platform, atOnce, isClosed }: Gathering,
  { fetchImage, log, now }: ImageTools,
  signal: AbortSignal,
): Promise<void> {
  const isPatient = now().getTime() - outgoing.triedSince.getTime() < PATIENCE_MS;
  const stop = new AbortController();
  const limits = AbortSignal.any([signal, stop.signal, AbortSignal.timeout(TIME_LIMIT_MS)]);
  const waiting = [...jobs];
  const work = async (): Promise<void> => {
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
      const obtained = await obtain(job, fetchImage, limits);
      if (stop.signal.aborted) return;
      if (obtained.kind === 'uploaded') {
        job.keep(obtained.uploaded);
        continue;
      }
      if (obtained.kind === 'unavailable') {
        if (isPatient || signal.aborted || isClosed(obtained.cause)) {
          stop.abort(obtained.cause);
          return;
        }
      }
      const why = obtained.kind === 'refused' ? obtained.reason : obtained.cause;
      tellLeftOut(outgoing, platform, `${job.name}: ${describeError(why)}`, log);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  stop.signal.throwIfAborted();
}

/** Tells the log of an image that is not sent. */
export function tellLeftOut(
  { id, issue, item }: Outgoing,
  platform: string,
  reason: string,
  log: Log,
): void {
  log.warn({ deliveryId: id, platform, issue, item, reason }, 'image.left-out');
}

/** An image that may come another time. */
export function notYet(why: string): Obtained<never> {
  return { kind: 'unavailable', cause: new Error(`no image yet: ${why}`) };
}

async function obtain<T>(
  { url, limitBytes, upload }: ImageJob<T>,
  fetchImage: FetchImage,
  signal: AbortSignal,
): Promise<Obtained<T>> {
  try {
    signal.throwIfAborted();
    const fetched = await fetchImage(url, signal);
    if (fetched.kind === 'refused') return fetched;
    if (fetched.kind === 'unavailable') return notYet(fetched.reason);
    const fitted = await fitImage(fetched.bytes, limitBytes, signal);
    signal.throwIfAborted();
    return fitted.kind === 'refused' ? fitted : await upload(fitted, signal);
  } catch (error) {
    return { kind: 'unavailable', cause: error };
  }
}
