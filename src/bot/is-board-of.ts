import type { APIMessage } from 'discord-api-types/v10';
import { readMark } from '../../commands/editors/parts/view-state.ts';
import { readCustomId } from '../../commands/parts/custom-id.ts';
import type { Proposal } from '../archive/proposals.ts';
import { isGone } from '../publishers/discord-errors.ts';
import type { DiscordRest } from '../publishers/discord-rest.ts';

/** Whether a message that is written down stands there, and asks about this revision or a newer one. */
export async function isBoardOf(
  rest: Pick<DiscordRest, 'get'>,
  { channelId, id }: NonNullable<Proposal['message']>,
  { issue, revision }: Pick<Proposal, 'issue' | 'revision'>,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    const message = await rest.get<APIMessage>(`/channels/${channelId}/messages/${id}`, signal);
    return tellsOf(message, issue, revision);
  } catch (error) {
    if (isGone(error)) return false;
    throw error;
  }
}

/** The same of a message that was read: its buttons name the issue and a revision. */
export function tellsOf({ components = [] }: APIMessage, issue: number, revision: number): boolean {
  const ids = components.flatMap((row) =>
    'components' in row
      ? row.components.flatMap((one) => ('custom_id' in one ? [one.custom_id] : []))
      : [],
  );
  return ids.some((id) => {
    const read = readCustomId(id);
    if (read?.command !== 'approve' || !read.state.startsWith('a')) return false;
    const mark = readMark(read.state.slice(1));
    return mark?.issue === issue && mark.revision >= revision;
  });
}
