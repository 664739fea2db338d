import type { Block, Figure } from '../../src/issue/schema.ts';
import { type Prose, parseProse } from './prose.ts';

/** The figures of a body whose image is known. */
export function listFigures(body: readonly Block[]): Figure[] {
  return body
    .filter((block) => block.kind === 'figure')
    .filter(({ imageUrl }) => imageUrl !== undefined);
}

/** What a page says in place of an image, and below it; each empty where there is nothing. */
type FigureWords = { readonly alt: string; readonly caption: Prose };

/** The words of a figure on a page. An alternative text that repeats the caption is none. */
export function readFigureWords({ alt = '', caption = '' }: Figure): FigureWords {
  const below = parseProse(caption);
  const own = alt.trim();
  return { alt: own === below.text.trim() ? '' : own, caption: below };
}
