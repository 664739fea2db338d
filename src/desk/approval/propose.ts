import type { Proposal } from '../../archive/proposals.ts';
import type { Desk } from '../desk.ts';
import { listOwnItems } from '../find-newest.ts';
import { listPlanned, type PlannedIssue } from '../plan/list-planned.ts';
import { hashWords } from './hash-words.ts';
import type { Approval } from './judge-item.ts';
import type { ReviewedItem } from './review-issue.ts';

type ProposeDesk = Pick<Desk, 'archive' | 'verdicts' | 'approval' | 'clock'>;

/** An issue that editors are to be told of, or have been. */
export type Proposed = { readonly issue: PlannedIssue; readonly proposal: Proposal };

/**
 * Notes for each issue of the plan that editors are to be asked about it: once, and again where a
 * revision has words that wait and that they were not asked about, or where the setting is another
 * than the one they were asked under. A feed that counts likes brings a revision every hour; its
 * words are the same, and so is the question. Without a channel to ask in they are asked by that, and
 * find it in `status`, also where a channel that is gone has never told them; with one they are from
 * when its message says so. Gives all that they are being asked, or told, the newest first.
 */
export async function propose(desk: ProposeDesk, hasChannel: boolean): Promise<Proposed[]> {
  const rule = tellRule(desk.approval);
  const proposed: Proposed[] = [];
  for (const issue of await listPlanned(desk)) {
    const { stored, review, items } = issue;
    // Of an old issue nobody is asked: an editor has asked for it.
    if (stored.isSample || issue.isAsked) continue;
    const known = review.proposal;
    const isWaiting = items.some(({ standing }) => standing === 'waits');
    const { number } = stored.issue;
    const isUntold = !hasChannel && isWaiting && known?.askedAt === undefined;
    if (known !== undefined && known.rule === rule && !isUntold) {
      const isNewer = stored.revision > known.revision;
      if (!isWaiting || !isNewer || (await isAsked(desk, known, items))) {
        const isRaised = isNewer && known.askedAt !== undefined;
        if (isRaised) await desk.verdicts.raiseProposal(number, known.revision, stored.revision);
        const proposal = isRaised ? { ...known, revision: stored.revision } : known;
        proposed.push({ issue, proposal });
        continue;
      }
    }
    // Where nothing waits the rule alone is noted, so that the one before does not hold again.
    const askedAt = hasChannel ? undefined : desk.clock.now();
    const wanted =
      known === undefined || isWaiting
        ? { issue: number, revision: stored.revision, rule, askedAt }
        : { ...known, rule };
    await desk.verdicts.ask(wanted);
    // The message about what was asked before, until another one takes its place.
    proposed.push({
      issue,
      proposal: { ...wanted, message: known?.message, shownHash: undefined },
    });
  }
  return proposed;
}

/** The setting by a name of its own: "always", "12h". */
export function tellRule(approval: Approval): string {
  return approval.kind === 'after' ? `${approval.hours}h` : approval.kind;
}

/** Whether all that waits was in the revision that editors were asked about, word by word. */
async function isAsked(
  { archive }: Pick<Desk, 'archive'>,
  { issue, revision, askedAt }: Proposal,
  items: readonly ReviewedItem[],
): Promise<boolean> {
  const asked = askedAt === undefined ? undefined : await archive.readRevision(issue, revision);
  if (asked === undefined) return false;
  const words = listOwnItems(asked);
  return items
    .filter(({ standing }) => standing === 'waits')
    .every(({ item, wordsHash }) => {
      const then = words.get(item);
      return then !== undefined && hashWords(then) === wordsHash;
    });
}
