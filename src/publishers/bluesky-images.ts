import { type Agent, XRPCError } from '@atproto/api';
import type { BlueskyPost } from '../../formatters/bluesky.ts';
import { describeError } from '../kit/errors.ts';
import type { Log } from '../kit/log.ts';
import {
  type EmbeddedImage,
  IMAGE_LIMIT_BYTES,
  type ImageBlob,
  readBlob,
  THUMB_LIMIT_BYTES,
  type ThreadMedia,
} from './bluesky-blobs.ts';
import { type BlueskyBudget, BudgetSpent } from './bluesky-budget.ts';
import { isAccountClosed, isSessionError } from './bluesky-errors.ts';
import { type FetchImage, fitImage } from './images.ts';
import type { Outgoing } from './publisher.ts';

export type ImageTools = {
  readonly fetchImage: FetchImage;
  /** Told of every image that is left out. */
  readonly log: Log;
  readonly now: () => Date;
};

/** A thread waits so long, from its stamp, for images that may come yet. */
const PATIENCE_MS = 60_000;
/** All images of one attempt: it leaves time for the thread itself. */
const TIME_LIMIT_MS = 40_000;
const AT_ONCE = 3;
/** Answers to an upload that will not change. */
const TURNED_DOWN: ReadonlySet<number> = new Set([400, 403, 413, 415]);

/** An image to be had, and where it goes. */
type Job = {
  readonly url: string;
  readonly limitBytes: number;
  /** For the log: "image 2 of post 1". */
  readonly name: string;
  keep(uploaded: Uploaded): void;
};

type Uploaded = {
  readonly kind: 'uploaded';
  readonly blob: ImageBlob;
  readonly width: number;
  readonly height: number;
};

type Obtained =
  | Uploaded
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'unavailable'; readonly cause: unknown };

/** A post's media as they come in, in any order. */
type Gathered = { readonly images: (EmbeddedImage | undefined)[]; thumb?: ImageBlob };

/**
 * Loads the images of a thread, makes them fit and uploads them. One that cannot be had is left
 * out, and the log is told: the text is worth more than the picture. One that may come yet makes
 * this reject, so that the thread is tried again; but a minute after the thread's stamp it is left
 * out as well. Also rejects when the server turns the session down, or the account is closed.
 */
export async function uploadImages(
  agent: Agent,
  budget: BlueskyBudget,
  { id, issue, item, triedSince }: Outgoing,
  posts: readonly BlueskyPost[],
  { fetchImage, log, now }: ImageTools,
  signal: AbortSignal,
): Promise<ThreadMedia> {
  const gathered = posts.map(
    ({ images = [] }): Gathered => ({ images: images.map(() => undefined) }),
  );
  const waiting = posts.flatMap((post, index) => listJobs(post, index, gathered[index]));
  if (waiting.length === 0) return [];
  // The stamp may lie ahead of a clock that was put right since.
  const isPatient = now().getTime() - triedSince.getTime() < PATIENCE_MS;
  const stop = new AbortController();
  const limits = AbortSignal.any([signal, stop.signal, AbortSignal.timeout(TIME_LIMIT_MS)]);

  const work = async (): Promise<void> => {
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
      const obtained = await obtainImage(agent, budget, job, fetchImage, limits);
      if (stop.signal.aborted) return;
      if (obtained.kind === 'uploaded') {
        job.keep(obtained);
        continue;
      }
      if (obtained.kind === 'unavailable') {
        const { cause } = obtained;
        if (isPatient || signal.aborted || isSessionError(cause) || isAccountClosed(cause)) {
          stop.abort(cause);
          return;
        }
      }
      const why = obtained.kind === 'refused' ? obtained.reason : obtained.cause;
      const reason = `${job.name}: ${describeError(why)}`;
      log.warn({ deliveryId: id, platform: 'bluesky', issue, item, reason }, 'image.left-out');
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  stop.signal.throwIfAborted();
  return gathered.map(({ images, thumb }) => ({
    images: images.filter((image) => image !== undefined),
    ...(thumb === undefined ? {} : { thumb }),
  }));
}

function listJobs(
  { images = [], thumb }: BlueskyPost,
  index: number,
  gathered: Gathered | undefined,
): Job[] {
  if (gathered === undefined) return [];
  const jobs = images.map(
    ({ url, alt, aspectRatio }, place): Job => ({
      url,
      limitBytes: IMAGE_LIMIT_BYTES,
      name: `image ${place + 1} of post ${index + 1}`,
      keep({ blob, width, height }) {
        const shape = aspectRatio ?? { width, height };
        gathered.images[place] = { image: blob, alt, aspectRatio: shape };
      },
    }),
  );
  if (thumb === undefined) return jobs;
  const card: Job = {
    url: thumb,
    limitBytes: THUMB_LIMIT_BYTES,
    name: `the card’s image of post ${index + 1}`,
    keep({ blob }) {
      gathered.thumb = blob;
    },
  };
  return [...jobs, card];
}

async function obtainImage(
  agent: Agent,
  budget: BlueskyBudget,
  { url, limitBytes }: Job,
  fetchImage: FetchImage,
  signal: AbortSignal,
): Promise<Obtained> {
  try {
    signal.throwIfAborted();
    const fetched = await fetchImage(url, signal);
    if (fetched.kind === 'refused') return fetched;
    if (fetched.kind === 'unavailable') return notYet(fetched.reason);
    const fitted = await fitImage(fetched.bytes, limitBytes, signal);
    signal.throwIfAborted();
    if (fitted.kind === 'refused') return fitted;
    await budget.takeUpload();
    const { data } = await agent.com.atproto.repo.uploadBlob(fitted.bytes, {
      encoding: fitted.mediaType,
      signal,
    });
    const blob = readBlob(data.blob, limitBytes);
    if (blob === undefined) return { kind: 'refused', reason: 'Bluesky does not see an image' };
    const { width, height } = fitted;
    return { kind: 'uploaded', blob, width, height };
  } catch (error) {
    // The uploads may be spent for the day: the thread does not wait as long as that.
    if (error instanceof BudgetSpent) return notYet(error.message);
    if (!(error instanceof XRPCError)) return { kind: 'unavailable', cause: error };
    if (error.status === 429) return notYet('Bluesky takes no more uploads now');
    const isFinal = !isSessionError(error) && TURNED_DOWN.has(error.status);
    return isFinal
      ? { kind: 'refused', reason: `Bluesky does not take it: ${error.message}` }
      : { kind: 'unavailable', cause: error };
  }
}

function notYet(why: string): Obtained {
  return { kind: 'unavailable', cause: new Error(`no image yet: ${why}`) };
}
