import { type ApprovalDesk, findReal, makeDecider } from './approve.ts';
import { type ReviewedIssue, reviewIssue } from './review-issue.ts';

/** An issue in its new order. */
export type Arranged = ReviewedIssue & { readonly isChanged: boolean };

/**
 * Puts the papers of an issue in an order that `order` makes of the one they are in, both by their
 * keys. Of two editors who do so at once the second goes by the order of the first: nothing that
 * somebody was told is undone unseen. Throws what `findIssue` and `order` throw.
 */
export async function reorder(
  desk: ApprovalDesk,
  reference: string,
  order: (papers: readonly string[], reviewed: ReviewedIssue) => readonly string[],
): Promise<Arranged> {
  for (;;) {
    const stored = await findReal(desk, reference);
    const reviewed = await reviewIssue(desk, stored);
    const former = reviewed.review.arrangement;
    const papers = reviewed.items.filter(({ lane }) => lane === 'papers').map(({ item }) => item);
    const wanted = order(papers, reviewed);
    // An order that nobody has given is written down also where it changes none: it is to hold.
    if (isSame(former, wanted)) return { ...reviewed, isChanged: false };
    const { verdicts } = desk;
    if (await verdicts.arrange(stored.issue.number, former, wanted, makeDecider(desk))) {
      return { ...(await reviewIssue(desk, stored)), isChanged: true };
    }
  }
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((item, index) => item === other[index]);
}
