import type { StoredCommand } from './command-store.ts';
import type { Gateway } from './gateway.ts';
import {
  findMessageOf,
  type Interaction,
  interactionTypes,
  makeInteractionToken,
} from './interactions.ts';
import { type Handle, makeHandle, type Reply } from './interactions-handle.ts';
import { fillModal } from './interactions-modal.ts';
import { fillOptions, type OptionValues } from './interactions-options.ts';
import { findComponent } from './interactions-rules.ts';
import { makeScene, type Scene, type Situation } from './interactions-situation.ts';
import { type JsonObject, numberOf, objectsOf, textOf } from './json.ts';
import type { StoredMessage } from './message.ts';
import { callbackSchemas, webhookSchemas } from './routes-interactions.ts';
import type { World } from './world.ts';

const BUTTON = 2;
const STRING_SELECT = 3;
const DISCORD_FAILS = 'Discord itself would not let a member';

/**
 * Members using the bot. Every verb throws at once when Discord's own client would not let a member
 * do it: an unknown command or option, a missing or unfit value, a disabled button.
 */
export type Dispatch = {
  /** `/name`, or `/name subcommand`, `/name group subcommand`, with its options. */
  slash(name: string, options?: OptionValues, situation?: Situation): Handle;
  /** Typing into an option: `typed` is what stands in it, `options` what else is filled in. */
  autocomplete(
    name: string,
    at: { readonly option: string; readonly typed: string; readonly options?: OptionValues },
    situation?: Situation,
  ): Handle;
  /** A message command on somebody's message, which need not stand in a channel of the fake. */
  messageCommand(name: string, message: StoredMessage, situation?: Situation): Handle;
  /** Pressing the button with that custom id. */
  press(message: StoredMessage, customId: string, situation?: Situation): Handle;
  /** Choosing in a string select. */
  select(
    message: StoredMessage,
    customId: string,
    values: readonly string[],
    situation?: Situation,
  ): Handle;
  /** Sending the modal that an interaction opened, its fields by custom id. */
  submit(
    opened: Handle,
    reply: Reply,
    fields: Readonly<Record<string, string>>,
    situation?: Situation,
  ): Handle;
  /** A component that is not in the message any more, or never was: what an old client may send. */
  pressStale(message: StoredMessage, customId: string, situation?: Situation): Handle;
  /** Compiles Discord's schemas, so that no first callback waits for it. */
  warmUp(): void;
};

/** Dispatches over the gateway. */
export function makeDispatch(world: World, gateway: Gateway): Dispatch {
  let isWarm = false;
  function warmUp(): void {
    if (isWarm) return;
    isWarm = true;
    const names = [...Object.values(callbackSchemas), ...Object.values(webhookSchemas)];
    for (const name of [...names, 'ApplicationCommandUpdateRequest']) world.spec?.check(name, {});
  }

  function send(
    type: number,
    scene: Scene,
    data: JsonObject,
    rest: {
      readonly source?: StoredMessage | undefined;
      readonly focusedType?: number | undefined;
    } = {},
  ): Handle {
    warmUp();
    const id = world.makeId();
    const token = makeInteractionToken(id);
    const payload: JsonObject = {
      id,
      application_id: world.bot.id,
      type,
      token,
      version: 1,
      ...scene.fields,
      data,
      ...(rest.source === undefined ? {} : { message: rest.source }),
    };
    const interaction: Interaction = {
      id,
      token,
      type,
      payload,
      asker: scene.user,
      channel: scene.channel,
      channelId: scene.channelId,
      sourceId: rest.source?.id,
      focusedType: rest.focusedType,
      isUserInstalledOnly: !scene.installedFor.includes('guild'),
      dispatchedAt: world.now(),
      dispatchedMs: performance.now(),
      callback: undefined,
      editedMs: undefined,
      originalId: undefined,
      followUpIds: [],
      listeners: new Set(),
    };
    world.interactions.add(interaction);
    gateway.dispatch('INTERACTION_CREATE', payload);
    return makeHandle(world, interaction);
  }

  function useCommand(
    type: number,
    line: string,
    situation: Situation,
  ): { scene: Scene; command: StoredCommand; path: readonly string[]; data: JsonObject } {
    const scene = makeScene(world, situation);
    const isMenu = type !== 1;
    const [first = '', ...path] = isMenu ? [line] : line.split(' ');
    const command = needCommand(world, scene, type, first);
    const where = command.guild_id === undefined ? {} : { guild_id: command.guild_id };
    return { scene, command, path, data: { id: command.id, name: command.name, type, ...where } };
  }

  function component(message: StoredMessage, situation: Situation, data: JsonObject): Handle {
    const scene = sceneOfMessage(world, message, situation);
    const source = findMessageOf(world, scene, message.id) ?? message;
    return send(interactionTypes.component, scene, data, { source });
  }

  return {
    slash(name, values = {}, situation = {}) {
      const { scene, command, path, data } = useCommand(1, name, situation);
      const { options, resolved } = fillOptions(world, scene, command, { path, values });
      return send(interactionTypes.command, scene, withOptions(data, options, resolved));
    },
    autocomplete(name, { option, typed, options: others = {} }, situation = {}) {
      const { scene, command, path, data } = useCommand(1, name, situation);
      const asked = { path, values: { ...others, [option]: typed }, focused: option };
      const { options, resolved, focusedType } = fillOptions(world, scene, command, asked);
      const full = withOptions(data, options, resolved);
      return send(interactionTypes.autocomplete, scene, full, { focusedType });
    },
    messageCommand(name, message, situation = {}) {
      const { scene, data } = useCommand(3, name, { channelId: message.channel_id, ...situation });
      const resolved = { messages: { [message.id]: message } };
      const full = { ...data, target_id: message.id, resolved };
      return send(interactionTypes.command, scene, full);
    },
    press(message, customId, situation = {}) {
      needComponent(world, message, customId, BUTTON);
      return component(message, situation, { component_type: BUTTON, custom_id: customId });
    },
    select(message, customId, values, situation = {}) {
      const menu = needComponent(world, message, customId, STRING_SELECT);
      const known = objectsOf(menu.options).map(({ value }) => value);
      const strange = values.find((value) => !known.includes(value));
      if (strange !== undefined) throw new Error(`${DISCORD_FAILS} choose "${strange}"`);
      const [least, most] = [menu.min_values ?? 1, menu.max_values ?? 1].map(Number);
      if (values.length < (least ?? 1) || values.length > (most ?? 1)) {
        throw new Error(`${DISCORD_FAILS} choose ${values.length} of this menu`);
      }
      const data = { component_type: STRING_SELECT, custom_id: customId, values: [...values] };
      return component(message, situation, data);
    },
    pressStale: (message, customId, situation = {}) =>
      component(message, situation, { component_type: BUTTON, custom_id: customId }),
    submit(opened, reply, fields, situation = {}) {
      if (reply.modal === undefined) throw new Error(`${DISCORD_FAILS} send a modal that is none`);
      const source = opened.payload.message as StoredMessage | undefined;
      const scene = source
        ? sceneOfMessage(world, source, situation)
        : makeScene(world, { channelId: textOf(opened.payload.channel_id), ...situation });
      const now = source && (findMessageOf(world, scene, source.id) ?? source);
      return send(interactionTypes.modal, scene, fillModal(reply.modal, fields), { source: now });
    },
    warmUp,
  };
}

