import type { Proposed } from '../desk/approval/propose.ts';
import type { Clock } from '../kit/clock.ts';
import {
  type AnnounceProblem,
  type AnnounceTools,
  announceProposals,
} from './announce-proposals.ts';
import { refreshBoards } from './refresh-boards.ts';

/** Asks the editors, again and again, and knows why they cannot be asked. */
export type Announcer = {
  announce(proposed: readonly Proposed[]): Promise<void>;
  /** Shows what an editor has done soon; called often, it is done once. */
  refresh(): void;
  /** Undefined as long as the channel takes messages, as far as is known. */
  problem(): AnnounceProblem | undefined;
};

/** Several presses in a row are shown together, and an answer comes first. */
const SOON_MS = 1_000;

/** Announces one call after the other; what keeps the channel closed is logged once, and not each minute. */
export function makeAnnouncer(
  open: () => Promise<AnnounceTools>,
  clock: Pick<Clock, 'sleep'>,
): Announcer {
  let problem: AnnounceProblem | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let isRefreshing = false;
  const announce = async (proposed: readonly Proposed[]): Promise<void> => {
    const tools = await open();
    const found = await announceProposals(tools, proposed);
    if (found !== undefined && found.reason !== problem?.reason) {
      tools.log.error({ reason: `${found.reason}. ${found.remedy}` }, 'proposal.refused');
    }
    problem = found;
  };
  const refresh = async (): Promise<void> => {
    await clock.sleep(SOON_MS);
    isRefreshing = false;
    const tools = await open();
    last = last.then(() => refreshBoards(tools)).catch(() => {});
    await last;
  };
  return {
    refresh: () => {
      if (isRefreshing) return;
      isRefreshing = true;
      // What fails here is made good by the next announcement.
      refresh().catch(() => {});
    },
    announce: (proposed) => {
      const next = last.then(() => announce(proposed));
      last = next.catch(() => {});
      return next;
    },
    problem: () => problem,
  };
}
