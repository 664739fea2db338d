import type { BotVoice } from './bot-voice.ts';
import { de } from './de.ts';
import { en } from './en.ts';

/** Every language that the bot speaks; a test keeps it equal to the voices of the posts. */
export const botVoices: Readonly<Record<string, BotVoice>> = { en, de };

/** The bot's voice for the language of a voice of the posts. */
export function pickBotVoice(language: string): BotVoice {
  return (Object.hasOwn(botVoices, language) ? botVoices[language] : undefined) ?? en;
}
