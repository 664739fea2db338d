import type { Proposed } from '../desk/approval/propose.ts';
import {
  type AnnounceProblem,
  type AnnounceTools,
  announceProposals,
} from './announce-proposals.ts';

/** Asks the editors, again and again, and knows why they cannot be asked. */
export type Announcer = {
  announce(proposed: readonly Proposed[]): Promise<void>;
  /** Undefined as long as the channel takes messages, as far as is known. */
  problem(): AnnounceProblem | undefined;
};

/** Announces one call after the other; what keeps the channel closed is logged once, and not each minute. */
export function makeAnnouncer(open: () => Promise<AnnounceTools>): Announcer {
  let problem: AnnounceProblem | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const announce = async (proposed: readonly Proposed[]): Promise<void> => {
    const tools = await open();
    const found = await announceProposals(tools, proposed);
    if (found !== undefined && found.reason !== problem?.reason) {
      tools.log.error({ reason: `${found.reason}. ${found.remedy}` }, 'proposal.refused');
    }
    problem = found;
  };
  return {
    announce: (proposed) => {
      const next = last.then(() => announce(proposed));
      last = next.catch(() => {});
      return next;
    },
    problem: () => problem,
  };
}
