import { randomBytes } from 'node:crypto';
import type { JsonObject } from './json.ts';
import type { StoredMessage, User } from './message.ts';
import type { Channel } from './store.ts';
import type { World } from './world.ts';

/** https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-interaction-type */
export const interactionTypes = { command: 2, component: 3, autocomplete: 4, modal: 5 } as const;

/** https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-interaction-callback-type */
export const callbackTypes = {
  message: 4,
  deferredMessage: 5,
  deferredUpdate: 6,
  update: 7,
  choices: 8,
  modal: 9,
} as const;

/** https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-callback */
export const CALLBACK_DEADLINE_MS = 3_000;
/** https://discord.com/developers/docs/interactions/receiving-and-responding#followup-messages */
export const TOKEN_LIFE_MS = 15 * 60_000;
/** For an application that is installed for the user alone. */
export const LIMIT_FOLLOW_UPS = 5;

/** The application's callback, as it was accepted. */
export type Callback = {
  readonly type: number;
  readonly data: JsonObject;
  readonly isEphemeral: boolean;
  /** From the dispatch to the request's arrival. */
  readonly elapsedMs: number;
};

/** A member's use of the bot, from its dispatch on. */
export type Interaction = {
  readonly id: string;
  readonly token: string;
  readonly type: number;
  readonly payload: JsonObject;
  readonly asker: User;
  /** Where its messages go; absent where the bot is not. */
  readonly channel: Channel | undefined;
  readonly channelId: string;
  /** The message whose component was used, or whose component opened the modal. */
  readonly sourceId: string | undefined;
  /** The type of the option that is being filled in, for an autocomplete. */
  readonly focusedType: number | undefined;
  readonly isUserInstalledOnly: boolean;
  readonly dispatchedAt: Date;
  readonly dispatchedMs: number;
  callback: Callback | undefined;
  /** From the dispatch to the edit that filled in a deferred answer. */
  editedMs: number | undefined;
  /** The message of `@original`. */
  originalId: string | undefined;
  readonly followUpIds: string[];
  /** Called whenever something came in from the application. */
  readonly listeners: Set<() => void>;
};

/** All interactions, and the messages that stand in no channel: ephemeral, or where the bot is not. */
export type Interactions = {
  add(interaction: Interaction): void;
  findByToken(token: string): Interaction | undefined;
  readonly aside: Map<string, StoredMessage>;
};

/** None yet. */
export function makeInteractions(): Interactions {
  const byToken = new Map<string, Interaction>();
  return {
    add: (interaction) => void byToken.set(interaction.token, interaction),
    findByToken: (token) => byToken.get(token),
    aside: new Map(),
  };
}

/** A token as long and as odd as Discord's. */
export function makeInteractionToken(id: string): string {
  const body = `interaction:${id}:${randomBytes(66).toString('base64url')}`;
  return Buffer.from(body).toString('base64url');
}

/** A message that belongs to an interaction, wherever it is kept. */
export function findMessageOf(
  { store, interactions }: World,
  { channel }: Pick<Interaction, 'channel'>,
  messageId: string | undefined,
): StoredMessage | undefined {
  if (messageId === undefined) return undefined;
  return interactions.aside.get(messageId) ?? (channel && store.findMessage(channel, messageId));
}

/** Keeps a new or changed message: in its channel, or aside. */
export function keepMessage(world: World, interaction: Interaction, message: StoredMessage): void {
  const { channel } = interaction;
  const isKnown = findMessageOf(world, interaction, message.id) !== undefined;
  const isAside = world.interactions.aside.has(message.id);
  const isEphemeral = (message.flags & EPHEMERAL) !== 0;
  if (channel === undefined || isEphemeral || isAside) {
    world.interactions.aside.set(message.id, message);
  } else if (isKnown) world.store.replaceMessage(channel, message);
  else world.store.addMessage(channel, message);
}

/** Forgets a message of an interaction. */
export function dropMessage(world: World, { channel }: Interaction, messageId: string): void {
  if (!world.interactions.aside.delete(messageId) && channel !== undefined) {
    world.store.removeMessage(channel, messageId);
  }
}

/** https://discord.com/developers/docs/resources/message#message-object-message-flags */
export const EPHEMERAL = 1 << 6;
/** A deferred answer that is not there yet. */
export const LOADING = 1 << 7;
