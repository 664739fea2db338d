import { checkEdit } from './check-message.ts';
import { refusals } from './errors.ts';
import {
  callbackTypes,
  EPHEMERAL,
  findMessageOf,
  type Interaction,
  interactionTypes,
  keepMessage,
  LOADING,
  TOKEN_LIFE_MS,
} from './interactions.ts';
import { type JsonObject, numberOf } from './json.ts';
import { editMessage, makeMessage, type StoredMessage } from './message.ts';
import type { RouteRequest, World } from './world.ts';

/** Checks and keeps an edit; `schema` is the spec's for the whole body, when it is not checked yet. */
export function changeAnswer(
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
export function storeAnswer(
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

/** Whether a callback of that type answers for the asker alone. */
export function answersAside(
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

/** An interaction whose token lives and which has its callback: only then is there a webhook. */
export function needAnswered(
  world: World,
  [applicationId, token = '']: readonly string[],
): Interaction {
  if (applicationId !== world.bot.id) throw refusals.unknownWebhook();
  const interaction = world.interactions.findByToken(token);
  if (interaction === undefined) throw refusals.badWebhookToken();
  if (ageOf(world, interaction) > TOKEN_LIFE_MS) throw refusals.badWebhookToken();
  if (interaction.callback === undefined) throw refusals.unknownWebhook();
  return interaction;
}

/** The message of `@original`, or a follow-up by its id; 10008 when it is not there. */
export function needAnswer(
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

/** Milliseconds since the dispatch, by the fake's clock. */
export function ageOf({ now }: World, { dispatchedAt }: Interaction): number {
  return now().getTime() - dispatchedAt.getTime();
}
