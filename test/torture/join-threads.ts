import type { PlacedPost, PlacedThread } from './venue.ts';

/** A post that may answer another. */
export type Reply = PlacedPost & {
  readonly parent: string | undefined;
  /** The first post of its thread, where the platform names it. */
  readonly root?: string;
};

/**
 * Each first post with the replies that follow from it, one upon the other. A second answer to a
 * post, an answer to nothing, and one that names another root are threads of their own.
 */
export function joinThreads(posts: readonly Reply[]): PlacedThread[] {
  const answers = new Map<string, Reply>();
  for (const post of posts) {
    if (post.parent !== undefined && !answers.has(post.parent)) answers.set(post.parent, post);
  }
  const seen = new Set<string>();
  const threads: PlacedThread[] = [];
  const walk = (first: Reply): void => {
    const thread: PlacedPost[] = [];
    let next: Reply | undefined = first;
    while (next !== undefined && !seen.has(next.id)) {
      seen.add(next.id);
      thread.push({ id: next.id, words: next.words });
      const answer: Reply | undefined = answers.get(next.id);
      next = answer?.root === undefined || answer.root === first.id ? answer : undefined;
    }
    if (thread.length > 0) threads.push(thread);
  };
  for (const post of posts) if (post.parent === undefined) walk(post);
  for (const post of posts) walk(post);
  return threads;
}
