const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00A0',
};

/**
 * The text of a status as its HTML shows it. Mastodon writes paragraphs, line breaks and anchors
 * whose hidden parts make up the whole address, so that mostly the text comes out as it was sent.
 * https://github.com/mastodon/mastodon/blob/main/app/lib/text_formatter.rb
 */
export function readContent(html: string): string {
  return html
    .replace(/<br\s*\/?>\n?/gi, '\n')
    .replace(/<\/p>\s*<p[^>]*>/gi, '\n\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));/gi, (all, decimal, hex, name) => {
      if (name !== undefined) return ENTITIES[name] ?? all;
      const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
      return code <= 0x10ffff ? String.fromCodePoint(code) : all;
    });
}

/** True when two texts are the same to a server, which trims what it is sent. */
export function isSameText(one: string, other: string): boolean {
  return tidy(one) === tidy(other);
}

/**
 * True when shown text may well be that of a draft: half of it or more is the same at its
 * beginning and end, by letters and digits. What a server shows in its own way (an address, a
 * hashtag, a blank line) does not hide a post so; its source then decides.
 */
export function isAlike(shown: string, text: string): boolean {
  const [one, other] = [lettersOf(shown), lettersOf(text)];
  const shorter = Math.min(one.length, other.length);
  let before = 0;
  while (before < shorter && one[before] === other[before]) before += 1;
  let after = 0;
  while (after < shorter - before && one.at(-1 - after) === other.at(-1 - after)) after += 1;
  return (before + after) * 2 >= Math.max(one.length, other.length);
}

function tidy(text: string): string {
  return text.replace(/\r\n?/g, '\n').trim();
}

function lettersOf(text: string): string {
  return text.normalize('NFC').replace(/[^\p{L}\p{N}]/gu, '');
}
