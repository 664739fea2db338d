import { attribute, isElement, isText, type PageNode } from './element.ts';

/** Links nest within links in broken pages: how much of each is read is bounded. */
const MAX_NODES = 200;
const ENOUGH = 200;
const CODE = /^(?:script|style|template|annotation|annotation-xml)$/;

/** What an element says, as far as a message needs it. */
export type FirstWords = {
  /** Its first words, their blanks collapsed. */
  readonly words: string;
  /** The elements in it that were seen on the way. */
  readonly tags: ReadonlySet<string>;
  /** Where its links lead, as written. */
  readonly hrefs: readonly string[];
};

/** Reads the first words below a node; takes no more than a constant time. */
export function firstWords(root: PageNode): FirstWords {
  const tags = new Set<string>();
  const left: PageNode[] = [root];
  const hrefs: string[] = [];
  let text = '';
  for (let seen = 0; seen < MAX_NODES && text.length < ENOUGH; seen += 1) {
    const node = left.pop();
    if (node === undefined) break;
    if (isText(node)) text += node.value.slice(0, ENOUGH);
    if (isElement(node) && CODE.test(node.tagName)) continue;
    if (isElement(node) && node !== root) {
      tags.add(node.tagName);
      const href = node.tagName === 'a' ? attribute(node, 'href') : '';
      if (href !== '') hrefs.push(href);
    }
    if (!('childNodes' in node)) continue;
    for (const child of node.childNodes.slice(0, MAX_NODES).reverse()) left.push(child);
  }
  return { words: text.replace(/\s+/g, ' ').trim(), tags, hrefs };
}
