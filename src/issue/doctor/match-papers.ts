import type { Block, Issue, Paper } from '../schema.ts';
import { markPaper } from './known.ts';

/** Which paper of an older revision each paper of a newer one is. */
export type Matched = ReadonlyMap<Paper, Paper>;

/** So much of a text stays when a paper gets another title; a paper that differs more is another. */
const SAME_SHARE = 0.5;

/**
 * Tells which papers of two revisions are the same: by slug, else by title or arXiv id, else by
 * half of their text.
 */
export function matchPapers(before: Issue, after: Issue): Matched {
  const matched = new Map<Paper, Paper>();
  const left = new Set(before.papers);
  const match = (isSame: (old: Paper, now: Paper) => boolean): void => {
    for (const now of after.papers) {
      if (matched.has(now)) continue;
      const old = [...left].find((paper) => isSame(paper, now));
      if (old === undefined) continue;
      matched.set(now, old);
      left.delete(old);
    }
  };
  match((old, now) => old.slug === now.slug);
  match((old, now) => {
    const marks = markPaper(old);
    return markPaper(now).some((mark) => marks.includes(mark));
  });
  match((old, now) => {
    const texts = readBlocks(now.body);
    const kept = countCommon(readBlocks(old.body), texts);
    return kept > 0 && kept >= SAME_SHARE * Math.max(old.body.length, texts.length);
  });
  return matched;
}

/**
 * The newer revision with the slugs that its papers had: a corrected title does not make another
 * paper of it, which would be posted a second time. Where the newer source cannot hold an editor's
 * own words, those of the older one stay.
 */
export function keepFromBefore(before: Issue, after: Issue, keepsOwnText: boolean): Issue {
  const matched = matchPapers(before, after);
  const own = (old: Pick<Issue, 'ownText'> | undefined): Pick<Issue, 'ownText'> =>
    keepsOwnText && old?.ownText !== undefined ? { ownText: old.ownText } : {};
  return {
    ...after,
    ...own(before),
    papers: after.papers.map((paper) => {
      const old = matched.get(paper);
      return { ...paper, ...own(old), slug: old?.slug ?? paper.slug };
    }),
  };
}

/** Each block as a text that tells it from others. */
export function readBlocks(body: readonly Block[]): string[] {
  return body.map((block) => JSON.stringify(block));
}

/** How many texts two lists share, each counted as often as both have it. */
export function countCommon(before: readonly string[], after: readonly string[]): number {
  const left = new Map<string, number>();
  for (const text of before) left.set(text, (left.get(text) ?? 0) + 1);
  let common = 0;
  for (const text of after) {
    const count = left.get(text) ?? 0;
    if (count === 0) continue;
    left.set(text, count - 1);
    common += 1;
  }
  return common;
}
