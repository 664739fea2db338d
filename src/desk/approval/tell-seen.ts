import type { SeenVerdict } from '../../archive/verdicts.ts';
import type { Seen } from './approve.ts';
import type { ReviewedIssue, ReviewedItem } from './review-issue.ts';

/** An item as somebody sees it who names it now. */
export function tellSeen(reviewed: ReviewedIssue, item: ReviewedItem): Required<Seen> {
  return { revision: reviewed.stored.revision, verdict: tellVerdict(item, reviewed) };
}

/** What is decided about an item’s words: held whatever they are; an approval of others is none. */
export function tellVerdict(
  { item, wordsHash }: Pick<ReviewedItem, 'item' | 'wordsHash'>,
  { review }: Pick<ReviewedIssue, 'review'>,
): SeenVerdict {
  const known = review.verdicts.get(item);
  if (known === undefined) return 'none';
  return known.verdict === 'held' || known.wordsHash === wordsHash ? known.verdict : 'none';
}
