import type {
  BlockContent,
  Code,
  Definition,
  DefinitionContent,
  List,
  ListItem,
  PhrasingContent,
  Root,
} from 'mdast';
import type { Inline, OutlineNode } from '../outline/outline.ts';
import { codeFlattened, tableFlattened } from '../outline/outline-findings.ts';
import { htmlIgnored } from './markdown-findings.ts';
import { type InlineContext, type ReadInline, readMarkdownInline } from './read-markdown-inline.ts';
import { splitTable } from './split-table.ts';

type Content = Root['children'][number] | BlockContent | DefinitionContent;
type ListNode = Extract<OutlineNode, { kind: 'list' }>;
type OpenList = { readonly ordered: boolean; items: Inline[][]; itemLines: number[] };

/** Reads the blocks of a tree, in order. As deep as blocks nest, which the parser's limits keep shallow. */
export function readMarkdownBlocks(
  content: readonly Content[],
  context: InlineContext,
): OutlineNode[] {
  return content.flatMap((node) => readBlock(node, context));
}

function readBlock(node: Content, context: InlineContext): OutlineNode[] {
  const place = placeOf(node, context);
  switch (node.type) {
    case 'heading': {
      const { inline, images } = readMarkdownInline(node.children, context);
      return [{ kind: 'heading', level: node.depth, inline, ...place }, ...images];
    }
    case 'paragraph':
      return order(readMarkdownInline(node.children, context), (inline) => {
        const rows = splitTable(inline);
        if (rows !== undefined) context.lost(tableFlattened(place.line));
        return (rows ?? [inline]).map((row, index) => ({
          kind: 'paragraph',
          inline: row,
          ...place,
          ...(rows === undefined
            ? {}
            : { line: place.line + index + Math.min(index, 1), isApart: true }),
        }));
      });
    case 'list':
      return readList(node, context);
    case 'blockquote':
      return readMarkdownBlocks(node.children, context);
    case 'thematicBreak':
      return [{ kind: 'rule', ...place }];
    case 'code':
      return readCode(node, place, context);
    case 'definition':
      // A footnote of one word looks like one; its words are the author's.
      if (!node.identifier.startsWith('^')) return [];
      return [{ kind: 'paragraph', inline: [{ kind: 'text', text: footnote(node) }], ...place }];
    case 'html':
      context.lost(htmlIgnored(place.line, node.value));
      return [];
    default:
      return [];
  }
}

/** Each line of code as a paragraph of its own: an issue has no block of code. */
function readCode(
  { value, position }: Code,
  place: { readonly line: number; readonly column: number },
  context: InlineContext,
): OutlineNode[] {
  const lines = value.split('\n');
  if (lines.filter((text) => text.trim() !== '').length > 1)
    context.lost(codeFlattened(place.line));
  const height = position === undefined ? 0 : position.end.line - position.start.line + 1;
  const first = place.line + (height > lines.length ? 1 : 0);
  return lines.flatMap((text, index): OutlineNode[] => {
    if (text.trim() === '') return [];
    const inline: Inline[] = [{ kind: 'code', text: text.trim() }];
    return [{ kind: 'paragraph', inline, line: first + index, isApart: true }];
  });
}

function footnote({ label, identifier, url, title }: Definition): string {
  return `[${label ?? identifier}]: ${url}${title ? ` ${title}` : ''}`;
}

/** Text and its images: those at its start before it, all others after it. */
function order(
  read: ReadInline,
  make: (inline: readonly Inline[]) => OutlineNode[],
): OutlineNode[] {
  const hasText = read.inline.some(isVisible);
  if (!hasText) return [...read.images];
  const text = make(read.inline);
  return read.isImageFirst ? [...read.images, ...text] : [...text, ...read.images];
}

function isVisible(part: Inline): boolean {
  return 'inline' in part ? part.inline.some(isVisible) : /\S/.test(part.text);
}

/** A list within a list becomes items of the outer one; an image in an item parts the list. */
function readList(node: List, context: InlineContext): OutlineNode[] {
  const nodes: OutlineNode[] = [];
  const open: OpenList = { ordered: node.ordered ?? false, items: [], itemLines: [] };
  for (const item of node.children) readItem(item, open, nodes, context);
  flush(open, nodes);
  return nodes;
}

function readItem(
  item: ListItem,
  open: OpenList,
  nodes: OutlineNode[],
  context: InlineContext,
): void {
  let isStart = true;
  let isAfterImage = false;
  const add = (inline: readonly Inline[], line: number): void => {
    if (!inline.some(isVisible)) return;
    const current = open.items.at(-1);
    if (isStart || current === undefined) {
      open.items.push([...inline]);
      open.itemLines.push(line);
      isStart = false;
    } else current.push({ kind: 'text', text: '\n' }, ...inline);
  };
  for (const child of item.children) {
    const place = placeOf(child, context);
    if (child.type === 'list') {
      for (const inner of child.children) readItem(inner, open, nodes, context);
      isStart = true;
      continue;
    }
    const phrasing: readonly PhrasingContent[] | undefined =
      child.type === 'paragraph' || child.type === 'heading' ? child.children : undefined;
    const read = phrasing === undefined ? undefined : readMarkdownInline(phrasing, context);
    if (read !== undefined && !isAfterImage) add(read.inline, place.line);
    else if (read?.inline.some(isVisible))
      nodes.push({ kind: 'paragraph', inline: read.inline, ...place });
    const others = read?.images ?? readBlock(child, context);
    if (others.length === 0) continue;
    flush(open, nodes);
    isAfterImage = true;
    for (const other of others) nodes.push(other);
  }
}

function flush(open: OpenList, nodes: OutlineNode[]): void {
  const [first] = open.itemLines;
  if (first !== undefined) {
    const { ordered, items, itemLines } = open;
    const list: ListNode & { readonly line: number } = {
      kind: 'list',
      ordered,
      items,
      itemLines,
      line: first,
    };
    nodes.push(list);
  }
  open.items = [];
  open.itemLines = [];
}

function placeOf(node: Content, { line }: InlineContext): { line: number; column: number } {
  const { start } = node.position ?? { start: { line: 1, column: 1 } };
  return { line: line + start.line - 1, column: start.column };
}
