import { attribute, type Element, isElement, isText, type PageNode } from './element.ts';

/** What stands in the tables that pages and mails are laid out with, and in no table of data. */
const LAYOUT = /^(?:table|img|picture|h[1-6]|ul|ol|hr|figure|pre|blockquote|iframe|video)$/;
const LONGEST_CELL = 300;

/**
 * True for a table that is one: several columns of short texts, in more than one row or under
 * headings. Mails are laid out with tables of another kind, which hold tables, images and headings.
 */
export function isDataTable(table: Element): boolean {
  if (/^(?:presentation|none)$/i.test(attribute(table, 'role'))) return false;
  let [rows, cells, widest, letters] = [0, 0, 0, 0];
  let hasHeading = false;
  let isEmpty = true;
  const left: PageNode[] = [...table.childNodes].reverse();
  for (let node = left.pop(); node !== undefined; node = left.pop()) {
    if (isText(node) && /\S/.test(node.value)) {
      letters += node.value.length;
      if (letters > LONGEST_CELL) return false;
      if (isEmpty) cells += 1;
      isEmpty = false;
      widest = Math.max(widest, cells);
    }
    if (!isElement(node)) continue;
    if (LAYOUT.test(node.tagName)) return false;
    if (node.tagName === 'tr') [rows, cells] = [rows + 1, 0];
    if (node.tagName === 'td' || node.tagName === 'th') [letters, isEmpty] = [0, true];
    hasHeading ||= node.tagName === 'th';
    for (let i = node.childNodes.length - 1; i >= 0; i -= 1) {
      const child = node.childNodes[i];
      if (child !== undefined) left.push(child);
    }
  }
  return widest > 1 && (rows > 1 || hasHeading);
}
