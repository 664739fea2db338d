import type { Byline } from '../schema.ts';

const LONGEST_BYLINE = 400;
const SHAPE = /^([^[\]]+?)(\s+et\s+al\b\.?)?\s*(?:\[([^[\]]*)\])?$/iu;
const NAME =
  /^(?:(?:van|von|der|den|de|del|della|di|da|dos|du|la|le|el|al|bin|ibn|ten|ter)\s+|\p{Lu}[\p{L}\p{M}’'.-]*(?:\s+|$)){1,5}$/u;
/** State universities write their campus after a comma, which would read as two organizations. */
const CAMPUS =
  /\b(University of (?:California|Texas|Illinois|Wisconsin|Michigan|Massachusetts|Maryland|Colorado|Minnesota|North Carolina)), (?=\p{Lu}[\p{L} –-]*(?:,|$))/gu;

/**
 * Reads "Xin et al. [NVIDIA]". `isSure` tells whether the line can be nothing else ("et al." or
 * organizations in brackets); a bare "Rathi and Radford" is a byline only in the right place.
 */
export function parseByline(line: string): (Byline & { readonly isSure: boolean }) | undefined {
  if (line.length > LONGEST_BYLINE) return undefined;
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
    .replace(CAMPUS, '$1\0')
    .split(/\s*[,;]\s*/)
    .map((name) => name.replace('\0', ', ').trim())
    .filter((name) => name !== '');
}
