import { escapeInline } from '../text/escape-inline.ts';
import type { Inline } from './outline.ts';

/**
 * Writes inline text as CommonMark, the one form in which an issue keeps it: whatever the source
 * was, the same words with the same links give the same bytes, and plain words give what the
 * plain-text importer gives.
 */
export function writeInline(inline: readonly Inline[]): string {
  return inline.map(writeOne).join('').replace(/\s+/g, ' ').trim();
}

/** The words alone. */
export function readWords(inline: readonly Inline[]): string {
  return inline
    .map((part) => ('inline' in part ? readWords(part.inline) : part.text))
    .join('')
    .replace(/\s+/g, ' ')
    .trim();
}

function writeOne(part: Inline): string {
  switch (part.kind) {
    case 'text':
      return escapeInline(part.text);
    case 'code':
      return writeCode(part.text);
    case 'strong':
      return mark('**', part.inline);
    case 'emphasis':
      return mark('*', part.inline);
    case 'link':
      return writeLink(part.url, part.inline);
  }
}

/** Blanks at the ends of emphasis stand outside its marks, where CommonMark wants them. */
function mark(sign: string, inline: readonly Inline[]): string {
  const content = inline.map(writeOne).join('');
  const words = content.trim();
  if (words === '') return content;
  const [before = '', after = ''] = [/^\s*/.exec(content)?.[0], /\s*$/.exec(content)?.[0]];
  return `${before}${sign}${words}${sign}${after}`;
}

function writeLink(url: string, inline: readonly Inline[]): string {
  const words = inline.map(writeOne).join('').trim();
  if (words === '') return '';
  return `[${words}](${url.replace(/[()\s<>]/g, (c) => `%${c.charCodeAt(0).toString(16).padStart(2, '0')}`)})`;
}

function writeCode(text: string): string {
  const fence = '`'.repeat(
    Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length)) + 1,
  );
  const pad = /^`|`$|^ .* $/.test(text) ? ' ' : '';
  return `${fence}${pad}${text}${pad}${fence}`;
}
