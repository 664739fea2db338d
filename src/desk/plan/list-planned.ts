import type { StoredIssue } from '../../archive/issue-reader.ts';
import { type ReviewedIssue, reviewIssue } from '../approval/review-issue.ts';
import type { Desk } from '../desk.ts';
import { hasRest, type RestDesk } from './find-rest.ts';

/** An issue whose period ended longer ago is one for the archive, and no news. */
const FRESH_MS = 28 * 24 * 60 * 60 * 1000;
/** More issues than are usually waiting. */
export const RECENT = 16;
/** With a longer backlog so many are looked at, step by step, as long as the oldest have something left. */
const STEPS = [RECENT, 2 * RECENT, 4 * RECENT, 120] as const;
/** Where so many of the oldest have nothing left, those before them have nothing either: they went first. */
const LOOKED_AT = 4;
/** So long an approval makes an older issue one of the plan. */
const APPROVED_MS = 90 * 24 * 60 * 60 * 1000;

/** An issue that the clock may post from. */
export type PlannedIssue = ReviewedIssue & {
  /** It would be none of the plan's, had no editor approved it: it is for every destination. */
  readonly isAsked: boolean;
};

/** What planning works from. Without an outbox a longer backlog is not looked for. */
type PlannedDesk = Pick<Desk, 'archive' | 'verdicts' | 'approval' | 'clock'> & Partial<RestDesk>;

/** The issues of the plan. */
export type PlannedIssues = {
  readonly issues: readonly PlannedIssue[];
  /** So many have something left that older ones are not looked at: those before this number. */
  readonly cutBefore: number | undefined;
};

/**
 * The issues that the clock may post from, the newest first: the newest one; those that were fresh
 * when they were imported; and those that an editor has approved. So an archive that is imported
 * afterwards floods nobody.
 */
export async function listPlanned(desk: PlannedDesk): Promise<PlannedIssue[]> {
  return [...(await readPlanned(desk)).issues];
}

/** The same, and where they were cut off. */
export async function readPlanned(desk: PlannedDesk): Promise<PlannedIssues> {
  const { usual, cutBefore } = await readUsual(desk);
  const since = new Date(desk.clock.now().getTime() - APPROVED_MS);
  const approved = new Set(await desk.verdicts.listApproved(since));
  const numbers = new Set(usual.map(({ stored }) => stored.issue.number));
  const planned: PlannedIssue[] = usual.map((one) => ({ ...one, isAsked: false }));
  for (const number of approved) {
    const stored = numbers.has(number) ? undefined : await desk.archive.read(number);
    if (stored === undefined || stored.isSample) continue;
    const reviewed = await reviewIssue(desk, stored);
    // Editors were asked about it when it was news: what they approved then is for the places of then.
    planned.push({ ...reviewed, isAsked: reviewed.review.proposal === undefined });
  }
  const issues = planned.sort((a, b) => b.stored.issue.number - a.stored.issue.number);
  return { issues, cutBefore };
}

/** The newest issue and the fresh ones: step by step further back while there is something left. */
async function readUsual(
  desk: PlannedDesk,
): Promise<{ readonly usual: readonly ReviewedIssue[]; readonly cutBefore: number | undefined }> {
  const usual: ReviewedIssue[] = [];
  let seen = 0;
  let oldest: number | undefined;
  for (const most of STEPS) {
    const recent = await desk.archive.listRecent(most);
    const step: ReviewedIssue[] = [];
    for (const [index, { stored, firstImportedAt }] of recent.entries()) {
      if (index < seen || (index > 0 && !isFresh(stored, firstImportedAt))) continue;
      step.push(await reviewIssue(desk, stored));
    }
    usual.push(...step);
    seen = recent.length;
    oldest = recent.at(-1)?.stored.issue.number;
    const { outbox, scheduled, programme, archive } = desk;
    if (seen < most || !outbox || !scheduled || !programme) return { usual, cutBefore: undefined };
    const oldestOnes = step.toReversed().slice(0, LOOKED_AT);
    if (!(await hasRest({ outbox, scheduled, programme, archive }, oldestOnes)))
      return { usual, cutBefore: undefined };
  }
  return { usual, cutBefore: oldest };
}

/** Whether an issue was news when it was imported. */
export function isFresh({ issue }: Pick<StoredIssue, 'issue'>, importedAt: Date): boolean {
  const endMs = new Date(`${issue.period.end}T00:00:00Z`).getTime();
  return importedAt.getTime() - endMs <= FRESH_MS;
}

/** The number that a lane begins with which is planned for the first time; 0 for any. */
export function tellNewest([newest]: readonly PlannedIssue[]): number {
  return newest === undefined || newest.stored.isSample ? 0 : newest.stored.issue.number;
}
