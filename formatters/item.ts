import type { Issue, News, Paper, Period } from '../src/issue/schema.ts';

/** A paper of an issue. `position` counts from 1 among `count` papers. */
export type PaperItem = {
  readonly kind: 'paper';
  readonly issue: Issue;
  readonly paper: Paper;
  readonly position: number;
  readonly count: number;
};

/** What a digest gathers: an issue, its news alone, a topic over some time, or a month. */
export type DigestScope = 'issue' | 'news' | 'topic' | 'month';

/** A paper as a digest lists it, with the issue that it stands in. */
export type DigestEntry = { readonly issue: Issue; readonly paper: Paper };

/** Papers and news gathered. Made by `digest.ts`. */
export type DigestItem = {
  readonly kind: 'digest';
  readonly scope: DigestScope;
  /** Its key within the ledger: "digest", "news", "topic/distillation/2026-02-28", "month/2026-02". */
  readonly key: string;
  /** The issue that it belongs to: of several, the newest. */
  readonly issue: Issue;
  /** The days that it covers. */
  readonly period: Period;
  /** The topic as its papers write it, where the scope is a topic. */
  readonly topic?: string;
  /** In the order to be shown. */
  readonly entries: readonly DigestEntry[];
  readonly news: readonly News[];
};

/** Something of the newsletter that can be posted. */
export type Item = PaperItem | DigestItem;

/** How an item is named in JSON: enough to find it again. */
export type ItemName = {
  readonly kind: Item['kind'];
  readonly issue: number;
  /** A paper's slug, or a digest's key. */
  readonly slug: string;
  /** For people, in English: a paper's own title, or what the digest gathers. */
  readonly title: string;
};

/** Every paper of an issue, in the order of the issue. */
export function listItems(issue: Issue): PaperItem[] {
  return issue.papers.map((paper, index) => ({
    kind: 'paper',
    issue,
    paper,
    position: index + 1,
    count: issue.papers.length,
  }));
}

/** The item's name. */
export function nameItem(item: Item): ItemName {
  const { kind, issue } = item;
  if (item.kind === 'paper') {
    return { kind, issue: issue.number, slug: item.paper.slug, title: item.paper.title };
  }
  const title = {
    issue: `Digest of #${issue.number}`,
    news: `News of #${issue.number}`,
    topic: `${item.topic ?? 'A topic'}, ${item.period.start} to ${item.period.end}`,
    month: `The month ${item.period.end.slice(0, 7)}`,
  }[item.scope];
  return { kind, issue: issue.number, slug: item.key, title };
}

/** The item's key within its issue, part of a delivery's identity: "paper/⟨slug⟩" or "digest". */
export function keyItem(item: Item): string {
  return item.kind === 'paper' ? `paper/${item.paper.slug}` : item.key;
}
