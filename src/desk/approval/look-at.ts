import type { Verdict } from '../../archive/verdicts.ts';
import type { Desk } from '../desk.ts';
import { findIssue } from '../find-issue.ts';
import { pickItems, type Seen, type Which } from './approve.ts';
import { type ReviewDesk, reviewIssue } from './review-issue.ts';
import { tellSeen } from './tell-seen.ts';

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
  const { revision } = reviewed.stored;
  if (item === undefined) return { seen: { revision, verdict: 'none' }, hold: undefined };
  const seen = tellSeen(reviewed, item);
  const hold = seen.verdict === 'held' ? reviewed.review.verdicts.get(item.item) : undefined;
  return { seen, hold };
}
