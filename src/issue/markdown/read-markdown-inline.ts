import type { PhrasingContent } from 'mdast';
import { cleanUrl } from '../outline/clean-url.ts';
import type { Inline, Lost, OutlineNode } from '../outline/outline.ts';
import { imageInline, linkLost, textStruck } from '../outline/outline-findings.ts';
import { readWords } from '../outline/write-inline.ts';
import { writeScript } from '../outline/write-script.ts';
import type { Definition } from './definitions.ts';
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
  readonly definitions: ReadonlyMap<string, Definition>;
  /** Takes the definitions that are referred to. */
  readonly used: Set<Definition>;
  readonly lost: Lost;
};

const MEANING_TAG = /^<(sup|sub|s|del|strike)>$/i;
/** As GitHub and Discord strike words out; CommonMark has no sign for it. */
const STRUCK = /~~(?=[^\s~])([^~\n]{1,500})(?<=\S)~~/g;
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
  let hasTextOnLine = false;
  /** Images after words of their line: words after them tell that they are within a sentence. */
  let waiting: { readonly image: ImageNode; readonly place: { text: string } }[] = [];
  const withinText = new Set<ImageNode>();

  const see = (text: string): void => {
    const [first = '', ...others] = text.split('\n');
    if (/\S/.test(first)) {
      for (const { image, place } of waiting) {
        withinText.add(image);
        place.text = image.alt ?? '';
        context.lost(imageInline(image.line, image.alt ?? '', image.url));
      }
      hasTextOnLine = true;
    }
    if (/\S/.test(first) || others.length > 0) waiting = [];
    hasText ||= /\S/.test(text);
    if (others.length > 0) hasTextOnLine = /\S/.test(others.at(-1) ?? '');
  };

  const withoutStruck = (text: string, line: number): string =>
    text.replace(STRUCK, (_all, words: string) => {
      context.lost(textStruck(line, words));
      return '';
    });

  const readAll = (nodes: readonly PhrasingContent[], link: string | undefined): Inline[] => {
    const read: Inline[] = [];
    for (let at = 0; at < nodes.length; at += 1) {
      const tagged = readTagged(nodes, at);
      if (tagged !== undefined) {
        see(tagged.words);
        if (tagged.tag !== 'sup' && tagged.tag !== 'sub') {
          context.lost(textStruck(tagged.line, tagged.words));
        } else read.push({ kind: 'text', text: writeScript(tagged.tag, tagged.words) });
        at += 2;
        continue;
      }
      const node = nodes[at];
      if (node !== undefined) for (const inline of readOne(node, link)) read.push(inline);
    }
    return read;
  };

  /** Words between two tags of HTML that change what they mean. */
  const readTagged = (
    nodes: readonly PhrasingContent[],
    at: number,
  ): { tag: string; words: string; line: number } | undefined => {
    const [first, second, third] = nodes.slice(at, at + 3);
    if (first?.type !== 'html' || second?.type !== 'text' || third?.type !== 'html') return;
    const tag = MEANING_TAG.exec(first.value)?.[1]?.toLowerCase();
    if (tag === undefined || third.value.toLowerCase() !== `</${tag}>`) return;
    return { tag, words: second.value, line: lineOf(first) };
  };

  const readOne = (node: PhrasingContent, link: string | undefined): Inline[] => {
    switch (node.type) {
      case 'text':
        see(node.value);
        return [{ kind: 'text', text: withoutStruck(node.value, lineOf(node)) }];
      case 'inlineCode':
        see('x');
        return [{ kind: 'code', text: node.value }];
      case 'break':
        see('\n');
        return [{ kind: 'text', text: '\n' }];
      case 'html':
        if (BREAK_TAG.test(node.value)) {
          see('\n');
          return [{ kind: 'text', text: '\n' }];
        }
        context.lost(htmlIgnored(lineOf(node), node.value));
        return [];
      case 'strong':
      case 'emphasis':
        return [{ kind: node.type, inline: readAll(node.children, link) }];
      case 'link':
      case 'linkReference': {
        // The mark of a footnote is no link, whatever stands under it.
        if (node.type === 'linkReference' && node.identifier.startsWith('^')) {
          see(node.identifier);
          return [{ kind: 'text', text: `[${node.label ?? node.identifier}]` }];
        }
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
        const image: ImageNode = {
          kind: 'image',
          line: lineOf(node),
          ...(url === undefined ? {} : { url }),
          ...(node.alt ? { alt: node.alt } : {}),
          ...(link === undefined ? {} : { link }),
        };
        images.push(image);
        const place = { kind: 'text' as const, text: '' };
        if (hasTextOnLine) waiting.push({ image, place });
        return [place];
      }
      default:
        return [];
    }
  };

  const lineOf = (node: PhrasingContent): number =>
    context.line + (node.position?.start.line ?? 1) - 1;
  const addressOf = (node: { url: string } | { identifier: string }): string => {
    if ('url' in node) return node.url;
    const definition = context.definitions.get(normalizeLabel(node.identifier));
    if (definition !== undefined) context.used.add(definition);
    return definition?.url ?? '';
  };
  const tellLost = (address: string, inline: readonly Inline[], line: number): void => {
    const finding = linkLost(line, address, readWords(inline), context.base);
    if (finding !== undefined) context.lost(finding);
  };
  const inline = readAll(content, undefined);
  const alone = images.filter((image) => !withinText.has(image));
  return { inline, images: alone, isImageFirst };
}
