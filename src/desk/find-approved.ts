import type { StoredIssue } from '../archive/issue-reader.ts';
import type { Verdict } from '../archive/verdicts.ts';
import type { Delivery, NewDelivery } from '../outbox/delivery.ts';
import { shortenId } from './act.ts';
import { hashWords } from './approval/hash-words.ts';
import { reviewIssue } from './approval/review-issue.ts';
import type { Desk } from './desk.ts';
import { findIn, listOwnItems } from './find-newest.ts';

/** What a delivery may say by now, and whether an editor lets it go out. */
export type Approved = {
  /**
   * Its item as the newest revision has it whose words may go out: where editors are asked, those
   * that they approved last, else its own. Undefined where it has no other words than its draft's.
   */
  readonly wanted?: NewDelivery | undefined;
  /** The newest revision, where its words are others than those, and wait for an editor. */
  readonly waiting?: number;
  /** The verdict of the editor who holds the item. */
  readonly holder?: Verdict;
  /** The newest revision has no such item, so that nobody can decide about it any more. */
  readonly isGone?: boolean;
};

type ApprovedDesk = Pick<
  Desk,
  'archive' | 'destinations' | 'format' | 'verdicts' | 'approval' | 'scheduled' | 'programme'
>;

/** Looks what of an item may go out in the place of a delivery that did not. */
export async function findApproved(desk: ApprovedDesk, delivery: Delivery): Promise<Approved> {
  const { issue, item, revision } = delivery;
  const stored = await desk.archive.read(issue);
  if (stored === undefined) return {};
  const { items, review } = await reviewIssue(desk, stored);
  const holder = await findHolder(desk, delivery);
  const found = items.find((one) => one.item === item);
  const known = { ...(holder === undefined ? {} : { holder }), isGone: found === undefined };
  const isAsked = desk.approval.kind !== 'never' && !stored.isSample && revision < stored.revision;
  if (!isAsked || found === undefined || found.standing === 'ready') {
    return { ...known, wanted: await findIn(stored, desk, delivery) };
  }
  const then = await readApproved(desk, delivery, stored, review.verdicts.get(item));
  const wanted = then && (await findIn(then, desk, delivery));
  const isWaiting = found.standing === 'waits' && hashIn(then, item) !== found.wordsHash;
  return { ...known, wanted, ...(isWaiting ? { waiting: stored.revision } : {}) };
}

/** The verdict of the editor who holds the item of a delivery. Nobody decides about a sample. */
export async function findHolder(
  { archive, verdicts }: Pick<Desk, 'archive' | 'verdicts'>,
  { issue, item, revision }: Pick<Delivery, 'issue' | 'item' | 'revision'>,
): Promise<Verdict | undefined> {
  const verdict = (await verdicts.read(issue)).verdicts.get(item);
  if (verdict?.verdict !== 'held') return undefined;
  return (await archive.isSampleRevision(issue, revision)) ? undefined : verdict;
}

/** The delivery's own revision, unless a newer one has the words that were approved last. */
async function readApproved(
  { archive }: Pick<Desk, 'archive'>,
  { issue, item, revision }: Delivery,
  newest: StoredIssue,
  verdict: Verdict | undefined,
): Promise<StoredIssue | undefined> {
  const own = await archive.readRevision(issue, revision);
  // A feed that counts likes makes a revision an hour: they are read only where they have to be.
  if (verdict?.verdict !== 'approved' || hashIn(own, item) === verdict.wordsHash) return own;
  for (let older = newest.revision - 1; older > revision; older -= 1) {
    const stored = await archive.readRevision(issue, older);
    if (stored?.isSample === false && hashIn(stored, item) === verdict.wordsHash) return stored;
  }
  return own;
}

function hashIn(stored: StoredIssue | undefined, item: string): string | undefined {
  const of = stored && listOwnItems(stored).get(item);
  return of && hashWords(of);
}

/** What is said where a delivery goes out in older words than the newest, after "is in line again". */
export function tellWords({ revision }: Pick<Delivery, 'revision'>, { waiting }: Approved): string {
  if (waiting === undefined || waiting <= revision) return '';
  return `, in the words of revision ${revision}: those of revision ${waiting} wait for an editor`;
}

/** What is said of a delivery that does not go out for an editor's sake. */
export function tellKept(holder: Verdict | undefined): string {
  return `is held until it is released, as ${holder?.actor ?? 'an editor'} holds it`;
}

/** The command that lets go what is held: with its item, where that can still be decided about. */
export function nameRelease(delivery: Delivery, { isGone }: Approved): string {
  return isGone ? `paperboy release ${shortenId(delivery.id)}` : nameDecision('release', delivery);
}

/** The command that decides about the item of a delivery, at every destination. */
export function nameDecision(
  verb: 'approve' | 'release',
  { issue, item }: Pick<Delivery, 'issue' | 'item'>,
): string {
  return `paperboy ${verb} ${issue} --${item.replace('/', ' ')}`;
}
