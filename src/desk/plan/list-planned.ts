import type { StoredIssue } from '../../archive/issue-reader.ts';
import { type ReviewedIssue, reviewIssue } from '../approval/review-issue.ts';
import type { Desk } from '../desk.ts';

/** An issue whose period ended longer ago is one for the archive, and no news. */
const FRESH_MS = 28 * 24 * 60 * 60 * 1000;
/** More issues than may be waiting. */
export const RECENT = 16;
/** So long an approval makes an older issue one of the plan. */
const APPROVED_MS = 90 * 24 * 60 * 60 * 1000;

/** An issue that the clock may post from. */
export type PlannedIssue = ReviewedIssue & {
  /** It would be none of the plan's, had no editor approved it: it is for every destination. */
  readonly isAsked: boolean;
};

/**
 * The issues that the clock may post from, the newest first: the newest one; those that were fresh
 * when they were imported; and those that an editor has approved. So an archive that is imported
 * afterwards floods nobody.
 */
export async function listPlanned(
  desk: Pick<Desk, 'archive' | 'verdicts' | 'approval' | 'clock'>,
): Promise<PlannedIssue[]> {
  const recent = await desk.archive.listRecent(RECENT);
  const since = new Date(desk.clock.now().getTime() - APPROVED_MS);
  const approved = new Set(await desk.verdicts.listApproved(since));
  const usual = recent
    .filter((one, index) => index === 0 || isFresh(one.stored, one.firstImportedAt))
    .map(({ stored }) => stored);
  const numbers = new Set(usual.map(({ issue }) => issue.number));
  const planned: PlannedIssue[] = [];
  for (const stored of usual) {
    planned.push({ ...(await reviewIssue(desk, stored)), isAsked: false });
  }
  for (const number of approved) {
    const stored = numbers.has(number) ? undefined : await desk.archive.read(number);
    if (stored === undefined || stored.isSample) continue;
    const reviewed = await reviewIssue(desk, stored);
    // Editors were asked about it when it was news: what they approved then is for the places of then.
    planned.push({ ...reviewed, isAsked: reviewed.review.proposal === undefined });
  }
  return planned.sort((a, b) => b.stored.issue.number - a.stored.issue.number);
}

/** Whether an issue was news when it was imported. */
export function isFresh({ issue }: Pick<StoredIssue, 'issue'>, importedAt: Date): boolean {
  const endMs = new Date(`${issue.period.end}T00:00:00Z`).getTime();
  return importedAt.getTime() - endMs <= FRESH_MS;
}

/** The number that a destination begins with which is planned for the first time; 0 for any. */
export function tellNewest([newest]: readonly PlannedIssue[]): number {
  return newest === undefined || newest.stored.isSample ? 0 : newest.stored.issue.number;
}
