import type { Platform } from '../../formatters/draft.ts';
import type { Desk } from '../desk/desk.ts';
import type { ImportResult } from '../desk/import.ts';
import { listOwnWords } from '../desk/list-own-words.ts';
import type { Output } from './output.ts';
import { joinAnd, nameOption } from './tell-items.ts';
import { hang } from './wrap.ts';

type PlacesDesk = Pick<Desk, 'format' | 'places'> & Partial<Pick<Desk, 'destinations'>>;

/** The destinations that own words for a platform are for, by name. */
export function listOwnPlaces(
  { places, destinations = [] }: PlacesDesk,
  platform: Platform,
): string[] {
  const known = places ?? destinations.filter(({ isFollowed }) => !isFollowed);
  return known.filter((one) => one.platform === platform).map(({ name }) => name);
}

/** "These words are for all of bluesky: bluesky (en) and bluesky-de (de).", with languages where they differ. */
export function tellOwnPlaces(desk: PlacesDesk, platform: Platform): string {
  const names = listOwnPlaces(desk, platform);
  if (names.length === 0) {
    return `No destination is of ${platform}: these words are for its preview, and for one to come.`;
  }
  const languageOf = (name: string): string => desk.format(name).languages[0] ?? 'en';
  const isMixed = new Set(names.map(languageOf)).size > 1;
  const named = names.map((name) => (isMixed ? `${name} (${languageOf(name)})` : name));
  const mixed = isMixed ? ', in whatever language' : '';
  return `These words are for all of ${platform}${mixed}: ${joinAnd(named)}.`;
}

/** Says where a revision does not change what goes out, as an editor has put it in own words. */
export function printOwnWords(output: Output, result: Partial<ImportResult>): void {
  const { issue } = result;
  if (issue === undefined) return;
  for (const { item, title, platforms } of listOwnWords(result)) {
    for (const platform of platforms) {
      const said = `On ${platform} an editor’s own words go out for ${title}, which this does not change:`;
      output.line(hang(`  ${output.style('yellow', '!')} ${said}`, '    '));
      const option = item === 'digest' ? '' : ` ${nameOption(item, issue)}`;
      output.line(`    → paperboy edit ${issue.number} FILE${option} --to ${platform}`);
    }
  }
}
