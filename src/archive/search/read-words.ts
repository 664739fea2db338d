/** A word of a text: folded, and where it stands in it (UTF-16 units). */
export type Word = { readonly term: string; readonly start: number; readonly end: number };

/** How words are read. Raised with every change here or in `stem.ts`: the index is then made anew. */
export const READING = 1;

/** Longer runs of letters are no word that anybody searches for. */
const LONGEST_WORD = 64;

/**
 * A word: letters and digits, with the marks on them; decimals and versions stay whole ("3.5",
 * "qwen3.5"), so do "C++" and "C#"; an apostrophe joins ("don’t"). Everything else sets words apart,
 * hyphens and slashes too. Scripts without blanks between words are read letter by letter.
 */
const WORD =
  /[[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]&&[\p{L}\p{N}]]\p{M}*|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}])[\p{L}\p{N}]\p{M}*|['’ʼ](?=\p{L})(?<=[\p{L}\p{M}]['’ʼ])|(?<=\p{N})\.(?=\p{N}))+(?:\+\+|#(?![\p{L}\p{N}]))?/gv;
const PLAIN_WORD =
  /(?:[a-z0-9]|'(?=[a-z])(?<=[a-z]')|(?<=[0-9])\.(?=[0-9]))+(?:\+\+|#(?![a-z0-9]))?/gi;

/** Letters that Unicode does not take apart, as people type them. */
const PLAIN_LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  ħ: 'h',
};

/** The words of a text in their order. Pure; the query and the index are read by it alike. */
export function readWords(text: string): Word[] {
  const isPlain = isAscii(text);
  const words: Word[] = [];
  for (const match of text.matchAll(isPlain ? PLAIN_WORD : WORD)) {
    const [raw] = match;
    const { index: start } = match;
    const end = start + raw.length;
    if (isAscii(raw)) push(words, fold(raw), start, end);
    // Folding can bring up new edges: "½" is "1⁄2".
    else for (const [term] of fold(raw).matchAll(WORD)) push(words, term, start, end);
  }
  return words;
}

/** The folded words of a text alone. */
export function readTerms(text: string): string[] {
  return readWords(text).map(({ term }) => term);
}

/** A name in the form that is compared: case, accents, blanks and hyphens make no difference. */
export function foldName(name: string): string {
  const folded = readTerms(name).join('');
  return folded === '' ? name.normalize('NFKC').trim().toLowerCase() : folded;
}

function push(words: Word[], term: string, start: number, end: number): void {
  if (term !== '') words.push({ term: term.slice(0, LONGEST_WORD), start, end });
}

function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    if (text.charCodeAt(index) > 127) return false;
  }
  return true;
}

/** Case folded, marks stripped, apostrophes out, the "s" of possession too. */
function fold(word: string): string {
  let folded = word.toLowerCase();
  if (!isAscii(folded)) {
    folded = folded
      .normalize('NFKD')
      .replace(/\p{M}+/gu, '')
      .toLowerCase()
      .replace(/[ßøłđðþæœıħ]/g, (letter) => PLAIN_LETTERS[letter] ?? letter)
      .normalize('NFC');
  }
  return folded.replace(/['’ʼ]s$/, '').replace(/['’ʼ]/g, '');
}
