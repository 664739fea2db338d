import type { Verdict } from '../../archive/verdicts.ts';
import type { Desk } from '../desk.ts';
import { findIssue } from '../find-issue.ts';
import { pickItems, type Seen, type Which } from './approve.ts';
import { type ReviewDesk, reviewIssue } from './review-issue.ts';

/** One item of an issue as it stands at this moment. */
export type Look = {
  /** For the verbs of editors, which then change nothing that was not seen. */
  readonly seen: Required<Seen>;
  /** Set where somebody holds it. */
  readonly hold: Verdict | undefined;
};

/**
 * Looks at the item that somebody names, so that it can be said who holds it, and so that nothing
 * is decided over what another editor does at this moment. Throws what `findIssue` and `pickItems`
 * throw.
 */
export async function lookAt(
  desk: ReviewDesk & Pick<Desk, 'archive'>,
  reference: string,
  which: Which,
): Promise<Look> {
  const reviewed = await reviewIssue(desk, await findIssue(desk, reference));
  const [item] = pickItems(reviewed, which);
  const known = item && reviewed.review.verdicts.get(item.item);
  const { revision } = reviewed.stored;
  if (known?.verdict === 'held') return { seen: { revision, verdict: 'held' }, hold: known };
  // An approval of other words is none.
  const isApproved = known !== undefined && known.wordsHash === item?.wordsHash;
  return { seen: { revision, verdict: isApproved ? 'approved' : 'none' }, hold: undefined };
}
