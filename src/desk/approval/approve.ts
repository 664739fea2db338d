import type { StoredIssue } from '../../archive/issue-reader.ts';
import type { Decider, SeenVerdict, Verdict } from '../../archive/verdicts.ts';
import { PaperboyError } from '../../kit/errors.ts';
import type { Desk } from '../desk.ts';
import { findIssue, findPapers } from '../find-issue.ts';
import { makeIssueChanged } from '../issue-changed.ts';
import { type ReviseDesk, type Revised, reviseWaiting } from '../revise.ts';
import { openIfDecided } from './open-decided.ts';
import { type ReviewedIssue, type ReviewedItem, reviewIssue } from './review-issue.ts';

/** What approving works with. */
export type ApprovalDesk = ReviseDesk &
  Pick<Desk, 'archive' | 'actor'> &
  Partial<Pick<Desk, 'scheduled' | 'programme'>>;

/** Which items of an issue are meant; all of them where nothing is named. */
export type Which = {
  /** Keys: "paper/⟨slug⟩", "digest", "news". */
  readonly items?: readonly string[];
  /** A slug, or words of a slug or title. */
  readonly paper?: string;
  readonly digest?: 'issue' | 'news';
};

/** What a verdict has changed, and how the issue stands then. */
export type Decided = ReviewedIssue & {
  /** The items whose verdict is another now. */
  readonly changed: readonly ReviewedItem[];
  /** The others that were meant, each with the verdict that somebody had given it, and when. */
  readonly before: readonly {
    readonly item: ReviewedItem;
    readonly verdict: Verdict | undefined;
  }[];
  /** What waited for this in the ledger, and has the new words now. */
  readonly revised: readonly Revised[];
};

/**
 * Approves items of an issue, by default all that wait: not what somebody holds, unless it is named.
 * The clock may post them then, and once nothing waits readers may see the issue. Of two editors who
 * decide about the same at once the first has done it, and the other is told in `before`. Throws what `findIssue` and `findPapers` throw,
 * `item.not-found`, and `issue.changed`.
 */
export async function approve(
  desk: ApprovalDesk,
  reference: string,
  which: Which = {},
  seen?: Seen,
): Promise<Decided> {
  return decide(desk, reference, which, 'approved', seen);
}

/** Gives items a verdict, and lets what follows from it happen. */
export async function decide(
  desk: ApprovalDesk,
  reference: string,
  which: Which,
  verdict: Verdict['verdict'],
  seen?: Seen,
): Promise<Decided> {
  const stored = await findReal(desk, reference);
  checkSeen(stored, seen);
  const { items } = await reviewIssue(desk, stored);
  const isAll = verdict === 'approved' && !isNarrow(which);
  const meant = pickItems({ stored, items }, which).filter(
    ({ standing }) => !isAll || standing !== 'held',
  );
  const changed = await desk.verdicts.decide(
    stored.issue.number,
    meant.map(({ item, wordsHash }) => ({ item, wordsHash })),
    verdict,
    makeDecider(desk),
    // What somebody begins to hold at this moment was not meant either.
    isAll ? 'none' : seen?.verdict,
  );
  const after = await reviewIssue(desk, stored);
  if (verdict === 'approved') await openIfDecided(desk, after);
  const keys = new Set(changed.map(({ item }) => item));
  return {
    ...after,
    changed: after.items.filter(({ item }) => keys.has(item)),
    before: meant
      .filter(({ item }) => !keys.has(item))
      // Read again: another editor may have decided at the same moment.
      .map((item) => ({ item, verdict: after.review.verdicts.get(item.item) })),
    revised: verdict === 'approved' ? await reviseWaiting(desk, stored) : [],
  };
}

/** What an editor had before them when they decided. */
export type Seen = {
  readonly revision: number;
  /** Of each item that is named. What is another by then is not changed; undefined: whatever it is. */
  readonly verdict?: SeenVerdict;
};

/** Throws `issue.changed` where an editor decides about words that are others by now. */
export function checkSeen({ issue, revision }: StoredIssue, seen: Seen | undefined): void {
  if (seen === undefined || seen.revision === revision) return;
  throw makeIssueChanged(issue.number, seen.revision, revision);
}

/** The issue of a reference. Throws `sample.not-decided` for one that comes with Paperboy. */
export async function findReal(
  desk: Pick<Desk, 'archive'>,
  reference: string,
): Promise<StoredIssue> {
  const stored = await findIssue(desk, reference);
  if (!stored.isSample) return stored;
  throw new PaperboyError(
    'sample.not-decided',
    `Cannot decide about issue #${stored.issue.number} as it is a sample that comes with Paperboy`,
    'Import an issue of your own.',
  );
}

/** The items that are named. Throws `item.not-found`. */
export function pickItems(
  { stored, items }: Pick<ReviewedIssue, 'stored' | 'items'>,
  which: Which,
): readonly ReviewedItem[] {
  if (!isNarrow(which)) return items;
  const keys = new Set(which.items);
  if (which.paper !== undefined) {
    for (const { paper } of findPapers(stored, which.paper)) keys.add(`paper/${paper.slug}`);
  }
  if (which.digest !== undefined) keys.add(which.digest === 'issue' ? 'digest' : 'news');
  const found = items.filter(({ item }) => keys.has(item));
  if (found.length === keys.size) return found;
  const missing = [...keys].find((key) => !items.some(({ item }) => item === key));
  throw new PaperboyError(
    'item.not-found',
    `Cannot find “${missing}” as issue #${stored.issue.number} has nothing of that name`,
    `Name one of: ${items.map(({ item }) => item.replace('paper/', '')).join(', ')}`,
  );
}

/** Who decides, now. */
export function makeDecider({ actor, clock }: Pick<Desk, 'actor' | 'clock'>): Decider {
  return { actor, now: clock.now() };
}

function isNarrow({ items, paper, digest }: Which): boolean {
  return items !== undefined || paper !== undefined || digest !== undefined;
}
