import { createRequire } from 'node:module';
import type * as FastXml from 'fast-xml-parser';

/** An element: its children by name (always lists), attributes under `@name`, text under `#text`. */
export type XmlElement = { readonly [name: string]: unknown };

/** Elements whose content is taken as it stands in the file, markup included. */
const LEAVES = [
  'title',
  'link',
  'guid',
  'id',
  'pubDate',
  'published',
  'updated',
  'date',
  'content',
  'encoded',
  'summary',
  'description',
];
/** A feed is four deep; the HTML inside it is not looked at here. */
const DEEPEST = 40;

const require = createRequire(import.meta.url);

/**
 * Parses a feed, or says why it is no XML. Nothing that a document declares is expanded, and what
 * nests deeper than a feed can is refused. Names lose their namespace.
 */
export function parseXml(xml: string): XmlElement | string {
  const { XMLParser } = require('fast-xml-parser') as typeof FastXml;
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    alwaysCreateTextNode: true,
    parseTagValue: false,
    processEntities: false,
    removeNSPrefix: true,
    maxNestedTags: DEEPEST,
    jPath: false,
    isArray: (name) => !name.startsWith('@') && name !== '#text',
    stopNodes: LEAVES.map((name) => `..${name}`),
  });
  try {
    return parser.parse(xml) as XmlElement;
  } catch (error) {
    return error instanceof Error ? error.message.slice(0, 120) : 'it cannot be parsed';
  }
}

/** The elements of a name in an element. */
export function children(element: XmlElement, name: string): XmlElement[] {
  const found = element[name];
  return Array.isArray(found) ? found.filter(isElement) : [];
}

/** The raw content of the first element of a name, markup included, with its attributes. */
export function rawContent(element: XmlElement): string {
  return attribute(element, '#text') ?? '';
}

/** An attribute, given with its @. */
export function attribute(element: XmlElement, name: string): string | undefined {
  const value = element[name];
  return typeof value === 'string' ? value : undefined;
}

function isElement(value: unknown): value is XmlElement {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
