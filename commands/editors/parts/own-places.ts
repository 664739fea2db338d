import type { FormatOptions } from '../../../formatters/draft.ts';
import { findOwnText } from '../../../formatters/index.ts';
import type { BotVoice } from '../../../formatters/voice/bot/bot-voice.ts';
import type { Destination } from '../../../src/desk/desk.ts';
import { fitMarkdown } from '../../parts/line.ts';
import type { OpenDraft } from './open-draft.ts';

const NAME_MOST = 60;
const NAMES_MOST = 10;

/** The destinations that own words are for which are written at one of them, that one first. */
export function listOwnPlaces({
  places,
  destination,
}: Pick<OpenDraft, 'places' | 'destination'>): readonly Destination[] {
  const others = places.filter(
    ({ name, platform }) => platform === destination.platform && name !== destination.name,
  );
  return [destination, ...others];
}

/**
 * That a draft is in an editor’s own words, and at which destinations they go out, in Markdown:
 * "bluesky (en), bluesky-de (de)", with languages where they differ. Empty where it is not.
 */
export function writeOwnPlaces(
  open: OpenDraft,
  format: (name: string) => FormatOptions,
  { editor }: BotVoice,
): string[] {
  if (findOwnText(open.item.of)?.[open.destination.platform] === undefined) return [];
  const places = listOwnPlaces(open);
  const languageOf = ({ name }: Destination): string => format(name).languages[0] ?? 'en';
  const isMixed = new Set(places.map(languageOf)).size > 1;
  const names = places.slice(0, NAMES_MOST).map((place) => {
    const name = fitMarkdown(place.name, NAME_MOST);
    return isMixed ? `${name} (${languageOf(place)})` : name;
  });
  const more = places.length > NAMES_MOST ? [editor.more(places.length - NAMES_MOST)] : [];
  return [editor.ownWords([...names, ...more].join(', '))];
}
