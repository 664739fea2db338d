import type { Range } from './sentences.ts';

/** The characters of a URL in running text: blanks, quotes and full-width punctuation end it. */
export const URL_SOURCE = String.raw`https?:\/\/[^\s<>"“”「」『』【】《》。，、！？；：（）]+`;

const BARE_URL = new RegExp(String.raw`\b${URL_SOURCE}`, 'giu');
const CODE_AUTOLINK_OR_URL = new RegExp(`\x60+[^\x60]*\x60+|<[^<>\\s]*>|${URL_SOURCE}`, 'giu');
const TAIL = '.,;:!?\'"’”*';
const CLOSERS: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** Where a text writes out an http(s) URL, without the punctuation of the sentence around it. */
export function findBareUrls(text: string): Range[] {
  if (!text.includes('://')) return [];
  return [...text.matchAll(BARE_URL)].flatMap((match): Range[] => {
    const length = measureUrl(match[0], TAIL);
    const url = match[0].slice(0, length);
    return URL.canParse(url) ? [{ start: match.index, end: match.index + length }] : [];
  });
}

/** Keeps Markdown from reading the `_` and `*` inside a bare URL as emphasis. */
export function escapeBareUrls(markdown: string): string {
  if (!markdown.includes('://')) return markdown;
  return markdown.replace(CODE_AUTOLINK_OR_URL, (match) => {
    if (!/^http/iu.test(match)) return match;
    const length = measureUrl(match, `${TAIL}_`);
    return match.slice(0, length).replace(/\\?[*_]/g, toEscape) + match.slice(length);
  });
}

const toEscape = (mark: string): string => (mark.length === 2 ? mark : `\\${mark}`);

/**
 * How much of a run without blanks is the URL. It ends before a bracket that it did not open, and
 * before the punctuation at its end. One pass: a hostile tail costs no more than its length.
 */
function measureUrl(run: string, tail: string): number {
  const open: Record<string, number> = { '(': 0, '[': 0, '{': 0 };
  let end = run.length;
  for (let i = 0; i < run.length; i += 1) {
    const character = run.charAt(i);
    const opener = CLOSERS[character];
    if (character in open) open[character] = (open[character] ?? 0) + 1;
    if (opener === undefined) continue;
    if (open[opener] === 0) {
      end = i;
      break;
    }
    open[opener] = (open[opener] ?? 0) - 1;
  }
  // Every bracket that is left was opened by the URL itself, so the last one belongs to it.
  while (end > 0 && tail.includes(run.charAt(end - 1))) end -= 1;
  return end;
}
