import { checkNewMessage } from './check-message.ts';
import { DiscordRefusal, refusals } from './errors.ts';
import {
  callbackTypes,
  dropMessage,
  EPHEMERAL,
  findMessageOf,
  type Interaction,
  LIMIT_FOLLOW_UPS,
  LOADING,
} from './interactions.ts';
import {
  ageOf,
  answersAside,
  changeAnswer,
  needAnswer,
  needAnswered,
  storeAnswer,
} from './interactions-answers.ts';
import {
  findModalProblems,
  findSuggestionProblems,
  findTypeProblems,
} from './interactions-rules.ts';
import { isJsonObject, type JsonObject, numberOf } from './json.ts';
import type { StoredMessage } from './message.ts';
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
  if (ageOf(world, interaction) > world.callbackDeadlineMs) throw refusals.unknownInteraction();

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
      return inData(() => changeAnswer(world, interaction, source, body, undefined));
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
    const filled = changeAnswer(world, interaction, original, body, undefined);
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
  return { status: 200, body: needAnswer(world, ids).message };
}

function updateMessage(world: World, { ids, body }: RouteRequest): Answer {
  const { interaction, message } = needAnswer(world, ids);
  const edited = changeAnswer(world, interaction, message, body, webhookSchemas.edit);
  if (message.id === interaction.originalId) {
    interaction.editedMs ??= performance.now() - interaction.dispatchedMs;
  }
  tellListeners(interaction);
  return { status: 200, body: edited };
}

function deleteMessage(world: World, { ids }: RouteRequest): Answer {
  const { interaction, message } = needAnswer(world, ids);
  dropMessage(world, interaction, message.id);
  if (message.id === interaction.originalId) interaction.originalId = undefined;
  tellListeners(interaction);
  return { status: 204 };
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
