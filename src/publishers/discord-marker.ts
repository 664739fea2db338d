import type { APIMessage } from 'discord-api-types/v10';
import type { DiscordMessage } from '../../formatters/discord.ts';
import type { DiscordComponentMessage } from '../../formatters/discord-components.ts';
import { sha256 } from '../kit/ids.ts';
import type { Outgoing } from './publisher.ts';

const CONTAINER = 17;
const TEXT_DISPLAY = 10;
/** https://discord.com/developers/docs/resources/message#message-object-message-flags */
const IS_COMPONENTS_V2 = 1 << 15;

/** Ids below are those that Discord gives to components by itself. */
const LEAST_TAG = 1 << 20;

/** What all messages of one delivery bear, besides their footers. */
export type Mark = {
  readonly stampedAt: Date;
  /** The id of a message's frame of components: a number that readers do not see. */
  readonly tag: number;
};

/** How the messages of one delivery are known again. */
export type Markers = Mark & { readonly footers: readonly string[] };

/** The mark of a delivery. */
export function makeMark({ id, stampedAt }: Pick<Outgoing, 'id' | 'stampedAt'>): Mark {
  const hash = Number.parseInt(sha256(`${id}/${stampedAt.getTime()}`).slice(0, 8), 16);
  return { stampedAt, tag: LEAST_TAG + (hash % (2 ** 31 - LEAST_TAG)) };
}

/** The markers of a draft's messages: the delivery's mark, and what their footers say. */
export function listMarkers(posts: readonly DiscordMessage[], mark: Mark): Markers {
  return { ...mark, footers: posts.map((post) => readMarker(post, mark.stampedAt) ?? '') };
}

/** Which of the delivery's messages this is; -1 when it is none, whoever wrote it. */
export function findMarker(message: APIMessage, { stampedAt, tag, footers }: Markers): number {
  const [embed] = message.embeds;
  const footer = readFooter(message.components);
  const isOurs =
    footer === undefined
      ? isStamped(embed?.timestamp, stampedAt)
      : isTagged(message.components, tag);
  return isOurs ? footers.indexOf(footer ?? embed?.footer?.text ?? '') : -1;
}

/** Whether a message is a card, of this delivery or another; a command's answer is none. */
export function isCard(message: APIMessage): boolean {
  if (message.interaction_metadata !== undefined) return false;
  const [embed] = message.embeds;
  const isStampedCard = embed?.footer !== undefined && embed.timestamp !== undefined;
  return isStampedCard || readFooter(message.components) !== undefined;
}

/** Whether a message is made of components, which it then stays for ever. */
export function isOfComponents({ flags = 0 }: { readonly flags?: number }): boolean {
  return (flags & IS_COMPONENTS_V2) !== 0;
}

/** The card shows when it was sent; with the footer, that tells the delivery from every other. */
export function stampMessage(message: DiscordMessage, mark: Mark): object {
  if (message.components !== undefined) return stampComponents(message, mark);
  const at = mark.stampedAt;
  const embeds = message.embeds.map((embed) => ({ ...embed, timestamp: at.toISOString() }));
  return { ...message, embeds };
}

/** Components have no timestamp: the time stands at the end of their footer, to the second. */
function stampComponents(message: DiscordComponentMessage, { stampedAt, tag }: Mark): object {
  const marker = readMarker(message, stampedAt);
  const footer = readFooter(message.components);
  const components = message.components.map((container, index) => ({
    ...container,
    ...(index === 0 ? { id: tag } : {}),
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

/**
 * Two deliveries in one second differ by the frame's id. One that Discord has numbered anew tells
 * nothing. https://discord.com/developers/docs/components/reference#anatomy-of-a-component
 */
function isTagged(components: APIMessage['components'], tag: number): boolean {
  const { id = 0 } = components?.[0] ?? {};
  return id === tag || id < LEAST_TAG;
}

/** A timestamp that lost its milliseconds on the way is still ours. */
function isStamped(timestamp: string | undefined, at: Date): boolean {
  const found = timestamp === undefined ? Number.NaN : Date.parse(timestamp);
  return found === at.getTime() || found === Math.floor(at.getTime() / 1000) * 1000;
}
