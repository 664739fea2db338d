import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandSubcommandOption,
  ApplicationCommandOptionType,
  ChannelType,
  type LocalizationMap,
} from 'discord-api-types/v10';
import type { BotVoice, OptionName } from '../../formatters/voice/bot/bot-voice.ts';
import { en } from '../../formatters/voice/bot/en.ts';
import type { FollowVoice } from '../../formatters/voice/bot/follow-voice.ts';
import { botVoices } from '../../formatters/voice/bot/index.ts';
import { localize } from './define.ts';

/** A command within a command, with options of its own. */
export function defineSubcommand(
  name: keyof FollowVoice['subcommands'],
  options: readonly APIApplicationCommandBasicOption[],
): APIApplicationCommandSubcommandOption {
  return {
    type: ApplicationCommandOptionType.Subcommand,
    ...localize(({ follow }) => follow.subcommands[name]),
    options: [...options],
  };
}

/** An option that takes one of a few values. */
export function defineChoice<Value extends string>(
  name: OptionName,
  values: readonly Value[],
  read: (voice: BotVoice) => Readonly<Record<Value, string>>,
): APIApplicationCommandBasicOption {
  return {
    type: ApplicationCommandOptionType.String,
    ...localize(({ options }) => options[name]),
    choices: values.map((value) => ({
      name: read(en)[value],
      name_localizations: localizeChoice((voice) => read(voice)[value]),
      value,
    })),
  };
}

/** An option that takes a forum of the server. Of media channels Discord’s own spec knows nothing here. */
export function defineForum(name: OptionName): APIApplicationCommandBasicOption {
  return {
    type: ApplicationCommandOptionType.Channel,
    ...localize(({ options }) => options[name]),
    channel_types: [ChannelType.GuildForum],
  };
}

/** An option that takes a role of the server. */
export function defineRole(name: OptionName): APIApplicationCommandBasicOption {
  return {
    type: ApplicationCommandOptionType.Role,
    ...localize(({ options }) => options[name]),
  };
}

function localizeChoice(read: (voice: BotVoice) => string): LocalizationMap {
  const others = Object.values(botVoices).filter((voice) => voice !== en);
  return Object.fromEntries(
    others.flatMap((voice) => voice.locales.map((locale) => [locale, read(voice)])),
  );
}
