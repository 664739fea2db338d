import type { Metadata, Sharp } from 'sharp';
import { describeError } from '../kit/errors.ts';

/** What became of a request for an image. The reasons name the host at most, never the address. */
export type FetchedImage =
  | { readonly kind: 'fetched'; readonly bytes: Uint8Array }
  /** It is not to be had there, now or later. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** Another time it may work. */
  | { readonly kind: 'unavailable'; readonly reason: string };

/** Gets the image at an address, within a time and a size of its own. Never rejects. */
export type FetchImage = (url: string, signal: AbortSignal) => Promise<FetchedImage>;

/** An image as a platform takes it. */
export type FittedImage = {
  readonly kind: 'fitted';
  readonly bytes: Uint8Array;
  readonly mediaType: 'image/jpeg' | 'image/png';
  /** In pixels, as it is shown. */
  readonly width: number;
  readonly height: number;
};

/** Enough for any figure of a paper; what claims more may be a small file that unpacks to gigabytes. */
const MOST_PIXELS = 100_000_000;
const STEP_TIMEOUT_SECONDS = 10;
/** The longest sides, in pixels, that an image too large is scaled to, one after the other. */
const SIDES = [4000, 2800, 2000, 1400, 1000] as const;
const JPEG = { quality: 90, chromaSubsampling: '4:4:4' } as const;

/**
 * The image as a JPEG or PNG of at most `limitBytes`, upright and without metadata (where and by
 * whom a photograph was taken). One that is so already keeps its bytes. Drawings and what is
 * transparent stay PNG where there is room; else the image becomes a JPEG on white, scaled down
 * until it fits. Of an animation the first frame is taken. JPEG, PNG, WebP, GIF and AVIF are read, told
 * by their bytes, whatever the server called them.
 */
export async function fitImage(
  bytes: Uint8Array,
  limitBytes: number,
  signal: AbortSignal,
): Promise<FittedImage | { readonly kind: 'refused'; readonly reason: string }> {
  try {
    const open = await loadSharp();
    const seen = await open(bytes).metadata();
    const mediaType = `image/${seen.format}`;
    if (mediaType === 'image/jpeg' || mediaType === 'image/png') {
      if (bytes.length <= limitBytes && !hasMetadata(seen)) {
        return { kind: 'fitted', bytes, mediaType, width: seen.width, height: seen.height };
      }
    }
    const image = (): Sharp => open(bytes).autoOrient().timeout({ seconds: STEP_TIMEOUT_SECONDS });
    if (seen.format === 'png' || seen.hasAlpha) {
      signal.throwIfAborted();
      const { data, info } = await image().png().toBuffer({ resolveWithObject: true });
      if (data.length <= limitBytes) return fitted(data, 'image/png', info);
    }
    const longest = Math.max(seen.width, seen.height);
    for (const side of SIDES.filter((side, index) => index === 0 || side < longest)) {
      signal.throwIfAborted();
      const { data, info } = await image()
        .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
        .flatten({ background: '#ffffff' })
        .jpeg(JPEG)
        .toBuffer({ resolveWithObject: true });
      if (data.length <= limitBytes) return fitted(data, 'image/jpeg', info);
    }
    return { kind: 'refused', reason: `it cannot be brought under ${limitBytes} bytes` };
  } catch (error) {
    return { kind: 'refused', reason: `it cannot be read as an image: ${describeError(error)}` };
  }
}

/** Loaded with the first image: most runs see none. */
async function loadSharp(): Promise<(bytes: Uint8Array) => Sharp> {
  const { default: sharp } = await import('sharp');
  // Bytes of strangers: formats that can name other files, or that nobody needs, are not opened.
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({
    operation: ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Heif'].map((name) => `VipsForeignLoad${name}`),
  });
  return (bytes) => sharp(bytes, { limitInputPixels: MOST_PIXELS });
}

function hasMetadata({ exif, iptc, xmp, comments, orientation = 1 }: Metadata): boolean {
  return orientation !== 1 || [exif, iptc, xmp, comments].some((part) => part !== undefined);
}

function fitted(
  bytes: Uint8Array,
  mediaType: FittedImage['mediaType'],
  { width, height }: { readonly width: number; readonly height: number },
): FittedImage {
  return { kind: 'fitted', bytes, mediaType, width, height };
}
