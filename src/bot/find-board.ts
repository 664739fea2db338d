import type { APIMessage } from 'discord-api-types/v10';
import { readMark } from '../../commands/editors/parts/view-state.ts';
import { readCustomId } from '../../commands/parts/custom-id.ts';
import type { Proposal } from '../archive/verdicts.ts';
import type { DiscordRest } from '../publishers/discord-rest.ts';

const PAGE = 100;
const MOST_PAGES = 10;
/** This machine’s clock and Discord’s may differ by as much. */
const CLOCK_SKEW_MS = 26 * 60 * 60 * 1000;
const REQUEST_MS = 30_000;

/**
 * The bot’s own message about an issue that was sent, and of which nothing is written down: known by
 * its buttons, which name the issue and a revision. Looked for back to when the issue was imported.
 */
export async function findBoard(
  rest: Pick<DiscordRest, 'get' | 'readBotId'>,
  channelId: string,
  { issue, revision }: Pick<Proposal, 'issue' | 'revision'>,
  since: Date,
  not: Proposal['message'],
): Promise<APIMessage | undefined> {
  const botId = await rest.readBotId(AbortSignal.timeout(REQUEST_MS));
  let before = '';
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const path = `/channels/${channelId}/messages` as const;
    const query = `limit=${PAGE}${before}`;
    const listed = await rest.get<APIMessage[]>(path, AbortSignal.timeout(REQUEST_MS), query);
    const found = listed.find(
      (one) => one.author.id === botId && one.id !== not?.id && isAbout(one, issue, revision),
    );
    const oldest = listed.at(-1);
    if (found !== undefined || oldest === undefined || listed.length < PAGE) return found;
    if (Date.parse(oldest.timestamp) < since.getTime() - CLOCK_SKEW_MS) return undefined;
    before = `&before=${oldest.id}`;
  }
  return undefined;
}

function isAbout({ components = [] }: APIMessage, issue: number, revision: number): boolean {
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
