import { graphemes, measure } from './measure.ts';

/** The columns of a plain-text mail, as in RFC 3676's "format=flowed" and older custom. */
export const COLUMNS = 72;

/** All but those that keep words together. */
const BLANKS = /[^\S\u00a0\u202f]+/u;

/**
 * Text in lines of at most 72 columns, broken at blanks, a column for each grapheme; a longer word
 * has a line of its own. The lines after the first begin with `hanging`, the first with `first`.
 */
export function wrapText(text: string, first = '', hanging = ''): string {
  const words = listWords(text);
  const lines: string[] = [];
  let line = first;
  let column = measure(first, graphemes);
  let isEmpty = true;
  for (const word of words) {
    const width = measure(word, graphemes);
    if (!isEmpty && column + 1 + width > COLUMNS) {
      lines.push(line);
      line = hanging;
      column = measure(hanging, graphemes);
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    column += width + (isEmpty ? 0 : 1);
    isEmpty = false;
  }
  return isEmpty ? '' : [...lines, line].join('\n');
}

/** What stands between two blanks; a dot or dash that separates stays with the word before it. */
function listWords(text: string): string[] {
  const words: string[] = [];
  for (const word of text.split(BLANKS)) {
    const last = words.length - 1;
    if (/^[·–—]$/u.test(word) && last >= 0) words[last] += ` ${word}`;
    else if (word !== '') words.push(word);
  }
  return words;
}

/** A heading with a line under it as long as its longest line. */
export function underline(text: string, mark: '=' | '-'): string {
  const wrapped = wrapText(text);
  const columns = wrapped.split('\n').map((line) => measure(line, graphemes));
  return wrapped === ''
    ? ''
    : `${wrapped}\n${mark.repeat(Math.min(COLUMNS, Math.max(...columns)))}`;
}
