import { joinText, makeCutter, type Thread, type ThreadTraits } from './cutter.ts';
import { makeDigestThread } from './digest-thread.ts';
import type { FormatOptions } from './draft.ts';
import type { Item } from './item.ts';
import { makePaperThread } from './paper-thread.ts';
import { findExceeded } from './text/measure.ts';
import { parseOwnText } from './text/own-text.ts';

/**
 * An item as the posts of a thread, none over the limits of the platform. An editor's own text
 * takes the place of all of it, without counters; a post of it that is over a limit is cut.
 */
export function makeThread(item: Item, options: FormatOptions, traits: ThreadTraits): Thread {
  const own = parseOwnText(options.ownText ?? '');
  if (own.length > 0) {
    const { cut } = makeCutter({ ...options, counters: false }, traits);
    const threads = own.map(cut);
    const wrong = checkOwnText(options.ownText ?? '', traits);
    return {
      posts: threads.flatMap(({ posts }) => posts),
      told: [
        ...(wrong === undefined ? [] : [`The own text does not fit and was cut: ${wrong}.`]),
        ...threads.flatMap(({ told }) => told),
      ],
    };
  }
  return item.kind === 'paper'
    ? makePaperThread(item, options, traits)
    : makeDigestThread(item, options, traits);
}

/**
 * Says why an editor's own text cannot go out as it stands: "post 2 has 312 graphemes, at most
 * 300". Undefined where every post of it fits.
 */
export function checkOwnText(ownText: string, { limits, write }: ThreadTraits): string | undefined {
  const posts = parseOwnText(ownText);
  if (posts.length === 0) return 'it has no words';
  for (const [index, pieces] of posts.entries()) {
    const over = findExceeded(joinText(pieces, write), limits);
    if (over === undefined) continue;
    const { unit } = over.limit.measure;
    return `post ${index + 1} has ${over.found} ${unit}, at most ${over.limit.most}`;
  }
  return undefined;
}
