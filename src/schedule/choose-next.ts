import { comparePapers } from './compare-papers.ts';
import type { Candidate, Lane, PlaceState, Programme } from './programme.ts';

/** What decides between candidates. */
export type Choice = Pick<Programme, 'order' | 'rest'>;

/** What was posted before, as far as it decides between candidates. */
export type Posted = Pick<PlaceState, 'lastIssue' | 'lastPaperIssue'>;

/**
 * The candidate that a lane posts next, whatever `isReady` says: pass those that may be taken.
 * Undefined when the lane has none, or only what an older issue left and the programme drops.
 */
export function chooseNext<C extends Candidate>(
  choice: Choice,
  posted: Posted,
  lane: Lane,
  candidates: readonly C[],
): C | undefined {
  const own = candidates.filter((candidate) => candidate.lane === lane);
  const issue = chooseIssue(choice, posted, lane, new Set(own.map((one) => one.issue)));
  return own
    .filter((candidate) => candidate.issue === issue)
    .reduce<C | undefined>(
      (best, one) =>
        best === undefined || comparePapers(choice.order, one, best) < 0 ? one : best,
      undefined,
    );
}

function chooseIssue(
  { rest }: Choice,
  { lastIssue, lastPaperIssue }: Posted,
  lane: Lane,
  issues: ReadonlySet<number>,
): number | undefined {
  if (issues.size === 0) return undefined;
  const newest = Math.max(...issues);
  if (rest === 'drop') return newest < (lastIssue[lane] ?? newest) ? undefined : newest;
  if (rest === 'queue' || lane !== 'papers') return Math.min(...issues);
  const older = [...issues].filter((issue) => issue < (lastPaperIssue ?? Number.NEGATIVE_INFINITY));
  return older.length === 0 ? newest : Math.max(...older);
}
