import type { APIMessage } from 'discord-api-types/v10';
import { findMarker, type Markers } from './discord-marker.ts';
import type { DiscordRest } from './discord-rest.ts';
import { snowflakeAt } from './discord-snowflake.ts';

const PAGE = 100;
/** How much is read at most: this many pages. */
const MOST_PAGES = 30;
/** This machine's clock and Discord's may differ by as much. */
const CLOCK_SKEW_MS = 26 * 60 * 60 * 1000;

/** The messages of a delivery that were seen in one channel or thread. */
export type Sighting = {
  /** The thread of a forum. */
  readonly threadId?: string;
  /** By their places in the draft; a hole where none was seen. */
  readonly messages: readonly (APIMessage | undefined)[];
  /** Every message of the delivery, one posted twice too. */
  readonly all: readonly APIMessage[];
};

/** Where to look for what, and how. */
export type Search = {
  readonly markers: Markers;
  readonly botId: string;
  /** Reads on when every message was seen, as one may be there twice. */
  readonly isThorough: boolean;
};

/** Nothing older than this can be the delivery's. In milliseconds since 1970. */
export function floorOf({ stampedAt }: { readonly stampedAt: Date }): number {
  return stampedAt.getTime() - CLOCK_SKEW_MS;
}

/**
 * A delivery's messages in a channel, read from the newest back; in a thread of a forum, where they
 * stand at the beginning, from there on. A text says why nobody can tell. Rejects as the REST calls do.
 */
export async function findMessages(
  rest: DiscordRest,
  channelId: string,
  threadId: string | undefined,
  { markers, botId, isThorough }: Search,
  signal: AbortSignal,
): Promise<Sighting | string> {
  const messages: (APIMessage | undefined)[] = markers.footers.map(() => undefined);
  const all: APIMessage[] = [];
  const sighting = { ...(threadId === undefined ? {} : { threadId }), messages, all };
  const floor = floorOf(markers);
  let point = threadId === undefined ? '' : `&after=${startOf(threadId, floor)}`;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const path = `/channels/${threadId ?? channelId}/messages` as const;
    const listed = await rest.get<APIMessage[]>(path, signal, `limit=${PAGE}${point}`);
    for (const message of listed) {
      const index = message.author.id === botId ? findMarker(message, markers) : -1;
      if (index < 0) continue;
      messages[index] ??= message;
      all.push(message);
    }
    const [newest] = listed;
    const oldest = listed.at(-1);
    const isDone = !isThorough && messages.every((message) => message !== undefined);
    if (isDone || newest === undefined || oldest === undefined || listed.length < PAGE) {
      return sighting;
    }
    if (threadId === undefined && Date.parse(oldest.timestamp) < floor) return sighting;
    point = threadId === undefined ? `&before=${oldest.id}` : `&after=${newest.id}`;
  }
  return `it is not among ${MOST_PAGES * PAGE} messages, and no more were read`;
}

/** The first message of a forum's thread has the thread's id. */
function startOf(threadId: string, floor: number): bigint {
  const first = BigInt(threadId);
  const byClock = snowflakeAt(floor);
  return (first > byClock ? first : byClock) - 1n;
}
