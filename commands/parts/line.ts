import { readTitle } from '../../formatters/parts.ts';
import { escapeDiscord } from '../../formatters/text/discord-markdown.ts';
import { truncate, utf16Units } from '../../formatters/text/measure.ts';

/** Far over any limit here: what stands behind it is never shown, and need not be measured. */
const LONGEST_READ = 2_000;

/**
 * Words on one line, at most so many UTF-16 units, for a place that shows them letter for letter:
 * the name of a button, an entry of a menu. Never empty, as Discord takes no empty one.
 */
export function fitLine(words: string, most: number): string {
  const line = words
    .slice(0, LONGEST_READ)
    .toWellFormed()
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  return truncate(line, { measure: utf16Units, most }) || '…';
}

/** The same as Markdown that shows it letter for letter; of that, at most so many units. */
export function fitMarkdown(words: string, most: number): string {
  for (let room = most; room > 1; room = Math.floor(room * 0.9)) {
    const written = escapeDiscord(fitLine(words, room));
    if (written.length <= most) return written;
  }
  return '…';
}

/** A title for a menu, its formulas readable. */
export function fitTitle(title: string, most: number): string {
  return fitLine(readTitle(title.slice(0, LONGEST_READ)).text, most);
}
