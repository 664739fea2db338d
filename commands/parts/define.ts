import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandIntegerOption,
  type APIApplicationCommandStringOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  type LocalizationMap,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
  type RESTPostAPIContextMenuApplicationCommandsJSONBody,
} from 'discord-api-types/v10';
import type {
  BotVoice,
  CommandName,
  Named,
  OptionName,
} from '../../formatters/voice/bot/bot-voice.ts';
import { en } from '../../formatters/voice/bot/en.ts';
import { botVoices } from '../../formatters/voice/bot/index.ts';

/** No issue has a higher number. */
const ISSUE_MOST = 999_999;

/** For every server and for members who have it for themselves; in servers, and in all messages. */
const EVERYWHERE = {
  integration_types: [
    ApplicationIntegrationType.GuildInstall,
    ApplicationIntegrationType.UserInstall,
  ],
  contexts: [
    InteractionContextType.Guild,
    InteractionContextType.BotDM,
    InteractionContextType.PrivateChannel,
  ],
};

/** A slash command that anybody may use, named and described in every language that there is. */
export function defineCommand(
  name: CommandName,
  options: readonly APIApplicationCommandBasicOption[] = [],
): RESTPostAPIChatInputApplicationCommandsJSONBody {
  return {
    type: ApplicationCommandType.ChatInput,
    ...localize(({ commands }) => commands[name]),
    ...EVERYWHERE,
    options: [...options],
  };
}

/** A command in the menu of a message: it has a name alone. */
export function defineMessageCommand(
  name: CommandName,
): RESTPostAPIContextMenuApplicationCommandsJSONBody {
  const { name: named, name_localizations } = localize(({ commands }) => commands[name]);
  return { type: ApplicationCommandType.Message, name: named, name_localizations, ...EVERYWHERE };
}

type TextTraits = Partial<
  Pick<APIApplicationCommandStringOption, 'required' | 'min_length' | 'max_length'>
> & { readonly autocomplete?: boolean };

/** An option that takes text. */
export function defineText(name: OptionName, traits: TextTraits): APIApplicationCommandBasicOption {
  return {
    type: ApplicationCommandOptionType.String,
    ...localize(({ options }) => options[name]),
    ...traits,
  } as APIApplicationCommandStringOption;
}

/** An option that takes the number of an issue. */
export function defineIssue(
  name: OptionName,
  traits: { readonly required?: boolean; readonly autocomplete?: boolean } = {},
): APIApplicationCommandBasicOption {
  return {
    type: ApplicationCommandOptionType.Integer,
    ...localize(({ options }) => options[name]),
    min_value: 1,
    max_value: ISSUE_MOST,
    ...traits,
  } as APIApplicationCommandIntegerOption;
}

/** An option that is true or false. */
export function defineSwitch(name: OptionName): APIApplicationCommandBasicOption {
  return {
    type: ApplicationCommandOptionType.Boolean,
    ...localize(({ options }) => options[name]),
  };
}

/** As Discord is told them: in English, and in the other languages by their locales. */
export type Localized = Named & {
  readonly name_localizations: LocalizationMap;
  readonly description_localizations: LocalizationMap;
};

/** A name and a description in every language. */
export function localize(read: (voice: BotVoice) => Named): Localized {
  const others = Object.values(botVoices).filter((voice) => voice !== en);
  const map = (part: keyof Named): LocalizationMap =>
    Object.fromEntries(
      others.flatMap((voice) => voice.locales.map((locale) => [locale, read(voice)[part]])),
    );
  return {
    ...read(en),
    name_localizations: map('name'),
    description_localizations: map('description'),
  };
}
