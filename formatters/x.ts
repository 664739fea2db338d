import type { ThreadTraits } from './cutter.ts';
import type { DraftFor, Formatter } from './draft.ts';
import { countImages } from './figures.ts';
import { type Item, nameItem } from './item.ts';
import { muteMentions } from './mentions.ts';
import { xWeight } from './text/measure.ts';
import { spellLinks } from './text/spell-links.ts';
import { makeThread } from './thread.ts';

/** The custom on X: more hashtags than two look like an advertisement. */
const HASHTAGS_MOST = 2;

/**
 * How X's threads are cut: 280 of weight, addresses written out, nobody mentioned. X shows posts
 * with a link to fewer people, so that the addresses stand in the last one.
 * https://docs.x.com/fundamentals/counting-characters
 */
export const xTraits: ThreadTraits = {
  limits: [{ measure: xWeight, most: 280 }],
  paperLink: 'closing',
  write: (prose) => spellLinks(muteMentions(prose)),
};

/** Writes an item as a thread for X, to be copied post by post. */
export const xFormatter: Formatter<'x'> = {
  platform: 'x',
  format(item, options): DraftFor<'x'> {
    const { posts, told } = makeThread(keepFewTopics(item), options, xTraits);
    // Who wrote the words knows what they go without.
    const isOwn = (options.ownText ?? '').trim() !== '';
    const allTold = [...told, ...(isOwn ? [] : tellImages(countImages(posts)))];
    return {
      item: nameItem(item),
      platform: 'x',
      posts: posts.map(({ text }) => ({ text })),
      ...(allTold.length === 0 ? {} : { told: allTold }),
    };
  },
};

function keepFewTopics(item: Item): Item {
  if (item.kind === 'digest') return item;
  const { paper } = item;
  return { ...item, paper: { ...paper, topics: paper.topics.slice(0, HASHTAGS_MOST) } };
}

function tellImages(count: number): string[] {
  if (count === 0) return [];
  const images = count === 1 ? 'image' : `${count} images`;
  return [`Its ${images} cannot go along: X gets text alone.`];
}
