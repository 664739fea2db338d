import { de } from './de.ts';
import { en } from './en.ts';
import type { Voice } from './voice.ts';

/** Every language that Paperboy speaks; a test keeps it equal to the folder. */
export const voices: Readonly<Record<string, Voice>> = { en, de };

/** The voice for a BCP 47 tag: "de-AT" speaks German, what nobody speaks is English. */
export function pickVoice(language: string | undefined): Voice {
  const primary = (language ?? 'en').toLowerCase().split('-')[0] ?? 'en';
  return (Object.hasOwn(voices, primary) ? voices[primary] : undefined) ?? en;
}
