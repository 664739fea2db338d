import type { ApprovalDesk } from './approve.ts';
import { type Arranged, reorder } from './reorder.ts';

/**
 * Puts a paper at a place among the papers of its issue, from 0: the others keep their order. That
 * order holds everywhere, whatever the schedule's. Doing it again changes nothing. Throws what
 * `findIssue` throws, and nothing for a paper that is gone.
 */
export async function arrange(
  desk: ApprovalDesk,
  reference: string,
  item: string,
  place: number,
): Promise<Arranged> {
  return reorder(desk, reference, (papers) => {
    const others = papers.filter((one) => one !== item);
    if (others.length === papers.length) return papers;
    return [...others.slice(0, place), item, ...others.slice(place)];
  });
}
