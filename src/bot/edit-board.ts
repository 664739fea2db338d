import type { ReplyBody } from '../../commands/parts/reply.ts';
import type { ToldProposal } from '../archive/proposals.ts';
import type { Verdicts } from '../archive/verdicts.ts';
import { isUnknownMessage } from '../publishers/discord-errors.ts';
import type { DiscordRest } from '../publishers/discord-rest.ts';

/** What is noted of a message that somebody has deleted: it is left so. */
export const DELETED = 'deleted';

type EditTools = {
  readonly rest: Pick<DiscordRest, 'patch'>;
  readonly verdicts: Pick<Verdicts, 'beginEdit' | 'endEdit'>;
};

/**
 * Edits a message about an issue, and notes what it tells. Any process may do so at any time: what
 * was noted is forgotten first, so that after a kill, a lost answer or two edits at once nobody
 * believes to know it, and the next turn edits it anew. Gives what became of it; "left" where
 * editors are asked otherwise by now. Throws what `rest` throws.
 */
export async function editBoard(
  { rest, verdicts }: EditTools,
  proposal: ToldProposal,
  body: ReplyBody,
  shownHash: string,
  signal: AbortSignal,
): Promise<'edited' | 'deleted' | 'left'> {
  if (!(await verdicts.beginEdit(proposal))) return 'left';
  const isThere = await patchBoard(rest, proposal.message, body, signal);
  await verdicts.endEdit(proposal, isThere ? shownHash : DELETED);
  return isThere ? 'edited' : 'deleted';
}

/** Edits a message, and notes nothing. False where somebody has deleted it. */
export async function patchBoard(
  rest: Pick<DiscordRest, 'patch'>,
  { channelId, id }: ToldProposal['message'],
  body: ReplyBody,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    await rest.patch(`/channels/${channelId}/messages/${id}`, body, signal);
    return true;
  } catch (error) {
    if (!isUnknownMessage(error)) throw error;
    return false;
  }
}
