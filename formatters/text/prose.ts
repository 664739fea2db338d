import type { Nodes, PhrasingContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';

/** A stretch of a prose text that is more than letters. Offsets are UTF-16 units. */
export type Span = { readonly start: number; readonly end: number } & (
  | { readonly kind: 'link'; readonly url: string }
  | { readonly kind: 'tag'; readonly tag: string }
  | { readonly kind: 'strong' | 'emphasis' | 'code' | 'atom' }
);

/** Text as a reader sees it, and what its stretches are. Spans nest, they never cross. */
export type Prose = { readonly text: string; readonly spans: readonly Span[] };

/** Issue text is inline: nothing in it may become a heading, a list, a quotation or raw HTML. */
const INLINE_ONLY = {
  disable: {
    null: [
      'blockQuote',
      'codeFenced',
      'codeIndented',
      'definition',
      'headingAtx',
      'htmlFlow',
      'list',
      'setextUnderline',
      'thematicBreak',
    ],
  },
};

const BARE_URL = /\bhttps?:\/\/[^\s<>"“”]+/giu;
const URL_TAIL = /[.,;:!?'’”)\]}]$/u;

/** Reads CommonMark inline, and finds bare URLs in it. Pure; nothing in it is executed. */
export function parseProse(markdown: string): Prose {
  if (!/[\\`*_[\]<&!\n]/.test(markdown)) return withBareLinks({ text: markdown.trim(), spans: [] });
  const tree = fromMarkdown(markdown.replace(/\s*\n\s*/g, ' '), { extensions: [INLINE_ONLY] });
  const collected: Collected = { text: '', spans: [] };
  for (const child of tree.children) collect(child, collected);
  return withBareLinks(collected);
}

/** Text that is not Markdown, taken as it is. */
export function plainProse(text: string): Prose {
  return { text, spans: [] };
}

type Collected = { text: string; spans: Span[] };

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
  for (const child of node.children) collect(child, into);
  const range = { start, end: into.text.length };
  if (range.end === start) return;
  if (node.type === 'strong' || node.type === 'emphasis') {
    into.spans.push({ kind: node.type, ...range });
  } else if (node.type === 'link' && /^https?:\/\//i.test(node.url)) {
    into.spans.push({ kind: 'link', url: node.url, ...range });
  }
}

function withBareLinks(prose: Prose): Prose {
  if (!prose.text.includes('://')) return prose;
  const links = [...prose.text.matchAll(BARE_URL)].flatMap((match): Span[] => {
    const url = trimUrl(match[0]);
    const start = match.index;
    const end = start + url.length;
    const isTaken = prose.spans.some((span) => span.start < end && start < span.end);
    return isTaken || !URL.canParse(url) ? [] : [{ kind: 'link', url, start, end }];
  });
  return { text: prose.text, spans: [...prose.spans, ...links] };
}

/** Takes off the punctuation that belongs to the sentence; a bracket stays if the URL opened it. */
function trimUrl(match: string): string {
  let url = match;
  while (URL_TAIL.test(url)) {
    if (url.endsWith(')') && url.split('(').length >= url.split(')').length) break;
    url = url.slice(0, -1);
  }
  return url;
}
