import type { DefaultTreeAdapterTypes } from 'parse5';

export type Element = DefaultTreeAdapterTypes.Element;
export type TextNode = DefaultTreeAdapterTypes.TextNode;
export type PageNode = DefaultTreeAdapterTypes.Node;

/*
 * Formatting elements are opened again in every block, so one long tag can stand for many elements:
 * how much of it is read is bounded.
 */
const MAX_ATTRIBUTES = 100;
const LONGEST_ATTRIBUTE = 10_000;

/** What nobody reads as the article: code, controls, and the page's own furniture. */
const DROPPED = new Set(
  'head script style template noscript svg form nav footer iframe object embed audio video canvas button input select textarea datalist noembed noframes annotation annotation-xml'.split(
    ' ',
  ),
);
const HIDING = /(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)/i;

/** True for an element, as against text, a comment or the document. */
export function isElement(node: PageNode): node is Element {
  return 'tagName' in node;
}

/** True for a piece of text. */
export function isText(node: PageNode): node is TextNode {
  return node.nodeName === '#text';
}

/** The value of an attribute, or "" where it is missing. */
export function attribute(element: Element, name: string): string {
  const { attrs } = element;
  for (let i = 0; i < attrs.length && i < MAX_ATTRIBUTES; i += 1) {
    const one = attrs[i];
    if (one?.name === name) return one.value.slice(0, LONGEST_ATTRIBUTE);
  }
  return '';
}

/** True when `name` is one of the element's classes. */
export function hasClass(element: Element, name: string): boolean {
  const classes = attribute(element, 'class');
  return classes.includes(name) && classes.split(/\s+/).includes(name);
}

/** True for an element that, with all it holds, is no part of what a reader sees as the article. */
export function isUnseen(element: Element): boolean {
  if (DROPPED.has(element.tagName)) return true;
  if (element.attrs.length === 0) return false;
  if (HIDING.test(attribute(element, 'style')) || hasClass(element, 'beehiiv__footer')) return true;
  return element.attrs.some(({ name }, index) => name === 'hidden' && index < MAX_ATTRIBUTES);
}
