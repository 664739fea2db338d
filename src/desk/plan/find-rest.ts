import type { ReviewedIssue } from '../approval/review-issue.ts';
import type { Desk } from '../desk.ts';
import { findAllPosted } from '../find-posted.ts';

/** What it takes to know what is left of an issue. */
export type RestDesk = Pick<Desk, 'archive' | 'outbox' | 'scheduled' | 'programme'>;

/** Whether something of these issues has not gone out where the clock would post it. */
export async function hasRest(desk: RestDesk, issues: readonly ReviewedIssue[]): Promise<boolean> {
  for (const destination of desk.scheduled) {
    const { crons, rest } = desk.programme(destination.name);
    const marks = await desk.outbox.readLanes(destination.key);
    const since = new Map(marks.map(({ lane, sinceIssue }) => [lane, sinceIssue]));
    // One that was never planned begins with the newest issue; and what is dropped is not left.
    if (rest === 'drop' || since.size === 0) continue;
    const own = issues.filter(({ stored: { isSample } }) => !(isSample && destination.isLive));
    const posted = await findAllPosted(
      desk,
      own.map(({ stored }) => stored),
      destination,
    );
    const isLeft = own.some(({ stored: { issue }, items }, index) =>
      items.some(
        ({ item, lane, standing }) =>
          standing !== 'held' &&
          crons[lane].length > 0 &&
          issue.number >= (since.get(lane) ?? Number.POSITIVE_INFINITY) &&
          !posted[index]?.has(item),
      ),
    );
    if (isLeft) return true;
  }
  return false;
}
