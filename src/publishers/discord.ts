import type { APIChannel, APIMessage, APIUser } from 'discord-api-types/v10';
import { checkDiscordMessage, type DiscordMessage } from '../../formatters/discord.ts';
import type { DiscordComponentMessage } from '../../formatters/discord-components.ts';
import { makeNonce } from '../kit/ids.ts';
import type { PostReceipt } from '../outbox/receipt.ts';
import { type DiscordAccount, makeDiscordRest, readDiscordError } from './discord-rest.ts';
import {
  type Attempt,
  type Found,
  type Outgoing,
  type Publisher,
  refuseOverLimit,
  refusePlatform,
} from './publisher.ts';

const PAGE = 100;
/** How far back a lost message is looked for: this many pages, or this long before the first try. */
const MOST_PAGES = 30;
/** This machine's clock and Discord's may differ by as much. */
const CLOCK_SKEW_MS = 26 * 60 * 60 * 1000;
const CONTAINER = 17;
const TEXT_DISPLAY = 10;
const FORUM_TYPES = new Set([15, 16]);

type Place = { readonly botId: string; readonly guildId: string | undefined };

/**
 * Publishes to a Discord channel as a bot. Each message carries a nonce that Discord enforces for a
 * few minutes; its footer names issue, paper and part, and its timestamp is the delivery's first
 * attempt: an answer that was lost is looked up in the channel by both before anything is sent again.
 * https://discord.com/developers/docs/resources/message#create-message
 */
export function makeDiscordPublisher(account: DiscordAccount): Publisher {
  const rest = makeDiscordRest(account);
  let place: Place | undefined;

  const connect = async (signal: AbortSignal): Promise<Place | Found> => {
    if (place !== undefined) return place;
    const self = await rest.get<APIUser>('/users/@me', signal);
    const channel = await rest.get<APIChannel>(`/channels/${account.channelId}`, signal);
    if (FORUM_TYPES.has(channel.type)) return refuseForum(account.channelId);
    const guildId = 'guild_id' in channel ? channel.guild_id : undefined;
    place = { botId: self.id, guildId };
    return place;
  };
  const describe = (message: APIMessage): PostReceipt => ({
    id: message.id,
    url: `https://discord.com/channels/${place?.guildId ?? '@me'}/${account.channelId}/${message.id}`,
  });

  return {
    async find(outgoing, signal): Promise<Found> {
      const { draft } = outgoing;
      if (draft.platform !== 'discord') return refusePlatform('discord', draft.platform);
      try {
        const connected = await connect(signal);
        if ('kind' in connected) return connected;
        const found = await findMessages(outgoing, draft.posts, connected.botId, signal);
        return typeof found === 'string'
          ? lost(found)
          : tellFound(found.map((m) => m && describe(m)));
      } catch (error) {
        const read = readDiscordError(error, account);
        return read.kind === 'unknown' ? { kind: 'unavailable', cause: read.cause } : read;
      }
    },

    async publish(outgoing, inPlace, signal): Promise<Attempt> {
      const { draft, id } = outgoing;
      if (draft.platform !== 'discord') return refusePlatform('discord', draft.platform);
      for (const [index, message] of draft.posts.entries()) {
        const why = checkDiscordMessage(message);
        if (why !== undefined) return refuseOverLimit(index, why);
      }
      const posts = [...inPlace];
      let isSending = posts.length > 0;
      try {
        const connected = await connect(signal);
        if ('kind' in connected && connected.kind === 'refused') return connected;
        for (const [index, message] of draft.posts.entries()) {
          if (index < inPlace.length) continue;
          signal.throwIfAborted();
          isSending = true;
          const body = {
            ...stamp(message, outgoing.stampedAt),
            nonce: makeNonce(id, outgoing.stampedAt, index),
            enforce_nonce: true,
          };
          const path = `/channels/${account.channelId}/messages` as const;
          posts.push(describe(await rest.post<APIMessage>(path, body, signal)));
        }
        return { kind: 'sent', receipt: { posts } };
      } catch (error) {
        const read = readDiscordError(error, account);
        // With some messages in place, the next attempt must see which.
        if (read.kind === 'unavailable' && posts.length > 0) return { ...read, kind: 'unknown' };
        return read.kind === 'unknown' && !isSending ? { kind: 'unavailable', cause: error } : read;
      }
    },
  };

  /** The draft's messages in the channel, newest pages first; a string says why nobody can tell. */
  async function findMessages(
    outgoing: Outgoing,
    posts: readonly DiscordMessage[],
    botId: string,
    signal: AbortSignal,
  ): Promise<(APIMessage | undefined)[] | string> {
    const found: (APIMessage | undefined)[] = posts.map(() => undefined);
    const markers = posts.map((post) => readMarker(post, outgoing.stampedAt));
    const floor = outgoing.stampedAt.getTime() - CLOCK_SKEW_MS;
    let before = '';
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const query = `limit=${PAGE}${before}`;
      const path = `/channels/${account.channelId}/messages` as const;
      const messages = await rest.get<APIMessage[]>(path, signal, query);
      for (const message of messages) {
        const [embed] = message.embeds;
        const footer = readFooter(message.components);
        const index = markers.indexOf(footer ?? embed?.footer?.text ?? '');
        const isOurs =
          message.author.id === botId &&
          (footer !== undefined || isStamped(embed?.timestamp, outgoing.stampedAt));
        if (isOurs && index >= 0) found[index] ??= message;
      }
      const oldest = messages.at(-1);
      const isDone = found.every((message) => message !== undefined);
      if (isDone || oldest === undefined || messages.length < PAGE) return found;
      if (Date.parse(oldest.timestamp) < floor) return found;
      before = `&before=${oldest.id}`;
    }
    return `it is not among the last ${MOST_PAGES * PAGE} messages, and older ones were not read`;
  }
}

