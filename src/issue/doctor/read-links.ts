import { createRequire } from 'node:module';
import type { Nodes } from 'mdast';
import type * as ParseChunk from '../markdown/parse-chunk.ts';

const require = createRequire(import.meta.url);

/** The addresses that the links of a text lead to, as written; images are none. */
export function readLinks(text: string): string[] {
  if (!/\]\(|<[a-z][a-z0-9+.-]*:/i.test(text)) return [];
  // Loaded when first needed: most text has no link, and a command starts in half the time.
  const { parseInline } = require('../markdown/parse-chunk.ts') as typeof ParseChunk;
  const links: string[] = [];
  const left: Nodes[] = [parseInline(text)];
  for (let node = left.pop(); node !== undefined; node = left.pop()) {
    if (node.type === 'link') links.push(node.url);
    if ('children' in node) for (const child of node.children.toReversed()) left.push(child);
  }
  return links;
}
