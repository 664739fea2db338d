import { makeBoardBody } from '../../commands/editors/parts/board-body.ts';
import { openIssue } from '../../commands/editors/parts/open-draft.ts';
import { readBoard } from '../../commands/editors/parts/read-board.ts';
import { type Plan, readPlan } from '../desk/plan/read-plan.ts';
import { describeError } from '../kit/errors.ts';
import { type AnnounceTools, hashBody, isLeft, KEPT_MS } from './announce-proposals.ts';
import { editBoard } from './edit-board.ts';

const DEADLINE_MS = 15_000;

/**
 * Shows at once in the editors’ channel what one of them has just done. It sends nothing new and
 * asks nobody: whichever process does it, the one that announces finds the messages its own, and
 * sets right at its next turn what went wrong here. The first failure ends it, and so does time.
 */
export async function refreshBoards({ rest, desk, log }: AnnounceTools): Promise<void> {
  const since = new Date(desk.clock.now().getTime() - KEPT_MS);
  const signal = AbortSignal.timeout(DEADLINE_MS);
  // The same for all of them, and the most to work out: it is drawn once, where anything is shown.
  let plan: Plan | undefined;
  for (const proposal of await desk.verdicts.listProposals(since)) {
    const { message, askedAt, issue } = proposal;
    if (message === undefined || askedAt === undefined || isLeft(proposal)) continue;
    const reviewed = await openIssue(desk, { issue });
    if (reviewed === undefined) continue;
    // A message of its own is about to ask about these words.
    const isNewer = reviewed.stored.revision > proposal.revision;
    if (isNewer && reviewed.items.some(({ standing }) => standing === 'waits')) continue;
    plan ??= await readPlan(desk);
    const body = makeBoardBody(desk, await readBoard(desk, reviewed, plan), proposal);
    const shownHash = hashBody(body, 'open');
    if (shownHash === proposal.shownHash) continue;
    const tools = { rest, verdicts: desk.verdicts };
    try {
      await editBoard(tools, { ...proposal, message }, body, shownHash, signal);
    } catch (error) {
      log.warn({ issue, reason: describeError(error) }, 'proposal.unsent');
      return;
    }
  }
}
