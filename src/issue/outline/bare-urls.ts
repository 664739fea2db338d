import { cleanUrl, isWrapped } from './clean-url.ts';

/** An http(s) address written out in a text, without the punctuation of the sentence around it. */
export type BareUrl = { readonly start: number; readonly end: number; readonly url: string };

const RUN = /(?<![\p{L}\p{N}])https?:\/\/[^\s<>"“”「」『』【】《》。，、！？；：（）]+/giu;
const TAIL = '.,;:!?\'"’”*';
const CLOSERS: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** Finds the http(s) addresses that a text writes out. */
export function findBareUrls(text: string): BareUrl[] {
  if (!text.includes('://')) return [];
  return [...text.matchAll(RUN)].flatMap(({ 0: run, index: start }) => {
    let end = run.length;
    const tail = Object.entries(CLOSERS)
      .flatMap(([closer, opener]) => (run.includes(opener) ? [] : [closer]))
      .concat(TAIL)
      .join('');
    while (end > 0 && tail.includes(run.charAt(end - 1))) end -= 1;
    const url = run.slice(0, end);
    return URL.canParse(url) ? [{ start, end: start + end, url }] : [];
  });
}

/**
 * The text with its addresses as they may be posted: without tracking parameters, and without those
 * that a mailer made for one subscriber, each of which `onWrapper` is told.
 */
export function cleanBareUrls(text: string, onWrapper: (url: string) => void): string {
  const urls = findBareUrls(text);
  if (urls.length === 0) return text;
  const parts: string[] = [];
  let at = 0;
  for (const { start, end, url } of urls) {
    const clean = cleanUrl(url);
    const before = text.slice(at, start);
    if (isWrapped(url)) {
      onWrapper(url);
      const isInBrackets = before.endsWith('(') && text.charAt(end) === ')';
      parts.push(isInBrackets ? before.replace(/\s*\($/, '') : before);
      at = isInBrackets ? end + 1 : end;
      continue;
    }
    // An address that only gets another spelling stays as it was written.
    const isOther = clean !== undefined && clean !== URL.parse(url)?.href;
    parts.push(before, isOther ? clean : url);
    at = end;
  }
  return [...parts, text.slice(at)].join('');
}
