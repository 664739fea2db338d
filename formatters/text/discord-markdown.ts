import type { Prose, Span } from './prose.ts';

const SPECIAL = /[\\*_~`|<>[\]]/g;
const LINE_START = /^(\s*)(#{1,3}(?=\s)|-#|[-+](?=\s)|(\d+)([.)])(?=\s))/gm;

/** Text of ours or anybody's as Discord Markdown that shows it letter for letter. */
export function escapeDiscord(text: string): string {
  return text
    .replace(SPECIAL, '\\$&')
    .replace(LINE_START, (match, blank: string, _marker, digits?: string, dot?: string) =>
      digits === undefined ? `${blank}\\${match.slice(blank.length)}` : `${blank}${digits}\\${dot}`,
    );
}

/** Writes prose as Discord Markdown: links, emphasis and code kept, all else escaped. */
export function renderDiscord(prose: Prose): string {
  return renderRange(prose, 0, prose.text.length, [...prose.spans].sort(byNesting));
}

function renderRange(prose: Prose, from: number, to: number, spans: readonly Span[]): string {
  let out = '';
  let at = from;
  spans.forEach((span, index) => {
    if (span.start < at) return; // Inside a span that is already written.
    const inner = spans.slice(index + 1).filter((s) => s.start < span.end);
    out += escapeDiscord(prose.text.slice(at, span.start)) + renderSpan(prose, span, inner);
    at = span.end;
  });
  return out + escapeDiscord(prose.text.slice(at, to));
}

function renderSpan(prose: Prose, span: Span, inner: readonly Span[]): string {
  const raw = prose.text.slice(span.start, span.end);
  const content = (): string => renderRange(prose, span.start, span.end, inner);
  switch (span.kind) {
    case 'strong':
      return `**${content()}**`;
    case 'emphasis':
      return `*${content()}*`;
    case 'code':
      return raw.includes('`') ? escapeDiscord(raw) : `\`${raw}\``;
    case 'link':
      return raw === span.url ? raw : `[${content()}](${encodeUrl(span.url)})`;
    case 'tag':
    case 'atom':
      return escapeDiscord(raw);
  }
}

/** Inside `[…](…)` a bracket or a blank would end the address. */
function encodeUrl(url: string): string {
  return url.replace(
    /[()\s<>]/g,
    (character) => `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}

function byNesting(a: Span, b: Span): number {
  return a.start - b.start || b.end - a.end;
}
