import { nameItem } from '../../formatters/item.ts';
import type { StoredIssue } from '../archive/issue-reader.ts';
import type { Verdict } from '../archive/verdicts.ts';
import { tellSilenceEnd } from './approval/approve-silent.ts';
import type { ReviewedItem } from './approval/review-issue.ts';
import { findPosted } from './find-posted.ts';
import { listPlanned, type PlannedIssue } from './plan/list-planned.ts';
import type { PlanDesk } from './plan/plan-slots.ts';

/** An issue of which something waits for an editor. */
export type ProposedIssue = {
  readonly stored: StoredIssue;
  readonly items: readonly ReviewedItem[];
  /** Since when editors can know of it; undefined while nobody has been told. */
  readonly askedAt: Date | undefined;
  /** When it approves itself if nobody does anything; undefined where it never does. */
  readonly approvesAt: Date | undefined;
};

/** An item that an editor holds, and that could be posted somewhere. */
export type HeldItem = {
  readonly stored: StoredIssue;
  readonly item: string;
  readonly title: string;
  readonly verdict: Verdict;
};

/** What nobody has let go out, of the issues of the plan, the newest first. */
export type Undecided = {
  readonly proposed: readonly ProposedIssue[];
  readonly held: readonly HeldItem[];
};

/**
 * What waits for an editor, and what editors hold. An item that every place has got waits for
 * nobody; one that no place has a slot for waits while readers may not see its issue.
 */
export async function listUndecided(desk: PlanDesk): Promise<Undecided> {
  const proposed: ProposedIssue[] = [];
  const held: HeldItem[] = [];
  for (const issue of await listPlanned(desk)) {
    const { stored, review, items } = issue;
    const undecided = items.filter(({ standing }) => standing !== 'ready');
    if (stored.isSample || undecided.length === 0) continue;
    const wanted = await findWanted(desk, stored);
    for (const { item, of } of undecided) {
      const verdict = review.verdicts.get(item);
      if (verdict?.verdict !== 'held' || !wanted(item)) continue;
      const { title } = nameItem(of);
      held.push({ stored, item, title, verdict });
    }
    const waiting = undecided.filter(({ standing }) => standing === 'waits');
    const isSeen = stored.approvedAt !== undefined;
    const pending = isSeen ? waiting.filter(({ item }) => wanted(item)) : waiting;
    if (pending.length > 0) proposed.push(propose(desk, issue, pending));
  }
  return { proposed, held };
}

/** Whether a place of the clock has not got an item of an issue. */
async function findWanted(desk: PlanDesk, stored: StoredIssue): Promise<(item: string) => boolean> {
  const places = await Promise.all(
    desk.scheduled.map(async (destination) => ({
      crons: desk.programme(destination.name).crons,
      got: await findPosted(desk, stored, destination),
    })),
  );
  return (item) => {
    const lane = item === 'digest' || item === 'news' ? item : 'papers';
    return places.some(({ crons, got }) => crons[lane].length > 0 && !got.has(item));
  };
}

function propose(
  { approval }: PlanDesk,
  issue: PlannedIssue,
  items: readonly ReviewedItem[],
): ProposedIssue {
  const { stored, review } = issue;
  // About the words of an older revision nobody was asked this.
  const asked = review.proposal?.revision === stored.revision ? review.proposal : undefined;
  const approvesAt =
    approval.kind === 'after' && asked !== undefined
      ? tellSilenceEnd(issue, asked, approval.hours)
      : undefined;
  return { stored, items, askedAt: asked?.askedAt, approvesAt };
}
