import type { Byline } from '../schema.ts';

const LONGEST_BYLINE = 400;
const SHAPE = /^([^[\]]+?)(\s+et\s+al\b\.?)?\s*(?:\[([^[\]]*)\])?$/iu;
const PARTICLE =
  'van|von|vom|zu|der|den|het|de|del|della|di|da|do|dos|das|du|la|le|el|al|bin|ibn|ten|ter';
const PREFIX = "(?:d|l|al|el)[’'-]";
const NAME = new RegExp(
  `^(?:(?:${PARTICLE})\\s+|(?:${PREFIX}|[’'][tns][ -])?[\\p{Lu}\\p{Lo}][\\p{L}\\p{M}’'.-]*(?:\\s+|$)){1,6}$`,
  'u',
);
/** A word in lower case that no byline has: the second or third word of most other texts. */
const ORDINARY_WORD = new RegExp(
  `(?:^|\\s)(?!(?:${PARTICLE}|and|et)(?!\\p{L})|${PREFIX})\\p{Ll}`,
  'u',
);
/**
 * State universities write their campus after a comma, and firms their kind ("Co., Ltd."): that
 * comma ends no organization. Campuses are named, as "University of Texas, Google" are two.
 */
const INNER_COMMA =
  /, (?=(?:Berkeley|Los Angeles|San Diego|Santa Barbara|Santa Cruz|San Francisco|Irvine|Davis|Riverside|Merced|Austin|Dallas|Arlington|San Antonio|El Paso|Urbana[ -–]Champaign|Chicago|Madison|Milwaukee|Ann Arbor|Amherst|Lowell|College Park|Baltimore County|Boulder|Denver|Twin Cities|Chapel Hill|Charlotte|Knoxville|Lincoln|Ltd\.?|Inc\.?|LLC|GmbH)\s*(?:[,;]|$))/gu;

/**
 * Reads "Xin et al. [NVIDIA]". `isSure` tells whether the line can be nothing else ("et al." or
 * organizations in brackets); a bare "Rathi and Radford" is a byline only in the right place.
 */
export function parseByline(line: string): (Byline & { readonly isSure: boolean }) | undefined {
  if (line.length > LONGEST_BYLINE) return undefined;
  const bracket = line.indexOf('[');
  if (ORDINARY_WORD.test(bracket < 0 ? line : line.slice(0, bracket))) return undefined;
  const match = SHAPE.exec(line);
  if (match === null) return undefined;
  const [, names = '', etAl, brackets] = match;
  const authors = names
    .split(/\s*,\s*(?:and\s+|&\s*)?|\s+and\s+|\s*&\s*/u)
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (authors.length === 0 || !authors.every((name) => NAME.test(name))) return undefined;
  return {
    text: line,
    authors,
    etAl: etAl !== undefined,
    organizations: parseOrganizations(brackets ?? ''),
    isSure: etAl !== undefined || brackets !== undefined,
  };
}

function parseOrganizations(text: string): string[] {
  return text
    .replace(INNER_COMMA, '\0')
    .split(/\s*[,;]\s*/)
    .map((name) => name.replaceAll('\0', ', ').trim())
    .filter((name) => name !== '');
}
