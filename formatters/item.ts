import type { Issue, Paper } from '../src/issue/schema.ts';

/** Something of an issue that can be posted. `position` counts from 1 among `count` papers. */
export type Item = {
  readonly kind: 'paper';
  readonly issue: Issue;
  readonly paper: Paper;
  readonly position: number;
  readonly count: number;
};

/** How an item is named in JSON: enough to find it again. */
export type ItemName = {
  readonly kind: 'paper';
  readonly issue: number;
  readonly slug: string;
  readonly title: string;
};

/** Every item of an issue, in the order of the issue. */
export function listItems(issue: Issue): Item[] {
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
  return {
    kind: 'paper',
    issue: item.issue.number,
    slug: item.paper.slug,
    title: item.paper.title,
  };
}

/** The item's key within its issue, part of a delivery's identity: "paper/⟨slug⟩". */
export function keyItem(item: Item): string {
  return `paper/${item.paper.slug}`;
}
