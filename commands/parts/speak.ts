import type { FormatOptions } from '../../formatters/draft.ts';
import type { BotVoice } from '../../formatters/voice/bot/bot-voice.ts';
import { pickBotVoice } from '../../formatters/voice/bot/index.ts';
import { pickVoice, voices } from '../../formatters/voice/index.ts';
import type { Voice } from '../../formatters/voice/voice.ts';
import type { ReadingDesk } from '../../src/desk/desk.ts';
import type { Asker } from '../command.ts';

/** How an asker is spoken to. */
export type Speech = {
  readonly words: BotVoice;
  readonly voice: Voice;
  /** How cards are written: as posts are, in one message, with the asker’s fixed words. */
  readonly format: FormatOptions;
};

/** The asker’s language where the bot speaks it, else that of the posts. */
export function speak({
  desk,
  asker,
}: {
  readonly desk: Pick<ReadingDesk, 'format'>;
  readonly asker: Pick<Asker, 'locale'>;
}): Speech {
  const format = desk.format('discord');
  const primary = asker.locale.toLowerCase().split('-')[0] ?? '';
  const languages = Object.hasOwn(voices, primary) ? [primary] : format.languages;
  const voice = pickVoice(languages[0]);
  return {
    words: pickBotVoice(voice.language),
    voice,
    format: { ...format, languages, length: { maxPosts: 1 }, discord: { layout: 'embeds' } },
  };
}
