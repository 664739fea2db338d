import type { Item } from '../../../formatters/item.ts';
import type { StoredIssue } from '../../archive/issue-reader.ts';
import type { ItemWords, Review, Verdicts } from '../../archive/verdicts.ts';
import { comparePapers } from '../../schedule/compare-papers.ts';
import type { Lane } from '../../schedule/programme.ts';
import type { Desk } from '../desk.ts';
import { listOwnItems } from '../find-newest.ts';
import { hashWords } from './hash-words.ts';
import { type Approval, judgeItem, type Standing } from './judge-item.ts';

/** An item of an issue, as it stands with the editors. */
export type ReviewedItem = ItemWords & {
  readonly of: Item;
  readonly lane: Lane;
  readonly standing: Standing;
  /** A paper's place, from 0: as printed, or as editors have arranged it. */
  readonly position: number;
  readonly isArranged: boolean;
  readonly likes: number;
  readonly isPick: boolean;
};

/** An issue with what editors have said about it. */
export type ReviewedIssue = {
  readonly stored: StoredIssue;
  readonly review: Review;
  /** Papers in the order in which they go out, then the digest, then the news. */
  readonly items: readonly ReviewedItem[];
};

/** What a review works with. Without a schedule the order of papers is the issue's. */
export type ReviewDesk = {
  readonly verdicts: Pick<Verdicts, 'read'>;
  readonly approval: Approval;
} & Partial<Pick<Desk, 'scheduled' | 'programme'>>;

/**
 * Reads what editors have said about an issue, and says how each of its items stands. Where nobody
 * has arranged it, papers are in the order of the first destination that the clock posts to. A
 * sample waits for nobody.
 */
export async function reviewIssue(desk: ReviewDesk, stored: StoredIssue): Promise<ReviewedIssue> {
  return { stored, ...(await reviewWords(desk, stored)) };
}

/** The same for words that are not stored yet. */
export async function reviewWords(
  desk: ReviewDesk,
  stored: Pick<StoredIssue, 'issue' | 'isSample'>,
): Promise<Omit<ReviewedIssue, 'stored'>> {
  const { verdicts, approval, scheduled: [first] = [], programme } = desk;
  const order = first === undefined ? 'issue' : (programme?.(first.name).order ?? 'issue');
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
    const standing = judgeItem(stored.isSample ? { kind: 'never' } : approval, review, words);
    return {
      ...words,
      of,
      lane: laneOf(of),
      standing,
      position: positions.get(item) ?? 0,
      isArranged: ranks.size > 0,
      likes: of.kind === 'paper' ? (of.paper.likes ?? 0) : 0,
      isPick: of.kind === 'paper' && of.paper.pick,
    };
  });
  const sorted = items
    .filter(({ lane }) => lane === 'papers')
    .sort((one, other) => comparePapers(order, one, other));
  return { review, items: [...sorted, ...items.filter(({ lane }) => lane !== 'papers')] };
}

function laneOf(item: Item): Lane {
  if (item.kind === 'paper') return 'papers';
  return item.scope === 'news' ? 'news' : 'digest';
}
