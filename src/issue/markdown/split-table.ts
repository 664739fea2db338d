import type { Inline } from '../outline/outline.ts';
import { readWords } from '../outline/write-inline.ts';

/** The line under the headings of a table: https://github.github.com/gfm/#tables-extension- */
const RULE = /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/;

/**
 * The rows of a table that the text of a paragraph is, each with dots between its cells and without
 * the rule; undefined where it is none. Marks within the cells stay.
 */
export function splitTable(inline: readonly Inline[]): Inline[][] | undefined {
  const isLikely = inline.some((part) => part.kind === 'text' && part.text.includes('|'));
  if (!isLikely) return undefined;
  const rows: Inline[][][] = [[[]]];
  for (const part of inline) {
    if (part.kind !== 'text') {
      rows.at(-1)?.at(-1)?.push(part);
      continue;
    }
    for (const token of part.text.split(/([\n|])/)) {
      if (token === '\n') rows.push([[]]);
      else if (token === '|') rows.at(-1)?.push([]);
      else if (token !== '') rows.at(-1)?.at(-1)?.push({ kind: 'text', text: token });
    }
  }
  const [head, rule, ...others] = rows;
  if (head === undefined || rule === undefined || head.length < 2) return undefined;
  const ruleWords = rule.map((cell) => readWords(cell)).join('|');
  if (!RULE.test(ruleWords) || !ruleWords.includes('|')) return undefined;
  if (others.some((row) => row.length < 2)) return undefined;
  return [head, ...others].map((row) => {
    const cells = row.filter((cell, index) => {
      const isEdge = index === 0 || index === row.length - 1;
      return !isEdge || readWords(cell) !== '';
    });
    return cells.flatMap((cell, index): Inline[] =>
      index === 0 ? cell : [{ kind: 'text', text: ' · ' }, ...cell],
    );
  });
}
