import type { Encoding } from './repair-mojibake.ts';

/** A run of characters that may be one mis-read character, and what stands on either side. */
export type Candidate = {
  readonly codePoint: number;
  readonly encoding: Encoding;
  readonly characters: readonly string[];
  readonly previous: string;
  readonly next: string;
};

/** What an English newsletter on research can hold; all else is more likely a coincidence. */
const LETTER: readonly Range[] = [
  [0x00c0, 0x00d6], // Latin
  [0x00d8, 0x00f6],
  [0x00f8, 0x023f],
  [0x1e00, 0x1eff],
];
const GREEK: readonly Range[] = [[0x0370, 0x03ff]];
const ACCENT: readonly Range[] = [
  [0x0300, 0x0304], // combining, as in decomposed text: no letter has an overline (“Ì…”)
  [0x0306, 0x030c],
  [0x0327, 0x0328],
];
const SIGN: readonly Range[] = [
  [0x00a0, 0x00bf], // Latin-1 punctuation
  [0x00d7, 0x00d7], // times and divided by
  [0x00f7, 0x00f7],
  [0x2002, 0x200d], // punctuation, without line and paragraph separators and bidi controls
  [0x2010, 0x2027],
  [0x202f, 0x205f],
  [0x2070, 0x209f],
  [0x20a0, 0x20bf],
  [0x2100, 0x23ff], // letter-like, fractions, arrows, mathematics, technical
  [0x25a0, 0x27ff], // shapes, the heart, dingbats
  [0x2900, 0x2bff],
  [0xfb00, 0xfb06], // ligatures
  [0xfe0f, 0xfe0f],
  [0xfeff, 0xfeff],
  [0x1d400, 0x1d7ff],
  [0x1f000, 0x1faff],
];
const CLOSING = /^[”’»›…–—“‘]$/u;
const IS_LETTER = /^[\p{Lu}\p{Ll}]$/u;
/** A byte that windows-1252 leaves undefined; text that was mis-read twice holds it mis-read. */
const IS_CONTROL = /^\p{Cc}$/u;
const IS_UPPER = /^\p{Lu}$/u;
const IS_ASCII_LETTER = /^[a-z]$/i;

type Range = readonly [from: number, to: number];

/** The code point that bytes encode in UTF-8 (the shortest form, no surrogate), if they do. */
export function tellSequence(bytes: readonly number[]): number | undefined {
  const [lead = 0, ...rest] = bytes;
  const size = lead < 0xc2 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 1;
  if (bytes.length !== size || size === 1) return undefined;
  if (rest.some((byte) => byte < 0x80 || byte > 0xbf)) return undefined;
  const head = lead & (0xff >> (size + 1));
  const codePoint = rest.reduce((value, byte) => (value << 6) | (byte & 0x3f), head);
  const least = [0, 0, 0x80, 0x800, 0x10000][size] ?? 0;
  const isSurrogate = codePoint >= 0xd800 && codePoint <= 0xdfff;
  return codePoint < least || codePoint > 0x10ffff || isSurrogate ? undefined : codePoint;
}

/**
 * Weighs a mis-read character against the chance that the text is right: "MANHÃ”", "Îşi", "Âşık",
 * "Её" and "Úžas" are words although their letters make UTF-8. Reads `next` only where no later
 * repair can change the answer, which keeps the repair idempotent.
 */
export function isPlausible(candidate: Candidate): boolean {
  const { codePoint, encoding, characters, previous, next } = candidate;
  const last = characters.at(-1) ?? '';
  const isLetter = isIn(LETTER, codePoint);
  const isAccent = isIn(ACCENT, codePoint);
  if (codePoint < 0xa0) return encoding === 'windows-1252' && IS_CONTROL.test(last);
  if (!isLetter && !isAccent && !isIn(GREEK, codePoint) && !isIn(SIGN, codePoint)) return false;
  if (isAccent) return encoding === 'windows-1252' && IS_ASCII_LETTER.test(previous);
  if (encoding === 'windows-1251') {
    // Cyrillic words are full of such pairs: only punctuation (“вЂ™”) and a letter in a Latin word.
    if (characters.length > 2) return characters[1] === 'Ђ';
    return isLetter && IS_ASCII_LETTER.test(previous);
  }
  if (characters.length > 2) return true;
  const isInCapitals = IS_UPPER.test(previous);
  const isAlone = isLetter && !IS_LETTER.test(previous);
  const isAtEnd = CLOSING.test(last) && !IS_LETTER.test(next);
  if (isAtEnd && (isInCapitals || isAlone)) return false;
  if (isInCapitals && last === '’' && next === 's') return false;
  if (encoding === 'windows-1252' || !IS_LETTER.test(last)) return true;
  if (codePoint < 0xc0 || codePoint > 0x17f) return false;
  return !(isInCapitals && IS_UPPER.test(last) && /^[A-Z]$/.test(next));
}

function isIn(ranges: readonly Range[], codePoint: number): boolean {
  return ranges.some(([from, to]) => codePoint >= from && codePoint <= to);
}
