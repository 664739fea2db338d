import type { Candidate, PaperOrder } from './programme.ts';

/** What decides between two papers of an issue. */
export type Rank = Pick<Candidate, 'position' | 'item' | 'isArranged' | 'likes' | 'isPick'>;

/** Which of two papers of one issue goes first: below zero for the one. */
export function comparePapers(order: PaperOrder, one: Rank, other: Rank): number {
  const asPrinted =
    one.position - other.position || (one.item < other.item ? -1 : Number(one.item > other.item));
  if (one.isArranged || other.isArranged || order === 'issue') return asPrinted;
  if (order === 'likes') return other.likes - one.likes || asPrinted;
  return Number(other.isPick) - Number(one.isPick) || asPrinted;
}
