import { type ApprovalDesk, approve } from './approve.ts';
import type { Approval } from './judge-item.ts';
import { type Proposed, tellRule } from './propose.ts';
import type { ReviewedIssue } from './review-issue.ts';

const HOUR_MS = 60 * 60 * 1000;

/**
 * Approves what editors were asked about and have left alone for as long as the settings say. Their
 * last word counts, whatever it was about; nothing is approved that nobody was asked about. Gives
 * the numbers of the issues.
 */
export async function approveSilent(
  desk: ApprovalDesk,
  proposed: readonly Proposed[],
): Promise<number[]> {
  if (desk.approval.kind !== 'after') return [];
  const { hours } = desk.approval;
  const by = { ...desk, actor: `${hours} ${hours === 1 ? 'hour' : 'hours'} of silence` };
  const approved: number[] = [];
  for (const { issue, proposal } of proposed) {
    const { stored, items } = issue;
    const { number } = stored.issue;
    const at = tellSilenceEnd(issue, proposal, hours);
    if (at === undefined || at > desk.clock.now()) continue;
    if (!isAboutNow(desk.approval, stored, proposal)) continue;
    if (items.every(({ standing }) => standing !== 'waits')) continue;
    // Nothing by name: what somebody begins to hold at this moment stays so.
    const { changed } = await approve(by, String(number), {}, { revision: stored.revision });
    if (changed.length > 0) approved.push(number);
  }
  return approved;
}

/**
 * When what waits of an issue is approved by itself, if nobody does anything and editors who were not
 * asked yet are asked now; undefined where that never is.
 */
export function foretellSilence(
  approval: Approval,
  { stored, review }: Pick<ReviewedIssue, 'stored' | 'review'>,
  now: Date,
): Date | undefined {
  if (approval.kind !== 'after' || stored.isSample) return undefined;
  const { proposal } = review;
  const isAsked = proposal !== undefined && isAboutNow(approval, stored, proposal);
  const asked = { askedAt: (isAsked ? proposal.askedAt : undefined) ?? now };
  return tellSilenceEnd({ review }, asked, approval.hours);
}

/** Whether editors were asked about the words as they are, and under the setting as it is. */
function isAboutNow(
  approval: Approval,
  { revision }: Pick<ReviewedIssue['stored'], 'revision'>,
  proposal: Pick<Proposed['proposal'], 'revision' | 'rule'>,
): boolean {
  return proposal.revision === revision && proposal.rule === tellRule(approval);
}

/** When an issue approves itself if nobody does anything; undefined while nobody was asked. */
export function tellSilenceEnd(
  { review }: Pick<Proposed['issue'], 'review'>,
  { askedAt }: Pick<Proposed['proposal'], 'askedAt'>,
  hours: number,
): Date | undefined {
  if (askedAt === undefined) return undefined;
  const lastMs = review.decisions.at(-1)?.at.getTime() ?? 0;
  return new Date(Math.max(askedAt.getTime(), lastMs) + hours * HOUR_MS);
}
