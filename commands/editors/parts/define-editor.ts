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
} from 'discord-api-types/v10';
import type { BotVoice } from '../../../formatters/voice/bot/bot-voice.ts';
import type {
  EditorCommandName,
  EditorOptionName,
} from '../../../formatters/voice/bot/editor-voice.ts';
import { en } from '../../../formatters/voice/bot/en.ts';
import { botVoices } from '../../../formatters/voice/bot/index.ts';
import { localize } from '../../parts/define.ts';

const ISSUE_MOST = 999_999;
const TEXT_MOST = 100;

/** A slash command of the editors’ server: nowhere else, and for nobody who has the bot alone. */
export function defineEditorCommand(
  name: EditorCommandName,
  options: readonly APIApplicationCommandBasicOption[] = [],
): RESTPostAPIChatInputApplicationCommandsJSONBody {
  return {
    type: ApplicationCommandType.ChatInput,
    ...localize(({ editor }) => editor.commands[name]),
    integration_types: [ApplicationIntegrationType.GuildInstall],
    contexts: [InteractionContextType.Guild],
    options: [...options],
  };
}

/** The issue, which has to be named. */
export function defineIssueOption(): APIApplicationCommandBasicOption {
  return {
    type: ApplicationCommandOptionType.Integer,
    ...localize(({ editor }) => editor.options.issue),
    min_value: 1,
    max_value: ISSUE_MOST,
    required: true,
    autocomplete: true,
  } as APIApplicationCommandIntegerOption;
}

/** An option that takes text. */
export function defineEditorText(
  name: EditorOptionName,
  traits: { readonly required?: boolean; readonly autocomplete?: boolean; readonly most?: number },
): APIApplicationCommandBasicOption {
  const { most = TEXT_MOST, ...others } = traits;
  return {
    type: ApplicationCommandOptionType.String,
    ...localize(({ editor }) => editor.options[name]),
    max_length: most,
    ...others,
  } as APIApplicationCommandStringOption;
}

/** An option that is true or false. */
export function defineEditorSwitch(name: EditorOptionName): APIApplicationCommandBasicOption {
  return {
    type: ApplicationCommandOptionType.Boolean,
    ...localize(({ editor }) => editor.options[name]),
  };
}

/** How something is corrected. */
export function defineHow(): APIApplicationCommandBasicOption {
  const values = ['edit', 'repost', 'reply'] as const;
  const others = Object.values(botVoices).filter((voice) => voice !== en);
  const translate = (read: (voice: BotVoice) => string): LocalizationMap =>
    Object.fromEntries(
      others.flatMap((voice) => voice.locales.map((locale) => [locale, read(voice)])),
    );
  return {
    type: ApplicationCommandOptionType.String,
    ...localize(({ editor }) => editor.options.how),
    choices: values.map((value) => ({
      name: en.editor.how[value],
      name_localizations: translate(({ editor }) => editor.how[value]),
      value,
    })),
  };
}
