import type { DefaultTreeAdapterTypes } from 'parse5';
import { cleanUrl } from '../outline/clean-url.ts';
import { attribute, type Element, isElement, isText } from './element.ts';
import { walk } from './walk.ts';

/** What a page says of itself outside its text. */
export type Head = {
  readonly title: string | undefined;
  /** The page's own address: its canonical link, else `og:url`. */
  readonly url: string | undefined;
  readonly description: string | undefined;
  /** When the page says that it was published. */
  readonly publishedAt: Date | undefined;
  /** What relative addresses are relative to. */
  readonly base: string | undefined;
};

/** Reads `<title>`, `<link rel=canonical>`, `<base>` and the `<meta>` tags; the first of each counts. */
export function readHead(document: DefaultTreeAdapterTypes.Document, base?: string): Head {
  const facts = new Map<string, string>();
  const note = (name: string, value: string): void => {
    const words = value.replace(/\s+/g, ' ').trim();
    if (words !== '' && !facts.has(name)) facts.set(name, words);
  };
  walk(document, {
    enter(node) {
      if (!isElement(node)) return 'childNodes' in node;
      if (node.tagName === 'title') note('title', readText(node));
      if (node.tagName === 'base') note('base', attribute(node, 'href'));
      if (node.tagName === 'meta') {
        note(attribute(node, 'property') || attribute(node, 'name'), attribute(node, 'content'));
      }
      if (node.tagName === 'link' && /\bcanonical\b/i.test(attribute(node, 'rel'))) {
        note('canonical', attribute(node, 'href'));
      }
      return node.tagName !== 'svg';
    },
  });
  const url = cleanUrl(facts.get('canonical') ?? facts.get('og:url') ?? '', base);
  const stated = facts.get('base');
  const home = base ?? url;
  return {
    title: facts.get('og:title') ?? facts.get('title'),
    url,
    description: facts.get('og:description') ?? facts.get('description'),
    publishedAt: readDate(facts.get('article:published_time') ?? facts.get('date') ?? ''),
    base: stated === undefined ? home : (cleanUrl(stated, home) ?? home),
  };
}

function readDate(text: string): Date | undefined {
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? undefined : new Date(ms);
}

function readText(element: Element): string {
  return element.childNodes.map((node) => (isText(node) ? node.value : '')).join('');
}
