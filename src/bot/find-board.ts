import type { APIMessage } from 'discord-api-types/v10';
import type { Proposal } from '../archive/proposals.ts';
import type { DiscordRest } from '../publishers/discord-rest.ts';
import { tellsOf } from './is-board-of.ts';

const PAGE = 100;
const MOST_PAGES = 10;
/** This machine’s clock and Discord’s may differ by as much. */
const CLOCK_SKEW_MS = 26 * 60 * 60 * 1000;

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
  signal: AbortSignal,
): Promise<APIMessage | undefined> {
  const botId = await rest.readBotId(signal);
  let before = '';
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const path = `/channels/${channelId}/messages` as const;
    const query = `limit=${PAGE}${before}`;
    const listed = await rest.get<APIMessage[]>(path, signal, query);
    const found = listed.find(
      (one) => one.author.id === botId && one.id !== not?.id && tellsOf(one, issue, revision),
    );
    const oldest = listed.at(-1);
    if (found !== undefined || oldest === undefined || listed.length < PAGE) return found;
    if (Date.parse(oldest.timestamp) < since.getTime() - CLOCK_SKEW_MS) return undefined;
    before = `&before=${oldest.id}`;
  }
  return undefined;
}
