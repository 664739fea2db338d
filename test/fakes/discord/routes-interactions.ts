import { checkEdit, checkNewMessage } from './check-message.ts';
import { DiscordRefusal, refusals } from './errors.ts';
import {
  CALLBACK_DEADLINE_MS,
  callbackTypes,
  dropMessage,
  EPHEMERAL,
  findMessageOf,
  type Interaction,
  interactionTypes,
  keepMessage,
  LIMIT_FOLLOW_UPS,
  LOADING,
  TOKEN_LIFE_MS,
} from './interactions.ts';
import {
  findModalProblems,
  findSuggestionProblems,
  findTypeProblems,
} from './interactions-rules.ts';
import { isJsonObject, type JsonObject, numberOf } from './json.ts';
import { editMessage, makeMessage, type StoredMessage } from './message.ts';
import { type Answer, type Route, type RouteRequest, refuseProblems, type World } from './world.ts';

const WEBHOOK = '/webhooks/:id/:token';
const ORIGINAL = `${WEBHOOK}/messages/@original`;
const MESSAGE = `${WEBHOOK}/messages/:id`;

/** https://discord.com/developers/docs/interactions/receiving-and-responding#endpoints */
export const interactionRoutes: readonly Route[] = [
  { method: 'POST', path: '/interactions/:id/:token/callback', handle: answerInteraction },
  { method: 'POST', path: WEBHOOK, handle: followUp },
  { method: 'GET', path: ORIGINAL, handle: getMessage },
  { method: 'PATCH', path: ORIGINAL, handle: updateMessage },
  { method: 'DELETE', path: ORIGINAL, handle: deleteMessage },
  { method: 'GET', path: MESSAGE, handle: getMessage },
  { method: 'PATCH', path: MESSAGE, handle: updateMessage },
  { method: 'DELETE', path: MESSAGE, handle: deleteMessage },
].map((route) => ({ ...route, isOpen: true }));

/** The schema of each callback in Discord's spec. */
export const callbackSchemas: Readonly<Record<number, string>> = {
  [callbackTypes.message]: 'CreateMessageInteractionCallbackRequest',
  [callbackTypes.deferredMessage]: 'CreateMessageInteractionCallbackRequest',
  [callbackTypes.deferredUpdate]: 'UpdateMessageInteractionCallbackRequest',
  [callbackTypes.update]: 'UpdateMessageInteractionCallbackRequest',
  [callbackTypes.choices]: 'ApplicationCommandAutocompleteCallbackRequest',
  [callbackTypes.modal]: 'ModalInteractionCallbackRequest',
};
/** The schemas of a follow-up, and of an edit. */
export const webhookSchemas = {
  create: 'IncomingWebhookRequestPartial',
  edit: 'IncomingWebhookUpdateRequestPartial',
} as const;

function answerInteraction(world: World, { ids, query, body }: RouteRequest): Answer {
  const arrivedMs = performance.now();
  const interaction = world.interactions.findByToken(ids[1] ?? '');
  if (interaction === undefined || interaction.id !== ids[0]) throw refusals.unknownInteraction();
  if (interaction.callback !== undefined) throw refusals.alreadyAcknowledged();
  if (ageOf(world, interaction) > CALLBACK_DEADLINE_MS) throw refusals.unknownInteraction();

  const type = numberOf(body.json.type);
  const data = isJsonObject(body.json.data) ? body.json.data : {};
  refuseProblems(findTypeProblems(body.json.type, interaction), []);
  const bySpec = world.spec?.check(callbackSchemas[type] ?? '', body.json) ?? [];
  if (type === callbackTypes.choices) {
    refuseProblems(findSuggestionProblems(data, interaction), bySpec);
  } else if (type === callbackTypes.modal) refuseProblems(findModalProblems(data), bySpec);
  else if (type === callbackTypes.message) {
    inData(() => checkNewMessage({ json: data, files: body.files }, []));
  }
  refuseProblems([], bySpec);

  const isEphemeral = answersAside(type, data, world, interaction);
  const message = takeEffect(world, interaction, type, { json: data, files: body.files });
  interaction.originalId = message?.id;
  const elapsedMs = arrivedMs - interaction.dispatchedMs;
  interaction.callback = { type, data, isEphemeral, elapsedMs };
  tellListeners(interaction);
  if (query.get('with_response') !== 'true') return { status: 204 };
  return { status: 200, body: describeCallback(interaction, type, message) };
}

/** The message that a callback makes, or changes. */
function takeEffect(
  world: World,
  interaction: Interaction,
  type: number,
  body: RouteRequest['body'],
): StoredMessage | undefined {
  const source = findMessageOf(world, interaction, interaction.sourceId);
  switch (type) {
    case callbackTypes.message:
      return storeAnswer(world, interaction, body, 0);
    case callbackTypes.deferredMessage: {
      const flags = numberOf(body.json.flags) & EPHEMERAL;
      return storeAnswer(world, interaction, { json: { flags }, files: [] }, LOADING);
    }
    case callbackTypes.update:
      if (source === undefined) throw refusals.unknownMessage();
      return inData(() => change(world, interaction, source, body, undefined));
    case callbackTypes.deferredUpdate:
      return source;
    default:
      return undefined;
  }
}

