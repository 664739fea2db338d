import type { KnownIssue } from './known.ts';

export type NameKind = 'organizations' | 'topics';

/** Where known issues have a name, whatever its case. */
export type Mentions = {
  /** How often, in all of them. */
  total: number;
  /** By the number of the issue. */
  readonly byIssue: Map<number, Mention>;
};

/** A name in one issue: as it is written there first, how often, and its place among the names. */
export type Mention = { readonly name: string; readonly at: number; count: number };

/** Known issues by what the doctor looks for, so that an answer does not go through all of them. */
export type KnownIndex = {
  /** Adds an issue; one of the same number, an older revision, gives way. */
  put(issue: KnownIssue): void;
  /** By number, in no order. */
  readonly byNumber: ReadonlyMap<number, KnownIssue>;
  /** The numbers of the issues that have a mark, in no order. */
  listMarked(mark: string): Iterable<number>;
  /** By the name in lower case, in no order. */
  readonly names: Readonly<Record<NameKind, ReadonlyMap<string, Mentions>>>;
};

/** Makes an index of issues, to which others can be added. */
export function makeKnownIndex(issues: Iterable<KnownIssue> = []): KnownIndex {
  const byNumber = new Map<number, KnownIssue>();
  const marked = new Map<string, Set<number>>();
  const names = {
    organizations: new Map<string, Mentions>(),
    topics: new Map<string, Mentions>(),
  };

  const put = (issue: KnownIssue): void => {
    const { number, papers } = issue;
    remove(number);
    byNumber.set(number, issue);
    for (const mark of papers.flatMap(({ marks }) => marks)) {
      const numbers = marked.get(mark) ?? new Set();
      marked.set(mark, numbers.add(number));
    }
    for (const kind of ['organizations', 'topics'] as const) {
      const all = papers.flatMap((paper) => paper[kind]);
      for (const [at, name] of all.entries()) addName(kind, name, number, at);
    }
  };

  const addName = (kind: NameKind, name: string, number: number, at: number): void => {
    const folded = name.toLowerCase();
    const mentions = names[kind].get(folded) ?? { total: 0, byIssue: new Map() };
    names[kind].set(folded, mentions);
    mentions.total += 1;
    const mention = mentions.byIssue.get(number);
    if (mention === undefined) mentions.byIssue.set(number, { name, at, count: 1 });
    else mention.count += 1;
  };

  const remove = (number: number): void => {
    const papers = byNumber.get(number)?.papers ?? [];
    for (const mark of papers.flatMap(({ marks }) => marks)) marked.get(mark)?.delete(number);
    for (const kind of ['organizations', 'topics'] as const) {
      for (const name of papers.flatMap((paper) => paper[kind])) {
        const mentions = names[kind].get(name.toLowerCase());
        if (mentions === undefined) continue;
        mentions.total -= mentions.byIssue.get(number)?.count ?? 0;
        mentions.byIssue.delete(number);
      }
    }
  };

  for (const issue of issues) put(issue);
  return { put, byNumber, listMarked: (mark) => marked.get(mark) ?? [], names };
}
