import { makeBlueskyTraits } from './bluesky.ts';
import type { FormatOptions, Platform } from './draft.ts';
import { formatItem } from './index.ts';
import type { Item } from './item.ts';
import { makeMastodonTraits } from './mastodon.ts';
import { parseOwnText } from './text/own-text.ts';
import { checkOwnText } from './thread.ts';
import { xTraits } from './x.ts';

/** A blank of no width is nothing to read. */
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** Why an editor's own words for an item cannot go out as they stand; empty where they can. */
export function checkItsOwnText(
  item: Item,
  platform: Platform,
  options: FormatOptions & { readonly ownText: string },
): readonly string[] {
  const hasWords = VISIBLE.test(options.ownText) && parseOwnText(options.ownText).length > 0;
  if (!hasWords) return ['it has no words'];
  const traits = {
    bluesky: makeBlueskyTraits(options),
    mastodon: makeMastodonTraits(options),
    x: xTraits,
  }[platform as string];
  if (traits !== undefined) {
    const why = checkOwnText(options.ownText, traits);
    return why === undefined ? [] : [why];
  }
  // Its figures are told elsewhere; here the words alone count.
  const words: Item =
    item.kind === 'paper' ? { ...item, paper: { ...item.paper, body: [] } } : item;
  return formatItem(words, platform, options).told ?? [];
}
