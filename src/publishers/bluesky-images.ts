import { type Agent, XRPCError } from '@atproto/api';
import type { BlueskyPost } from '../../formatters/bluesky.ts';
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
import {
  gatherImages,
  type ImageJob,
  type ImageTools,
  notYet,
  type Obtained,
} from './gather-images.ts';
import type { FittedImage } from './images.ts';
import type { Outgoing } from './publisher.ts';

/** Answers to an upload that will not change. */
const TURNED_DOWN: ReadonlySet<number> = new Set([400, 403, 413, 415]);

type Uploaded = { readonly blob: ImageBlob; readonly width: number; readonly height: number };
type Upload = (
  image: FittedImage,
  limitBytes: number,
  signal: AbortSignal,
) => Promise<Obtained<Uploaded>>;

/** A post's media as they come in, in any order. */
type Gathered = { readonly images: (EmbeddedImage | undefined)[]; thumb?: ImageBlob };

/** Uploads the images of a thread and of its card, as `gatherImages` has it. */
export async function uploadImages(
  agent: Agent,
  budget: BlueskyBudget,
  outgoing: Outgoing,
  posts: readonly BlueskyPost[],
  tools: ImageTools,
  signal: AbortSignal,
): Promise<ThreadMedia> {
  const gathered = posts.map(
    ({ images = [] }): Gathered => ({ images: images.map(() => undefined) }),
  );
  const upload: Upload = (image, limitBytes, within) =>
    uploadImage(agent, budget, image, limitBytes, within);
  const jobs = posts.flatMap((post, index) => listJobs(post, index, gathered[index], upload));
  if (jobs.length === 0) return [];
  const isClosed = (cause: unknown): boolean => isSessionError(cause) || isAccountClosed(cause);
  const terms = { platform: 'bluesky', atOnce: 3, isClosed };
  await gatherImages(jobs, outgoing, terms, tools, signal);
  return gathered.map(({ images, thumb }) => ({
    images: images.filter((image) => image !== undefined),
    ...(thumb === undefined ? {} : { thumb }),
  }));
}

function listJobs(
  { images = [], thumb }: BlueskyPost,
  index: number,
  gathered: Gathered | undefined,
  upload: Upload,
): ImageJob<Uploaded>[] {
  if (gathered === undefined) return [];
  const jobs = images.map(
    ({ url, alt, aspectRatio }, place): ImageJob<Uploaded> => ({
      url,
      limitBytes: IMAGE_LIMIT_BYTES,
      name: `image ${place + 1} of post ${index + 1}`,
      upload: (image, signal) => upload(image, IMAGE_LIMIT_BYTES, signal),
      keep({ blob, width, height }) {
        const shape = aspectRatio ?? { width, height };
        gathered.images[place] = { image: blob, alt, aspectRatio: shape };
      },
    }),
  );
  if (thumb === undefined) return jobs;
  const card: ImageJob<Uploaded> = {
    url: thumb,
    limitBytes: THUMB_LIMIT_BYTES,
    name: `the card’s image of post ${index + 1}`,
    upload: (image, signal) => upload(image, THUMB_LIMIT_BYTES, signal),
    keep({ blob }) {
      gathered.thumb = blob;
    },
  };
  return [...jobs, card];
}

async function uploadImage(
  agent: Agent,
  budget: BlueskyBudget,
  { bytes, mediaType, width, height }: FittedImage,
  limitBytes: number,
  signal: AbortSignal,
): Promise<Obtained<Uploaded>> {
  try {
    await budget.takeUpload();
    const { data } = await agent.com.atproto.repo.uploadBlob(bytes, {
      encoding: mediaType,
      signal,
    });
    const blob = readBlob(data.blob, limitBytes);
    if (blob === undefined) return { kind: 'refused', reason: 'Bluesky does not see an image' };
    return { kind: 'uploaded', uploaded: { blob, width, height } };
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
