import { readToken } from './issues.ts';
import type { PlacedThread } from './venue.ts';

/** For each token the words of its posts, in their order; none where nothing is to be in place. */
export type Expected = ReadonlyMap<string, readonly string[]>;

/** What is wrong with a place, by token. All empty is what everything here is about. */
export type Verdict = {
  /** Nothing of it is in place. */
  readonly lost: readonly string[];
  /** A post of it is in place more than once. */
  readonly double: readonly string[];
  /** Posts of it are missing, changed, out of their order or not joined; or left behind. */
  readonly torn: readonly string[];
  /** Posts in place that nobody asked for. */
  readonly strange: number;
  readonly posts: { readonly expected: number; readonly found: number };
};

/** Compares what is in place with what is to be. */
export function judge(expected: Expected, threads: readonly PlacedThread[]): Verdict {
  const lost: string[] = [];
  const double: string[] = [];
  const torn: string[] = [];
  const found = new Map<string, PlacedThread[]>();
  let strange = 0;
  for (const thread of threads) {
    const token = readToken(thread[0]?.words ?? '');
    if (token === undefined || !expected.has(token)) strange += thread.length;
    else found.set(token, [...(found.get(token) ?? []), thread]);
  }
  for (const [token, words] of expected) {
    const [thread, ...others] = found.get(token) ?? [];
    const all = [thread ?? [], ...others].flat().map((post) => post.words);
    if (thread === undefined) {
      if (words.length > 0) lost.push(token);
    } else if (new Set(all).size < all.length) double.push(token);
    else if (others.length > 0 || JSON.stringify(all) !== JSON.stringify(words)) torn.push(token);
  }
  const count = (lists: Iterable<readonly unknown[]>): number =>
    [...lists].reduce((sum, { length }) => sum + length, 0);
  return {
    ...{ lost, double, torn, strange },
    posts: { expected: count(expected.values()), found: count(threads) },
  };
}
