import { type ApprovalDesk, pickItems } from './approve.ts';
import { type Arranged, reorder } from './reorder.ts';

/**
 * Puts papers of an issue before the others, in the order in which they are named; the others keep
 * theirs. That order holds everywhere, whatever the schedule's. Doing it again changes nothing.
 * Throws what `findIssue` and `findPapers` throw.
 */
export async function putFirst(
  desk: ApprovalDesk,
  reference: string,
  named: readonly string[],
): Promise<Arranged> {
  return reorder(desk, reference, (papers, reviewed) => {
    const first = named.flatMap((paper) => pickItems(reviewed, { paper }).map(({ item }) => item));
    return [...new Set([...first, ...papers])];
  });
}
