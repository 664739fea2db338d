import type { PhrasingContent } from 'mdast';
import { cleanUrl } from '../outline/clean-url.ts';
import type { Inline, Lost, OutlineNode } from '../outline/outline.ts';
import { linkLost } from '../outline/outline-findings.ts';
import { readWords } from '../outline/write-inline.ts';
import { htmlIgnored } from './markdown-findings.ts';

export type ImageNode = Extract<OutlineNode, { kind: 'image' }>;
/** Inline text and the images that stood in it; `isImageFirst` tells where. */
export type ReadInline = {
  readonly inline: readonly Inline[];
  readonly images: readonly ImageNode[];
  readonly isImageFirst: boolean;
};
/** What a reader of inline text knows of its place, and whom it tells what it left out. */
export type InlineContext = {
  readonly line: number;
  readonly base: string | undefined;
  /** The addresses that references name, by `normalizeLabel`. */
  readonly definitions: ReadonlyMap<string, string>;
  readonly lost: Lost;
};

const BREAK_TAG = /^<br\s*\/?>$/i;

/** The one form of a reference's label. */
export function normalizeLabel(label: string): string {
  return label.replace(/\s+/g, ' ').trim().toLowerCase().toUpperCase();
}

/** Reads a paragraph's content. As deep as marks nest, which the parser's limits keep shallow. */
export function readMarkdownInline(
  content: readonly PhrasingContent[],
  context: InlineContext,
): ReadInline {
  const images: ImageNode[] = [];
  let isImageFirst = false;
  let hasText = false;

  const readAll = (nodes: readonly PhrasingContent[], link: string | undefined): Inline[] =>
    nodes.flatMap((node) => readOne(node, link));

  const readOne = (node: PhrasingContent, link: string | undefined): Inline[] => {
    switch (node.type) {
      case 'text':
        hasText ||= /\S/.test(node.value);
        return [{ kind: 'text', text: node.value }];
      case 'inlineCode':
        hasText = true;
        return [{ kind: 'code', text: node.value }];
      case 'break':
        return [{ kind: 'text', text: '\n' }];
      case 'html':
        if (BREAK_TAG.test(node.value)) return [{ kind: 'text', text: '\n' }];
        context.lost(htmlIgnored(lineOf(node), node.value));
        return [];
      case 'strong':
      case 'emphasis':
        return [{ kind: node.type, inline: readAll(node.children, link) }];
      case 'link':
      case 'linkReference': {
        const address = addressOf(node);
        const url = cleanUrl(address, context.base);
        const inline = readAll(node.children, url);
        if (url === undefined) tellLost(address, inline, lineOf(node));
        return url === undefined ? inline : [{ kind: 'link', url, inline }];
      }
      case 'image':
      case 'imageReference': {
        isImageFirst ||= !hasText;
        const url = cleanUrl(addressOf(node), context.base);
        images.push({
          kind: 'image',
          line: lineOf(node),
          ...(url === undefined ? {} : { url }),
          ...(node.alt ? { alt: node.alt } : {}),
          ...(link === undefined ? {} : { link }),
        });
        return [];
      }
      default:
        return [];
    }
  };

  const lineOf = (node: PhrasingContent): number =>
    context.line + (node.position?.start.line ?? 1) - 1;
  const addressOf = (node: { url: string } | { identifier: string }): string =>
    'url' in node ? node.url : (context.definitions.get(normalizeLabel(node.identifier)) ?? '');
  const tellLost = (address: string, inline: readonly Inline[], line: number): void => {
    const finding = linkLost(line, address, readWords(inline), context.base);
    if (finding !== undefined) context.lost(finding);
  };
  return { inline: readAll(content, undefined), images, isImageFirst };
}
