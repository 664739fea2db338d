import { sha256 } from '../kit/ids.ts';

const LONGEST_SLUG = 80;

/** The address of a paper within its issue: its title in lower-case ASCII words joined by hyphens. */
export function makeSlug(title: string, isTaken: (slug: string) => boolean): string {
  const words = title
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[’']/g, '')
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  let base = '';
  for (const word of words) {
    const next = base === '' ? word.slice(0, LONGEST_SLUG) : `${base}-${word}`;
    if (next.length > LONGEST_SLUG) break;
    base = next;
  }
  // A title in another script: its own hash, so that the address does not depend on the order.
  if (base === '') base = `paper-${sha256(title).slice(0, 8)}`;
  for (let n = 1; ; n += 1) {
    const slug = n === 1 ? base : `${base}-${n}`;
    if (!isTaken(slug)) return slug;
  }
}
