import type { BlueskyPost } from '../../formatters/bluesky.ts';

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

/** What was uploaded for a post: the images that it shows, in order, and that of its card. */
export type PostMedia = {
  readonly images: readonly EmbeddedImage[];
  readonly thumb?: ImageBlob;
};

/** For each post of a thread. */
export type ThreadMedia = readonly PostMedia[];

/** https://github.com/bluesky-social/atproto/blob/main/lexicons/app/bsky/embed/images.json */
export const IMAGE_LIMIT_BYTES = 2_000_000;
/** https://github.com/bluesky-social/atproto/blob/main/lexicons/app/bsky/embed/external.json */
export const THUMB_LIMIT_BYTES = 1_000_000;

type FoundEmbed = {
  readonly $type?: unknown;
  readonly images?: unknown;
  readonly external?: { readonly thumb?: unknown };
};

/**
 * The images of a record that is in place, if they are the post's own: the same words and stated
 * sizes in the same order, some perhaps left out; and the image of its card, where the post has one
 * to show. Their bytes are not compared. None for anything else.
 */
export function recogniseMedia(post: BlueskyPost, record: unknown): PostMedia {
  const { embed } = (toJson(record) ?? {}) as { embed?: FoundEmbed };
  if (embed?.$type === 'app.bsky.embed.external' && post.thumb !== undefined) {
    const thumb = readBlob(embed.external?.thumb, THUMB_LIMIT_BYTES);
    return { images: [], ...(thumb === undefined ? {} : { thumb }) };
  }
  if (embed?.$type !== 'app.bsky.embed.images' || !Array.isArray(embed.images)) {
    return { images: [] };
  }
  return { images: recogniseImages(post, embed.images as EmbeddedImage[]) };
}

function recogniseImages(
  { images = [] }: BlueskyPost,
  shown: readonly EmbeddedImage[],
): readonly EmbeddedImage[] {
  const ours = [...images];
  const recognised: EmbeddedImage[] = [];
  for (const found of shown) {
    const image = readBlob(found.image, IMAGE_LIMIT_BYTES);
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
export function readBlob(value: unknown, limitBytes: number): ImageBlob | undefined {
  const { $type, ref, mimeType, size } = (toJson(value) ?? {}) as Partial<ImageBlob>;
  if ($type !== 'blob' || typeof ref?.$link !== 'string') return undefined;
  if (typeof mimeType !== 'string' || !mimeType.startsWith('image/')) return undefined;
  if (typeof size !== 'number' || size > limitBytes) return undefined;
  return { $type, ref: { $link: ref.$link }, mimeType, size };
}

/** The client's objects write themselves as the JSON of the protocol. */
function toJson(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}
