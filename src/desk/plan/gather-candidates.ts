import type { Item } from '../../../formatters/item.ts';
import type { StoredIssue } from '../../archive/issue-reader.ts';
import type { Delivery } from '../../outbox/delivery.ts';
import { OPEN_STATES } from '../../outbox/transitions.ts';
import { countPostAt } from '../../schedule/count-post-at.ts';
import { ON_TIME_MS } from '../../schedule/judge-slots.ts';
import type { Candidate, Lane, PlaceState } from '../../schedule/programme.ts';
import { foretellSilence } from '../approval/approve-silent.ts';
import type { Desk, Destination } from '../desk.ts';
import { findAllPosted } from '../find-posted.ts';
import type { PlannedIssue } from './list-planned.ts';

/** What the clock may post at a destination, with all that is needed to queue it. */
export type PlanCandidate = Candidate & {
  readonly stored: StoredIssue;
  readonly of: Item;
  /** The words that an editor has to have approved, by their hash; undefined where none is asked. */
  readonly approvedHash: string | undefined;
};

/** The first issue that is for a lane of a destination. */
export type SinceIssue = Readonly<Record<Lane, number>>;

/** What a destination may get by the clock, and what it got. */
export type Gathered = {
  readonly candidates: readonly PlanCandidate[];
  readonly state: Omit<PlaceState, 'open'>;
  /**
   * What was due a while ago has not gone out: the platform is down, or takes nothing until a person
   * has acted. More of it would come in a burst.
   */
  readonly isBehind: boolean;
};

/**
 * The items that a destination has not got, of issues that are for it: of each lane from its number
 * in `sinceIssue` on, or asked for by an editor. What an editor holds is not among them.
 */
export async function gatherCandidates(
  desk: Pick<Desk, 'outbox' | 'archive' | 'clock' | 'approval'>,
  issues: readonly PlannedIssue[],
  destination: Destination,
  sinceIssue: SinceIssue,
): Promise<Gathered> {
  const now = desk.clock.now();
  const candidates: PlanCandidate[] = [];
  const got: Delivery[] = [];
  const own = issues.filter(({ stored }) => !(stored.isSample && destination.isLive));
  const all = await findAllPosted(
    desk,
    own.map(({ stored }) => stored),
    destination,
  );
  for (const [index, { stored, review, items, isAsked }] of own.entries()) {
    const { number } = stored.issue;
    const posted = all[index] ?? new Map<string, Delivery>();
    got.push(...posted.values());
    const silenceEnd = foretellSilence(desk.approval, { stored, review }, now);
    const isApprovalAsked = isAsked || (desk.approval.kind !== 'never' && !stored.isSample);
    for (const { standing, wordsHash, ...one } of items) {
      if (number < sinceIssue[one.lane] && !isAsked) continue;
      if (standing === 'held' || posted.has(one.item)) continue;
      // Of an old issue only that which an editor asked for.
      if (isAsked && review.verdicts.get(one.item)?.wordsHash !== wordsHash) continue;
      const approvedHash = isApprovalAsked ? wordsHash : undefined;
      const isReady = standing === 'ready';
      const readyAt = isReady || isAsked ? undefined : silenceEnd;
      candidates.push({ ...one, issue: number, isReady, readyAt, stored, approvedHash });
    }
  }
  const line = await desk.outbox.list({ destination: destination.key, states: OPEN_STATES });
  // Of any issue: somebody may have posted an old one. An edit is no post.
  const waiting = line.filter((one) => one.task === 'publish' && one.replaces?.how !== 'edit');
  const last = await desk.outbox.list({ destination: destination.key, states: ['sent'], most: 1 });
  const isBehind = waiting.some(({ dueAt }) => now.getTime() - dueAt.getTime() > ON_TIME_MS);
  return { candidates, state: tellState(got, [...waiting, ...last], now), isBehind };
}

/** What was posted, or is on its way: of the plan's issues, and of any. */
function tellState(
  all: readonly Delivery[],
  any: readonly Delivery[],
  now: Date,
): Gathered['state'] {
  const went = all.filter(({ state }) => !['cancelled', 'held', 'refused'].includes(state));
  const lastIssue: { [L in Lane]?: number } = {};
  for (const { item, issue } of went) {
    const lane = laneOf(item);
    if (lane !== undefined) lastIssue[lane] = Math.max(lastIssue[lane] ?? 0, issue);
  }
  const countedMs = [...went, ...any]
    .filter(({ dueAt }) => dueAt <= now)
    .map(({ dueAt, settledAt, state }) => {
      const sentAt = state === 'sent' ? settledAt : undefined;
      return countPostAt({ dueAt, sentAt }, now).getTime();
    });
  const papers = went.filter(({ item }) => laneOf(item) === 'papers');
  const lastPaper = papers.sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime()).at(-1);
  return {
    lastPostAt: countedMs.length === 0 ? undefined : new Date(Math.max(...countedMs)),
    coming: any
      .filter(({ dueAt, state }) => dueAt > now && state !== 'sent')
      .map(({ dueAt }) => dueAt),
    lastIssue,
    lastPaperIssue: lastPaper?.issue,
  };
}

function laneOf(item: string): Lane | undefined {
  if (item.startsWith('paper/')) return 'papers';
  return item === 'digest' || item === 'news' ? item : undefined;
}
