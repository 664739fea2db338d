import type { Desk } from '../desk.ts';
import { listPlanned } from '../plan/list-planned.ts';
import type { ReviewedIssue, ReviewedItem } from './review-issue.ts';

/**
 * Lets readers see the issues of the plan that are decided, all or those given, and gives their
 * numbers: it follows from
 * how their items stand, whoever decided that, and whatever died in between. Doing it again changes
 * nothing.
 */
export async function openDecided(
  desk: Pick<Desk, 'archive' | 'verdicts' | 'approval' | 'clock'>,
  issues?: readonly ReviewedIssue[],
): Promise<number[]> {
  const opened: number[] = [];
  for (const issue of issues ?? (await listPlanned(desk))) {
    if (await openIfDecided(desk, issue)) opened.push(issue.stored.issue.number);
  }
  return opened;
}

/** Lets readers see an issue in this revision, if it is decided. False where they could. */
export async function openIfDecided(
  { archive, clock }: Pick<Desk, 'archive' | 'clock'>,
  { stored, items }: Pick<ReviewedIssue, 'stored' | 'items'>,
): Promise<boolean> {
  if (stored.approvedAt !== undefined || !isDecided(items)) return false;
  return archive.approve(stored.issue.number, stored.revision, clock.now());
}

/** Whether nothing of an issue waits, and something of it may go out: what is held opens nothing. */
export function isDecided(items: readonly Pick<ReviewedItem, 'standing'>[]): boolean {
  const is = (wanted: ReviewedItem['standing']): boolean =>
    items.some(({ standing }) => standing === wanted);
  return is('ready') && !is('waits');
}
