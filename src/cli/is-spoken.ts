import { pickVoice } from '../../formatters/voice/index.ts';

/** Whether the fixed words are there in a language, a BCP 47 tag; if not, they are English. */
export function isSpoken(tag: string): boolean {
  return pickVoice(tag).language === tag.toLowerCase().split('-')[0];
}
