import { cleanUrl } from '../outline/clean-url.ts';
import { attribute, type Element } from './element.ts';
import type { ImageNode, Position } from './outline-builder.ts';

/** A mail's pixel that counts its readers, or a spacer, is no larger than this. */
const LARGEST_PIXEL = 2;
const LARGEST_SIZE = 100_000;
const LAZY = ['data-src', 'data-lazy-src', 'data-original'] as const;

/**
 * Reads an `<img>`: its address from `src`, else from where pages keep it until it is scrolled to,
 * else the largest of `srcset`. Undefined for a tracking pixel and for an image of nothing.
 */
export function readImage(
  element: Element,
  at: Position,
  base: string | undefined,
  link: string | undefined,
): ImageNode | undefined {
  const width = readSize(element, 'width');
  const height = readSize(element, 'height');
  if (isPixel(width) || isPixel(height)) return undefined;
  const alt = attribute(element, 'alt').replace(/\s+/g, ' ').trim();
  const url = findUrl(element, base);
  if (url === undefined && alt === '' && attribute(element, 'src') === '') return undefined;
  return {
    kind: 'image',
    ...at,
    ...(url === undefined ? {} : { url }),
    ...(alt === '' ? {} : { alt }),
    ...(width === undefined ? {} : { width }),
    ...(height === undefined ? {} : { height }),
    ...(link === undefined ? {} : { link }),
  };
}

/** The text of an image that stands for a character: mails and blogs replace emoji by images. */
export function readEmoji(element: Element): string | undefined {
  const alt = attribute(element, 'alt').trim();
  return /^(?:\p{RGI_Emoji}|[♥♡❤])$/v.test(alt) ? alt : undefined;
}

function findUrl(element: Element, base: string | undefined): string | undefined {
  const sources = ['src', ...LAZY].map((name) => attribute(element, name));
  const sets = ['srcset', 'data-srcset'].map((name) => findLargest(attribute(element, name)));
  for (const source of [...sources, ...sets]) {
    const url = source === '' ? undefined : cleanUrl(source, base);
    if (url !== undefined) return url;
  }
  return undefined;
}

/** The address with the largest width or density (https://html.spec.whatwg.org/#srcset-attributes). */
function findLargest(set: string): string {
  let largest = '';
  let most = -1;
  for (const candidate of set.split(/,\s+|,$/)) {
    const [url = '', descriptor = '1x'] = candidate.trim().split(/\s+/);
    const size = Number.parseFloat(descriptor);
    if (url !== '' && size > most) [largest, most] = [url, size];
  }
  return largest;
}

/** In pixels, from the attribute or the style; a share of the page's width says nothing. */
function readSize(element: Element, name: 'width' | 'height'): number | undefined {
  const stated = /^\s*(\d{1,6})(?:\.\d*)?(?:px)?\s*$/.exec(attribute(element, name))?.[1];
  const pattern =
    name === 'width'
      ? /(?:^|;)\s*width\s*:\s*(\d{1,6})(?:\.\d*)?px/i
      : /(?:^|;)\s*height\s*:\s*(\d{1,6})(?:\.\d*)?px/i;
  const size = Number(stated ?? pattern.exec(attribute(element, 'style'))?.[1] ?? Number.NaN);
  return size >= 0 && size <= LARGEST_SIZE ? size : undefined;
}

function isPixel(size: number | undefined): boolean {
  return size !== undefined && size <= LARGEST_PIXEL;
}
