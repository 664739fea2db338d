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
  if (base === '') base = 'paper';
  for (let n = 1; ; n += 1) {
    const slug = n === 1 ? base : `${base}-${n}`;
    if (!isTaken(slug)) return slug;
  }
}
