import type { Prose, Span } from './prose.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
/** What an HTML document may not hold in any form. https://html.spec.whatwg.org/#preprocessing-the-input-stream */
const FORBIDDEN = /[^\P{Cc}\t\n]|\p{Noncharacter_Code_Point}/gu;

/** Text that shows letter for letter as the content of an element or of a quoted attribute. */
export function escapeHtml(text: string): string {
  return text
    .toWellFormed()
    .replace(FORBIDDEN, '')
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

/** An address that may be linked or loaded; anything else could run code. */
export function isWebUrl(url: string | undefined): url is string {
  return url !== undefined && /^https?:\/\//i.test(url) && URL.canParse(url);
}

/** Writes prose as HTML: links, emphasis and code kept, all else escaped. */
export function renderHtml({ text, spans }: Prose): string {
  const sorted = spans
    .filter(({ start, end }) => start < end)
    .sort((a, b) => a.start - b.start || b.end - a.end);
  let next = 0;
  const write = (from: number, to: number, isLinked: boolean): string => {
    let html = '';
    let at = from;
    for (let span = sorted[next]; span !== undefined && span.start < to; span = sorted[next]) {
      next += 1;
      if (span.start < at || span.end > to) continue;
      html += escapeHtml(text.slice(at, span.start));
      const content = write(span.start, span.end, isLinked || span.kind === 'link');
      html += wrap(span, content, isLinked);
      at = span.end;
    }
    return html + escapeHtml(text.slice(at, to));
  };
  return write(0, text.length, false);
}

/** A link in a link would end the one around it. */
function wrap(span: Span, content: string, isLinked: boolean): string {
  switch (span.kind) {
    case 'link':
      return isLinked || !isWebUrl(span.url)
        ? content
        : `<a href="${escapeHtml(span.url)}" rel="noopener">${content}</a>`;
    case 'strong':
      return `<strong>${content}</strong>`;
    case 'emphasis':
      return `<em>${content}</em>`;
    case 'code':
      return `<code>${content}</code>`;
    default:
      return content;
  }
}
