import type { Desk } from '../desk.ts';
import { type ApprovalDesk, findReal, makeDecider } from './approve.ts';
import { type ReviewedIssue, reviewIssue } from './review-issue.ts';

/** An issue in its new order. */
export type Arranged = ReviewedIssue & { readonly isChanged: boolean };

/**
 * Puts a paper at a place among the papers of its issue, from 0: the others keep their order. That
 * order holds everywhere, whatever the schedule's. Doing it again changes nothing. Throws what
 * `findIssue` throws, and nothing for a paper that is gone.
 */
export async function arrange(
  desk: ApprovalDesk & Pick<Desk, 'verdicts'>,
  reference: string,
  item: string,
  place: number,
): Promise<Arranged> {
  const stored = await findReal(desk, reference);
  const { items } = await reviewIssue(desk, stored);
  const papers = items.filter(({ lane }) => lane === 'papers').map((one) => one.item);
  const others = papers.filter((one) => one !== item);
  const wanted =
    others.length === papers.length
      ? papers
      : [...others.slice(0, place), item, ...others.slice(place)];
  // Also where it is as it was: it is to hold from now on.
  const isChanged = await desk.verdicts.arrange(stored.issue.number, wanted, makeDecider(desk));
  return { ...(await reviewIssue(desk, stored)), isChanged };
}
