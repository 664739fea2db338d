import type { Figure } from '../src/issue/schema.ts';
import { type Limit, truncate } from './text/measure.ts';
import { type Prose, parseProse } from './text/prose.ts';
import type { Voice } from './voice/voice.ts';

/** An image of a post: its address, and what it says to those who cannot see it. */
export type Image = {
  readonly url: string;
  readonly alt: string;
  /** In pixels, where the issue states it. */
  readonly size?: { readonly width: number; readonly height: number };
};

/** The images of the figures that lie in a post, in order, their words cut to a limit. */
export function listImages({ spans }: Prose, voice: Voice, altLimit: Limit): Image[] {
  return spans.flatMap((span): Image[] => {
    if (span.kind !== 'figure' || span.figure.imageUrl === undefined) return [];
    const { imageUrl, width, height } = span.figure;
    return [
      {
        url: imageUrl,
        alt: truncate(describe(span.figure, voice), altLimit),
        ...(width === undefined || height === undefined ? {} : { size: { width, height } }),
      },
    ];
  });
}

function describe({ alt = '', caption = '' }: Figure, voice: Voice): string {
  const words = [alt.toWellFormed(), parseProse(caption).text].map((text) => text.trim());
  return words.find((text) => text !== '') ?? voice.words.figure;
}

/**
 * At most so many a post: those over it move on to the post after it. What is left behind the last
 * post finds no place.
 */
export function shareImages(
  wanted: readonly (readonly Image[])[],
  most: number,
): { readonly images: readonly (readonly Image[])[]; readonly left: number } {
  let waiting: readonly Image[] = [];
  const images = wanted.map((own) => {
    const all = [...waiting, ...own];
    waiting = all.slice(most);
    return all.slice(0, most);
  });
  return { images, left: waiting.length };
}

/** Says that images found no place; nothing where all of them did. */
export function tellLeft(left: number): string[] {
  return left === 0 ? [] : [`${left} of its images found no place.`];
}

/** How many images lie in posts that cannot show any. */
export function countImages(posts: readonly Prose[]): number {
  const figures = posts.flatMap(({ spans }) =>
    spans.flatMap((span) => (span.kind === 'figure' ? [span.figure] : [])),
  );
  return new Set(figures.filter(({ imageUrl }) => imageUrl !== undefined)).size;
}
