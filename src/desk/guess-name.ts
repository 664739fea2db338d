import { ABBREVIATIONS } from '../archive/search/abbreviations.ts';
import { editDistance } from '../archive/search/edit-distance.ts';
import { foldName } from '../archive/search/read-words.ts';

/** In shorter names another letter makes another name. */
const LONG_FOR_ERROR = 5;

const SPELLINGS = ABBREVIATIONS.map((names) => names.map(toSingular));

/**
 * The name that is meant by what an abbreviation stands for, or the other way round, or by a
 * spelling with one letter wrong; undefined where that may be none or several. The names come with
 * folded keys, those of most papers first.
 */
export function guessName<T extends { readonly key: string }>(
  names: readonly T[],
  asked: string,
): T | undefined {
  const folded = foldName(asked);
  const one = toSingular(folded);
  const same = SPELLINGS.filter((spellings) => spellings.includes(one)).flat();
  const meant = names.find(({ key }) => same.includes(toSingular(key)));
  if (meant !== undefined || folded.length < LONG_FOR_ERROR) return meant;
  const near = names.filter(
    // Another number is not a typing error: it is another model.
    ({ key }) => readDigits(key) === readDigits(folded) && editDistance(folded, key, 1) <= 1,
  );
  return near.length === 1 ? near[0] : undefined;
}

function toSingular(name: string): string {
  return name.replaceAll(' ', '').replace(/s$/, '');
}

function readDigits(key: string): string {
  return key.replace(/\D+/g, '');
}