/** Another message; after a deferred answer the first one fills that answer in, as Discord has it. */
function followUp(world: World, { ids, body }: RouteRequest): Answer {
  const interaction = needAnswered(world, ids);
  const original = findMessageOf(world, interaction, interaction.originalId);
  checkNewMessage(body, world.spec?.check(webhookSchemas.create, body.json) ?? []);
  if (original !== undefined && (original.flags & LOADING) !== 0) {
    const filled = change(world, interaction, original, body, undefined);
    interaction.editedMs = performance.now() - interaction.dispatchedMs;
    tellListeners(interaction);
    return { status: 200, body: filled };
  }
  if (interaction.isUserInstalledOnly && interaction.followUpIds.length >= LIMIT_FOLLOW_UPS) {
    throw refusals.tooManyFollowUps();
  }
  const message = storeAnswer(world, interaction, body, 0);
  interaction.followUpIds.push(message.id);
  tellListeners(interaction);
  return { status: 200, body: message };
}

function getMessage(world: World, { ids }: RouteRequest): Answer {
  return { status: 200, body: needMessage(world, ids).message };
}

function updateMessage(world: World, { ids, body }: RouteRequest): Answer {
  const { interaction, message } = needMessage(world, ids);
  const edited = change(world, interaction, message, body, webhookSchemas.edit);
  if (message.id === interaction.originalId) {
    interaction.editedMs ??= performance.now() - interaction.dispatchedMs;
  }
  tellListeners(interaction);
  return { status: 200, body: edited };
}

function deleteMessage(world: World, { ids }: RouteRequest): Answer {
  const { interaction, message } = needMessage(world, ids);
  dropMessage(world, interaction, message.id);
  if (message.id === interaction.originalId) interaction.originalId = undefined;
  tellListeners(interaction);
  return { status: 204 };
}

/** Checks and keeps an edit; `schema` is the spec's for the whole body, when it is not checked yet. */
function change(
  world: World,
  interaction: Interaction,
  old: StoredMessage,
  body: RouteRequest['body'],
  schema: string | undefined,
): StoredMessage {
  const { spec } = world;
  const edited = editMessage(old, body.json, body.files, world.now(), world.makeId);
  const check = (_: string, value: unknown): ReturnType<NonNullable<typeof spec>['check']> =>
    schema === undefined ? [] : (spec?.check(schema, value) ?? []);
  checkEdit(old, edited, body, { check });
  const kept = { ...edited, flags: edited.flags & ~LOADING };
  keepMessage(world, interaction, kept);
  return kept;
}

/** A message by the bot that says whose interaction it answers. */
function storeAnswer(
  world: World,
  interaction: Interaction,
  body: RouteRequest['body'],
  extraFlags: number,
): StoredMessage {
  const { bot, makeId } = world;
  const place = { id: makeId(), channelId: interaction.channelId, author: bot };
  const made = makeMessage(body.json, body.files, place, makeId);
  const message = {
    ...made,
    type: interaction.type === interactionTypes.command ? 20 : 0,
    flags: made.flags | (numberOf(body.json.flags) & EPHEMERAL) | extraFlags,
    application_id: bot.id,
    webhook_id: bot.id,
    interaction_metadata: {
      id: interaction.id,
      type: interaction.type,
      user: interaction.asker,
      authorizing_integration_owners: interaction.payload.authorizing_integration_owners,
    },
  };
  keepMessage(world, interaction, message);
  return message;
}

function answersAside(
  type: number,
  data: JsonObject,
  world: World,
  interaction: Interaction,
): boolean {
  if (type === callbackTypes.message || type === callbackTypes.deferredMessage) {
    return (numberOf(data.flags) & EPHEMERAL) !== 0;
  }
  const source = findMessageOf(world, interaction, interaction.sourceId);
  return source !== undefined && (source.flags & EPHEMERAL) !== 0;
}

/** https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-callback-interaction-callback-response-object */
function describeCallback(
  interaction: Interaction,
  type: number,
  message: StoredMessage | undefined,
): JsonObject {
  const about =
    message === undefined
      ? {}
      : {
          response_message_id: message.id,
          response_message_loading: (message.flags & LOADING) !== 0,
          response_message_ephemeral: (message.flags & EPHEMERAL) !== 0,
        };
  const resource = message === undefined ? {} : { resource: { type, message } };
  return { interaction: { id: interaction.id, type: interaction.type, ...about }, ...resource };
}

/** An interaction whose token lives and which has its callback: only then is there a webhook. */
function needAnswered(world: World, [applicationId, token = '']: readonly string[]): Interaction {
  if (applicationId !== world.bot.id) throw refusals.unknownWebhook();
  const interaction = world.interactions.findByToken(token);
  if (interaction === undefined) throw refusals.badWebhookToken();
  if (ageOf(world, interaction) > TOKEN_LIFE_MS) throw refusals.badWebhookToken();
  if (interaction.callback === undefined) throw refusals.unknownWebhook();
  return interaction;
}

function needMessage(
  world: World,
  ids: readonly string[],
): { readonly interaction: Interaction; readonly message: StoredMessage } {
  const interaction = needAnswered(world, ids);
  const id = ids[2] ?? interaction.originalId;
  const isOwn = id === interaction.originalId || interaction.followUpIds.includes(id ?? '');
  const message = isOwn ? findMessageOf(world, interaction, id) : undefined;
  if (message === undefined) throw refusals.unknownMessage();
  return { interaction, message };
}

function ageOf({ now }: World, { dispatchedAt }: Interaction): number {
  return now().getTime() - dispatchedAt.getTime();
}

function tellListeners({ listeners }: Interaction): void {
  for (const listener of [...listeners]) listener();
}

/** Problems of a message inside a callback stand under `data`. */
function inData<T>(check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof DiscordRefusal) || error.errors === undefined) throw error;
    throw new DiscordRefusal(error.status, error.code, error.message, { data: error.errors });
  }
}
