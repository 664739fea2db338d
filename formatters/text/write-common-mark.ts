import { escapeInline } from '../../src/issue/text/escape-inline.ts';
import { findBareUrls } from './bare-urls.ts';
import { type Prose, parseProse, type Span } from './prose.ts';

const MARKS = { strong: '**', emphasis: '*', code: '`' } as const;
/** What an editor's own words read as a bullet, or as the end of a post, at the start of a line. */
const LINE_START = /^(?=[-+*]\s|-{3,}$)/;

type Marked = Span & { readonly kind: 'link' | keyof typeof MARKS };

/**
 * Writes a line as CommonMark inline that an editor's own words are read from: the same text, with
 * its links, emphasis and code. Where marks could not be read back they are left out, never words.
 */
export function writeCommonMark(prose: Prose): string {
  const plain = writePlain(prose.text);
  if (prose.spans.length === 0) return plain;
  const rich = protectStart(writeRange(prose, listMarked(prose), 0, prose.text.length));
  return isReadAs(rich, prose) ? rich : plain;
}

function writePlain(text: string): string {
  let out = '';
  let at = 0;
  for (const { start, end } of findBareUrls(text)) {
    out += escapeInline(text.slice(at, start)) + text.slice(start, end);
    at = end;
  }
  const written = protectStart(out + escapeInline(text.slice(at)));
  return parseProse(written).text === text ? written : protectStart(escapeInline(text));
}

function protectStart(line: string): string {
  return line.replace(LINE_START, '\\');
}

/** An outer span before those in it; of those that cross, the first. */
function listMarked({ spans }: Prose): Marked[] {
  return spans
    .filter((span) => span.kind === 'link' || span.kind in MARKS)
    .filter((span): span is Marked => span.end > span.start)
    .sort((a, b) => a.start - b.start || b.end - a.end);
}

function writeRange(
  { text }: Pick<Prose, 'text'>,
  spans: readonly Marked[],
  from: number,
  to: number,
): string {
  let out = '';
  let at = from;
  for (const [index, span] of spans.entries()) {
    if (span.start < at || span.end > to) continue;
    out += escapeInline(text.slice(at, span.start));
    out += writeSpan(text, span, spans.slice(index + 1));
    at = span.end;
  }
  return out + escapeInline(text.slice(at, to));
}

function writeSpan(text: string, span: Marked, inner: readonly Marked[]): string {
  const words = text.slice(span.start, span.end);
  if (span.kind === 'code') return `\`${words}\``;
  if (span.kind === 'link' && words === span.url) return words;
  const content = writeRange({ text }, inner, span.start, span.end);
  if (span.kind === 'link') return `[${content.replace(/(?<!\\)[[\]]/g, '\\$&')}](<${span.url}>)`;
  return `${MARKS[span.kind]}${content}${MARKS[span.kind]}`;
}

/** True where the words and the links come back as they are. */
function isReadAs(markdown: string, prose: Prose): boolean {
  const read = parseProse(markdown);
  return read.text === prose.text && listLinks(read) === listLinks(prose);
}

function listLinks({ spans }: Prose): string {
  return spans
    .flatMap((one) => (one.kind === 'link' ? [`${one.start} ${one.end} ${one.url}`] : []))
    .sort()
    .join('\n');
}
