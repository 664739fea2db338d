import type { Item } from '../../../formatters/item.ts';
import type { StoredIssue } from '../../archive/issue-reader.ts';
import type { ItemWords, Review, Verdicts } from '../../archive/verdicts.ts';
import type { Lane } from '../../schedule/programme.ts';
import { listOwnItems } from '../find-newest.ts';
import { hashWords } from './hash-words.ts';
import { type Approval, judgeItem, type Standing } from './judge-item.ts';

/** An item of an issue, as it stands with the editors. */
export type ReviewedItem = ItemWords & {
  readonly of: Item;
  readonly lane: Lane;
  readonly standing: Standing;
  /** Its place among the items of its lane, from 0: as printed, or as editors have arranged it. */
  readonly position: number;
};

/** An issue with what editors have said about it. */
export type ReviewedIssue = {
  readonly stored: StoredIssue;
  readonly review: Review;
  /** Papers in their order, then the digest, then the news. */
  readonly items: readonly ReviewedItem[];
};

/** Reads what editors have said about an issue, and says how each of its items stands. */
export async function reviewIssue(
  {
    verdicts,
    approval,
  }: { readonly verdicts: Pick<Verdicts, 'read'>; readonly approval: Approval },
  stored: StoredIssue,
): Promise<ReviewedIssue> {
  const review = await verdicts.read(stored.issue.number);
  const all = [...listOwnItems(stored)];
  const ranks = new Map(review.arrangement.map((item, index) => [item, index]));
  const papers = all
    .filter(([, of]) => of.kind === 'paper')
    .map(([item], index) => ({ item, rank: ranks.get(item) ?? ranks.size + index }))
    .sort((a, b) => a.rank - b.rank);
  const positions = new Map(papers.map(({ item }, position) => [item, position]));
  const items = all.map(([item, of]): ReviewedItem => {
    const words = { item, wordsHash: hashWords(of) };
    const standing = judgeItem(approval, review, words);
    return { ...words, of, lane: laneOf(of), standing, position: positions.get(item) ?? 0 };
  });
  const rank = ({ lane, position }: ReviewedItem): number =>
    lane === 'papers' ? position : positions.size;
  return { stored, review, items: items.sort((a, b) => rank(a) - rank(b)) };
}

function laneOf(item: Item): Lane {
  if (item.kind === 'paper') return 'papers';
  return item.scope === 'news' ? 'news' : 'digest';
}
