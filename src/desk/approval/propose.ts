import type { Proposal } from '../../archive/verdicts.ts';
import type { Desk } from '../desk.ts';
import { listPlanned, type PlannedIssue } from '../plan/list-planned.ts';

type ProposeDesk = Pick<Desk, 'archive' | 'verdicts' | 'approval' | 'clock'>;

/** An issue that editors are to be told of, or have been. */
export type Proposed = { readonly issue: PlannedIssue; readonly proposal: Proposal };

/**
 * Notes for each issue of the plan that editors are to be asked about it: once, and again where a
 * revision has words that nobody has approved. Without a channel to ask in they are asked by that,
 * and find it in `status`. Gives all that they are being asked, or told, the newest first.
 */
export async function propose(desk: ProposeDesk, hasChannel: boolean): Promise<Proposed[]> {
  const proposed: Proposed[] = [];
  for (const issue of await listPlanned(desk)) {
    const { stored, review, items } = issue;
    // Of an old issue nobody is asked: an editor has asked for it.
    if (stored.isSample || issue.isAsked) continue;
    const known = review.proposal;
    const isWaiting = items.some(({ standing }) => standing === 'waits');
    if (known !== undefined && (known.revision >= stored.revision || !isWaiting)) {
      proposed.push({ issue, proposal: known });
      continue;
    }
    const proposal = {
      issue: stored.issue.number,
      revision: stored.revision,
      askedAt: hasChannel ? undefined : desk.clock.now(),
      // The message about the words before, until another one takes its place.
      message: known?.message,
      shownHash: undefined,
    };
    await desk.verdicts.saveProposal(proposal);
    proposed.push({ issue, proposal });
  }
  return proposed;
}