/** The registered command, when it may be used there by that member. */
function needCommand(world: World, scene: Scene, type: number, name: string): StoredCommand {
  const { commands, store } = world;
  const ofGuild =
    scene.guildId === store.guildId ? commands.findNamed(store.guildId, type, name) : undefined;
  const command = ofGuild ?? commands.findNamed('global', type, name);
  if (command === undefined)
    throw new Error(`${DISCORD_FAILS} use "${name}": it is not registered`);
  const contexts = Array.isArray(command.contexts) ? command.contexts : [0, 1, 2];
  const integrations = Array.isArray(command.integration_types) ? command.integration_types : [0];
  if (ofGuild === undefined && !contexts.includes(scene.context)) {
    throw new Error(`${DISCORD_FAILS} use "${name}" in context ${scene.context}`);
  }
  const isInstalled = scene.installedFor.some((one) =>
    integrations.includes(one === 'user' ? 1 : 0),
  );
  if (!isInstalled) throw new Error(`${DISCORD_FAILS} use "${name}": not installed so`);
  const asked = command.default_member_permissions;
  const needed = typeof asked === 'string' ? BigInt(asked) : 0n;
  const isHidden =
    typeof asked === 'string' && (needed === 0n || (scene.permissions & needed) !== needed);
  if (scene.guildId !== undefined && isHidden && !scene.isLetIn) {
    throw new Error(`${DISCORD_FAILS} use "${name}" without the permissions ${asked}`);
  }
  return command;
}

function needComponent(
  world: World,
  message: StoredMessage,
  customId: string,
  type: number,
): JsonObject {
  const scene = { channel: world.store.findChannel(message.channel_id) };
  const now = findMessageOf(world, scene, message.id) ?? message;
  const found = findComponent(now.components, customId);
  if (found === undefined) throw new Error(`${DISCORD_FAILS} use "${customId}": it is not there`);
  if (found.disabled === true) throw new Error(`${DISCORD_FAILS} use "${customId}": disabled`);
  if (numberOf(found.type) !== type) throw new Error(`${DISCORD_FAILS} use "${customId}" so`);
  return found;
}

/** The scene of a component: where its message stands. */
function sceneOfMessage(world: World, message: StoredMessage, situation: Situation): Scene {
  const channel = world.store.findChannel(message.channel_id);
  const place = channel === undefined ? 'private' : channel.recipient ? 'dm' : 'guild';
  const userId = channel?.recipient?.id;
  const by = userId === undefined ? {} : { userId };
  return makeScene(world, { place, channelId: message.channel_id, ...by, ...situation });
}

function withOptions(
  data: JsonObject,
  options: readonly JsonObject[],
  resolved: JsonObject,
): JsonObject {
  return {
    ...data,
    ...(options.length > 0 ? { options } : {}),
    ...(Object.keys(resolved).length > 0 ? { resolved } : {}),
  };
}
