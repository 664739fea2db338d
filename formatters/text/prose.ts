import { createRequire } from 'node:module';
import type { Nodes, PhrasingContent } from 'mdast';
import type * as FromMarkdown from 'mdast-util-from-markdown';
import type { Figure } from '../../src/issue/schema.ts';
import { escapeFormulas } from '../../src/issue/text/escape-formulas.ts';
import { escapeBareUrls, findBareUrls } from './bare-urls.ts';
import { readFormulas } from './find-formulas.ts';
import { trimRange } from './sentences.ts';

/** A stretch of a prose text that is more than letters. Offsets are UTF-16 units. */
export type Span = { readonly start: number; readonly end: number } & (
  | { readonly kind: 'link'; readonly url: string }
  | { readonly kind: 'tag'; readonly tag: string }
  | { readonly kind: 'strong' | 'emphasis' | 'code' | 'atom' }
  /** The last character before a figure: the post that holds it shows the image. */
  | { readonly kind: 'figure'; readonly figure: Figure }
);

/** Text as a reader sees it, and what its stretches are. Spans nest, they never cross. */
export type Prose = { readonly text: string; readonly spans: readonly Span[] };

/** Issue text is inline: nothing in it may become a heading, a list, a quotation or raw HTML. */
const BLOCKS = [
  'blockQuote',
  'codeFenced',
  'codeIndented',
  'definition',
  'headingAtx',
  'htmlFlow',
  'list',
  'setextUnderline',
  'thematicBreak',
];
const INLINE_ONLY = { disable: { null: BLOCKS } };
const WITHOUT_EMPHASIS = { disable: { null: [...BLOCKS, 'attention'] } };
/** The parser takes quadratic time over marks of emphasis; text with more of them has none. */
const MARKS_MOST = 400;

const require = createRequire(import.meta.url);

/**
 * Reads CommonMark inline, finds bare URLs in it and makes its formulas readable. Pure; nothing in
 * it is executed.
 */
export function parseProse(markdown: string): Prose {
  return readFormulas(withBareLinks(readMarkdown(markdown.toWellFormed())));
}

function readMarkdown(source: string): Prose {
  if (!/[\\`*_[\]<&!\r\n]/.test(source)) return { text: source.trim(), spans: [] };
  const line = source.replace(/\s+/g, (blanks) => (/[\r\n]/.test(blanks) ? ' ' : blanks));
  // Loaded when first needed: most text has no mark, and a command starts in half the time.
  const { fromMarkdown } = require('mdast-util-from-markdown') as typeof FromMarkdown;
  const hasEmphasis = (line.match(/\*+|_+/g)?.length ?? 0) <= MARKS_MOST;
  const extension = hasEmphasis ? INLINE_ONLY : WITHOUT_EMPHASIS;
  const safe = escapeBareUrls(hasEmphasis ? escapeFormulas(line) : line);
  const tree = fromMarkdown(safe, { extensions: [extension] });
  const collected: Collected = { text: '', spans: [], inside: new Set() };
  for (const child of tree.children) collect(child, collected);
  return collected;
}

/** Text that is not Markdown, taken as it is. */
export function plainProse(text: string): Prose {
  return { text: text.toWellFormed(), spans: [] };
}

/** The same prose without the blanks at its ends. */
export function trimProse({ text, spans }: Prose): Prose {
  const { start, end } = trimRange(text, 0, text.length);
  if (end - start === text.length) return { text, spans };
  const moved = spans.map((span) => ({
    ...span,
    start: Math.max(span.start, start) - start,
    end: Math.min(span.end, end) - start,
  }));
  return { text: text.slice(start, end), spans: moved.filter((span) => span.start < span.end) };
}

type Collected = { text: string; spans: Span[]; inside: Set<string> };

function collect(node: Nodes | PhrasingContent, into: Collected): void {
  const start = into.text.length;
  switch (node.type) {
    case 'text':
    case 'html':
      into.text += node.value;
      return;
    case 'inlineCode':
      into.text += node.value;
      into.spans.push({ kind: 'code', start, end: into.text.length });
      return;
    case 'break':
      into.text += ' ';
      return;
    case 'image':
      into.text += node.alt ?? '';
      return;
    default:
  }
  if (!('children' in node)) return;
  // Emphasis within emphasis shows nothing more; left out, spans nest four deep at most.
  const isOuter = !into.inside.has(node.type);
  into.inside.add(node.type);
  const spansBefore = into.spans.length;
  for (const child of node.children) collect(child, into);
  if (!isOuter) return;
  into.inside.delete(node.type);
  const range = { start, end: into.text.length };
  if (range.end === start) return;
  if (node.type === 'strong' || node.type === 'emphasis') {
    into.spans.push({ kind: node.type, ...range });
  } else if (node.type === 'link') {
    const url = cleanUrl(node.url);
    if (url === undefined) return;
    if (isMisleading(into.text.slice(start), url)) {
      into.text = into.text.slice(0, start) + url;
      into.spans.length = spansBefore;
    }
    into.spans.push({ kind: 'link', url, start, end: into.text.length });
  }
}

/** A bare domain: in lower case, as "Arcee.ai" is a name and "llama.cpp" a file. */
const DOMAIN =
  /^(?:www\.[a-z\d.-]+|(?:[a-z\d-]+\.)+(?:ai|app|co|com|de|dev|edu|eu|example|gov|info|io|net|org|uk|us|xyz))(?:[/?#]\S*)?$/;

/** True for words that are an address of another site than the one that they lead to. */
function isMisleading(words: string, url: string): boolean {
  const shown = words.trim();
  const address = DOMAIN.test(shown) ? `https://${shown}` : shown;
  if (!/^https?:\/\/\S+$/i.test(address) || !URL.canParse(address)) return false;
  const [one, other] = [address, url].map((it) => new URL(it).hostname.replace(/^www\./, ''));
  return !`.${one}`.endsWith(`.${other}`) && !`.${other}`.endsWith(`.${one}`);
}

/** An address that may be linked: http(s), and without blanks, which the platforms refuse. */
function cleanUrl(url: string): string | undefined {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return undefined;
  return /[\s\p{Cc}]/u.test(url) ? new URL(url).href : url;
}

/** Adds bare URLs, but for those in a link or in code, or with the edge of a span inside them. */
function withBareLinks({ text, spans }: Prose): Prose {
  const urls = findBareUrls(text);
  if (urls.length === 0) return { text, spans };
  const edges = spans.flatMap(({ start, end }) => [start, end]).sort((a, b) => a - b);
  const taken = spans
    .filter(({ kind }) => kind === 'link' || kind === 'code')
    .sort((a, b) => a.start - b.start);
  let edge = 0;
  let next = 0;
  const links = urls.flatMap(({ start, end }): Span[] => {
    while ((edges[edge] ?? Infinity) <= start) edge += 1;
    while ((taken[next]?.end ?? Infinity) <= start) next += 1;
    if ((edges[edge] ?? Infinity) < end || (taken[next]?.start ?? Infinity) < end) return [];
    return [{ kind: 'link', url: text.slice(start, end), start, end }];
  });
  return { text, spans: [...spans, ...links] };
}