/** The card shows when it was sent; with the footer, that tells the delivery from every other. */
function stamp(message: DiscordMessage, at: Date): object {
  if (message.components !== undefined) return stampComponents(message, at);
  const embeds = message.embeds.map((embed) => ({ ...embed, timestamp: at.toISOString() }));
  return { ...message, embeds };
}

/** Components have no timestamp: the time stands at the end of their footer, to the second. */
function stampComponents(message: DiscordComponentMessage, at: Date): object {
  const marker = readMarker(message, at);
  const footer = readFooter(message.components);
  const components = message.components.map((container) => ({
    ...container,
    components: container.components.map((one) =>
      one.type === TEXT_DISPLAY && one.content === footer ? { ...one, content: marker } : one,
    ),
  }));
  return { ...message, components };
}

/** The footer that a message of ours has in the channel. */
function readMarker({ embeds, components }: DiscordMessage, at: Date): string | undefined {
  const footer = readFooter(components);
  if (footer === undefined) return embeds?.[0]?.footer.text;
  return `${footer} · <t:${Math.floor(at.getTime() / 1000)}:f>`;
}

/** The last text of a message of components. */
function readFooter(
  components: DiscordMessage['components'] | APIMessage['components'],
): string | undefined {
  const texts = (components ?? []).flatMap((one) =>
    one.type === CONTAINER ? one.components.filter(({ type }) => type === TEXT_DISPLAY) : [],
  );
  const last = texts.at(-1);
  return last !== undefined && 'content' in last ? last.content : undefined;
}

/** A timestamp that lost its milliseconds on the way is still ours. */
function isStamped(timestamp: string | undefined, at: Date): boolean {
  const found = timestamp === undefined ? Number.NaN : Date.parse(timestamp);
  return found === at.getTime() || found === Math.floor(at.getTime() / 1000) * 1000;
}

function tellFound(posts: readonly (PostReceipt | undefined)[]): Found {
  const inPlace = posts.filter((post) => post !== undefined);
  if (inPlace.length === 0) return { kind: 'absent' };
  if (inPlace.length === posts.length) return { kind: 'whole', receipt: { posts: inPlace } };
  const isBeginning = posts.slice(0, inPlace.length).every((post) => post !== undefined);
  return isBeginning
    ? { kind: 'begun', posts: inPlace }
    : lost('some of its messages are in the channel, but not the first ones');
}

function lost(why: string): Found {
  return {
    kind: 'refused',
    reason: `whether the paper is in the Discord channel cannot be told: ${why}`,
    remedy: 'Look at the channel; delete what is left of the paper there, and post it again.',
  };
}

function refuseForum(channelId: string): Found {
  return {
    kind: 'refused',
    reason: `the Discord channel ${channelId} is a forum, which takes no plain messages`,
    remedy: 'Set DISCORD_CHANNEL_ID to a text or announcement channel.',
  };
}
