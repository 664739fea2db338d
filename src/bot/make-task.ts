import {
  type APIInteraction,
  type APIMessage,
  ApplicationCommandType,
  ComponentType,
  InteractionType,
  MessageFlags,
} from 'discord.js';
import type { Ask, Choice, Command, Pressed, Reply } from '../../commands/command.ts';
import { keyCommand } from '../../commands/index.ts';
import { readCustomId } from '../../commands/parts/custom-id.ts';
import { say } from '../../commands/parts/reply.ts';
import { speak } from '../../commands/parts/speak.ts';
import type { CommandName } from '../../formatters/voice/bot/bot-voice.ts';
import type { BotDesk } from '../desk/bot-desk.ts';
import type { Cooldown } from './cooldown.ts';
import {
  isOwnMessage,
  readAsker,
  readFields,
  readFocused,
  readMessage,
  readOptions,
} from './read-ask.ts';

/** What is to be done about an interaction. */
export type Task = {
  /** For the log: "paper", or "paper.press". */
  readonly name: string;
  readonly ask: Ask;
} & (
  | { readonly kind: 'choices'; run(): Promise<readonly Choice[]> }
  /** `isPrivate` and `isUpdate` say how it is deferred. */
  | {
      readonly kind: 'answer';
      readonly isPrivate: boolean;
      readonly isUpdate: boolean;
      run(): Promise<Pressed>;
    }
);

export type TaskMaker = {
  readonly desk: BotDesk;
  readonly commands: readonly Command[];
  readonly cooldown: Cooldown;
  /** True while the process is about to end: nothing new is begun. */
  readonly isStopping: () => boolean;
};

/** Five questions at once and one every two seconds; turning pages is cheaper. */
const ASKING = { burst: 5, everyMs: 2_000 };
const PRESSING = { burst: 12, everyMs: 700 };
/** Editors look through many drafts in a minute. */
const BUSY = { burst: 60, everyMs: 200 };

/** Tells what an interaction asks for; undefined for kinds that the bot never gives cause for. */
export function makeTask(maker: TaskMaker, interaction: APIInteraction): Task | undefined {
  const { desk, commands, cooldown, isStopping } = maker;
  const asker = readAsker(interaction);
  const find = (key: string): Command | undefined =>
    commands.find(({ definition }) => keyCommand(definition.name) === key);
  const guard = (key: string, allowance: typeof ASKING, ask: Ask): Reply | undefined => {
    if (isStopping()) return say(speak(ask).words.stopping);
    const waitMs = cooldown.take(`${asker.userId}/${key}`, allowance);
    return waitMs > 0 ? say(speak(ask).words.cooldown(Math.ceil(waitMs / 1000))) : undefined;
  };

  switch (interaction.type) {
    case InteractionType.ApplicationCommandAutocomplete: {
      const ask = { desk, asker, options: readOptions(interaction.data.options) };
      const focused = readFocused(interaction.data.options);
      const command = find(interaction.data.name);
      const run = async (): Promise<readonly Choice[]> =>
        isStopping() || focused === undefined
          ? []
          : ((await command?.suggest?.(ask, focused)) ?? []);
      return { kind: 'choices', name: `${interaction.data.name}.suggest`, ask, run };
    }
    case InteractionType.ApplicationCommand: {
      const { data } = interaction;
      const key = keyCommand(data.name);
      const command = find(key);
      const options = 'options' in data ? readOptions(data.options) : {};
      const ask = { desk, asker, options };
      const message =
        data.type === ApplicationCommandType.Message
          ? readMessage({ ...interaction, data })
          : undefined;
      const run = async (): Promise<Pressed> => {
        const refused = guard(key, command?.isBusy ? BUSY : ASKING, ask);
        if (refused !== undefined) return { ...refused, isNew: true };
        const reply = await (message === undefined
          ? command?.answer?.(ask)
          : command?.findIn?.(ask, message));
        return { ...(reply ?? say(speak(ask).words.unknownCommand)), isNew: true };
      };
      const isPrivate =
        typeof options.private === 'boolean' ? options.private : (command?.isPrivate ?? false);
      return { kind: 'answer', name: key, ask, isPrivate, isUpdate: false, run };
    }
    case InteractionType.MessageComponent: {
      const { data, message } = interaction;
      const ask = { desk, asker, options: {} };
      const id = readCustomId(data.custom_id);
      const key = id?.command ?? data.custom_id.split(':')[0] ?? '';
      const values = data.component_type === ComponentType.Button ? [] : data.values;
      const isOwn = isOwnMessage(message, asker.userId);
      const run = async (): Promise<Pressed> => {
        const command = find(key);
        const refused = command?.isBusy ? guard(key, BUSY, ask) : guard('press', PRESSING, ask);
        if (refused !== undefined) return { ...refused, isNew: true };
        const press = id && { state: id.state, values, isOwn, texts: listTexts(message) };
        const pressed = press && (await command?.press?.(ask, press));
        return pressed ?? { ...say(writeStale(ask, key)), isNew: true };
      };
      const isPrivate = ((message.flags ?? 0) & MessageFlags.Ephemeral) !== 0;
      const name = find(key) === undefined ? 'unknown.press' : `${key}.press`;
      return { kind: 'answer', name, ask, isPrivate, isUpdate: true, run };
    }
    case InteractionType.ModalSubmit: {
      const { data, message } = interaction;
      const ask = { desk, asker, options: {} };
      const id = readCustomId(data.custom_id);
      const key = id?.command ?? '';
      const run = async (): Promise<Pressed> => {
        // Never too many at once: what somebody has typed is not lost for being quick.
        if (isStopping()) return { ...say(speak(ask).words.stopping), isNew: true };
        const isOwn = isOwnMessage(message, asker.userId);
        const sent = id && { state: id.state, fields: readFields(interaction), isOwn };
        const answered = sent && (await find(key)?.submit?.(ask, sent));
        return answered ?? { ...say(writeStale(ask, key)), isNew: true };
      };
      const name = find(key) === undefined ? 'unknown.modal' : `${key}.modal`;
      const isUpdate = message !== undefined;
      return { kind: 'answer', name, ask, isPrivate: true, isUpdate, run };
    }
    default:
      return undefined;
  }
}

function listTexts({ embeds }: APIMessage): string[] {
  return embeds.flatMap(({ description }) => (description === undefined ? [] : [description]));
}

/** Names the command to ask again with, in the asker’s language; /help where none is known. */
function writeStale(ask: Ask, key: string): string {
  const { words } = speak(ask);
  const known = Object.hasOwn(words.commands, key) ? (key as CommandName) : 'help';
  return words.stale(`/${words.commands[known].name}`);
}
