import { type ApprovalDesk, findReal, makeDecider, pickItems } from './approve.ts';
import type { Arranged } from './arrange.ts';
import { reviewIssue } from './review-issue.ts';

/**
 * Puts papers of an issue before the others, in the order in which they are named; the others keep
 * theirs. That order holds everywhere, whatever the schedule's. Doing it again changes nothing.
 * Throws what `findIssue` and `findPapers` throw.
 */
export async function putFirst(
  desk: ApprovalDesk,
  reference: string,
  papers: readonly string[],
): Promise<Arranged> {
  const stored = await findReal(desk, reference);
  const reviewed = await reviewIssue(desk, stored);
  const named = papers.flatMap((paper) => pickItems(reviewed, { paper }).map(({ item }) => item));
  const all = reviewed.items.filter(({ lane }) => lane === 'papers').map(({ item }) => item);
  // Also where it is as printed: it is to hold against the schedule's order.
  const wanted = [...new Set([...named, ...all])];
  const isChanged = await desk.verdicts.arrange(stored.issue.number, wanted, makeDecider(desk));
  return { ...(await reviewIssue(desk, stored)), isChanged };
}
