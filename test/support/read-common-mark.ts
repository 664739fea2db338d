import { fromMarkdown } from 'mdast-util-from-markdown';

type Node = { readonly type: string; readonly value?: string; readonly children?: readonly Node[] };

const BLOCKS =
  'blockQuote codeFenced codeIndented definition headingAtx htmlFlow list setextUnderline thematicBreak'.split(
    ' ',
  );

/** The words of CommonMark inline and no more: nothing of ours reads formulas or addresses in it. */
export function readCommonMark(markdown: string): string {
  const extension = { disable: { null: BLOCKS } };
  return read(fromMarkdown(markdown.toWellFormed(), { extensions: [extension] })).trim();
}

function read({ type, value = '', children = [] }: Node): string {
  return type === 'break' ? ' ' : value + children.map(read).join('');
}
