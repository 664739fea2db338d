import { joinText, makeCutter, type Thread, type ThreadTraits } from './cutter.ts';
import { makeDigestThread } from './digest-thread.ts';
import type { FormatOptions } from './draft.ts';
import type { Item } from './item.ts';
import { makePaperThread } from './paper-thread.ts';
import { findExceeded } from './text/measure.ts';
import { parseOwnText } from './text/own-text.ts';
import type { Prose } from './text/prose.ts';

/**
 * An item as the posts of a thread, none over the limits of the platform. An editor's own text
 * takes the place of all its words, without counters; a post of it that is over a limit is cut. The
 * figures stay, each with the post of its number, or the last one.
 */
export function makeThread(item: Item, options: FormatOptions, traits: ThreadTraits): Thread {
  const own = parseOwnText(options.ownText ?? '');
  const usual =
    item.kind === 'paper'
      ? makePaperThread(item, options, traits)
      : makeDigestThread(item, options, traits);
  if (own.length === 0) return usual;
  const { cut } = makeCutter({ ...options, counters: false }, traits);
  const threads = own.map(cut);
  const wrong = checkOwnText(options.ownText ?? '', traits);
  return {
    posts: keepFigures(
      threads.flatMap(({ posts }) => posts),
      usual.posts,
    ),
    told: [
      ...(wrong === undefined ? [] : [`The own text does not fit and was cut: ${wrong}.`]),
      ...threads.flatMap(({ told }) => told),
    ],
  };
}

function keepFigures(own: readonly Prose[], usual: readonly Prose[]): Prose[] {
  return own.map(({ text, spans }, index) => {
    const isLast = index === own.length - 1;
    const figures = usual
      .slice(index, isLast ? undefined : index + 1)
      .flatMap((post) => post.spans.filter(({ kind }) => kind === 'figure'))
      .map((span) => ({ ...span, start: 0, end: text.length }));
    return { text, spans: [...spans, ...figures] };
  });
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
