import type { LaneMark } from '../../outbox/slots.ts';
import type { ReviewedIssue } from '../approval/review-issue.ts';
import type { Desk, Destination } from '../desk.ts';
import { findPosted } from '../find-posted.ts';

/** What it takes to know what is left of an issue. */
export type RestDesk = Pick<Desk, 'archive' | 'outbox' | 'scheduled' | 'programme'>;

/** Says of issues whether something of them has not gone out where the clock would post it. */
export async function makeRestFinder(
  desk: RestDesk,
): Promise<(issue: ReviewedIssue) => Promise<boolean>> {
  const places: { readonly destination: Destination; readonly marks: readonly LaneMark[] }[] = [];
  for (const destination of desk.scheduled) {
    const marks = await desk.outbox.readLanes(destination.key);
    places.push({ destination, marks });
  }
  return async ({ stored, items }) => {
    for (const { destination, marks } of places) {
      const { crons, rest } = desk.programme(destination.name);
      // One that was never planned begins with the newest issue; and what is dropped is not left.
      const since = marks[0]?.sinceIssue;
      if (rest === 'drop' || since === undefined || stored.issue.number < since) continue;
      if (stored.isSample && destination.isLive) continue;
      const posted = await findPosted(desk, stored, destination);
      const isLeft = items.some(
        ({ item, lane, standing }) =>
          standing !== 'held' && crons[lane].length > 0 && !posted.has(item),
      );
      if (isLeft) return true;
    }
    return false;
  };
}
