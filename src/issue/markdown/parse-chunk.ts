import type { Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { escapeFormulas } from '../text/escape-formulas.ts';

/** What was too much for the parser, and is read as plain characters. */
export type Parsed = { readonly tree: Root; readonly plain: readonly string[] };

type Limit = {
  readonly what: string;
  readonly isOver: (text: string) => boolean;
  readonly constructs: readonly string[];
};

const MOST_MARKS = 400;
/** An opening of a block within a block within a block …, more of them than anybody writes. */
const DEEP =
  /^(?![ \t]*(?:(?:\*[ \t]*)+|(?:-[ \t]*)+)$)(?:[ \t]*(?:>|(?:[*+-]|\d{1,9}[.)])[ \t])){12}/m;

/**
 * Where the parser takes quadratic time: nested blocks, emphasis, brackets, code, tags, underlines.
 * No text that a person wrote comes near these numbers.
 */
const LIMITS: readonly Limit[] = [
  {
    what: 'quotations and lists in each other',
    isOver: (text) => DEEP.test(text),
    constructs: ['blockQuote', 'list', 'codeIndented'],
  },
  { what: 'emphasis', isOver: isOver(/[*_]/g, 2 * MOST_MARKS), constructs: ['attention'] },
  {
    what: 'brackets',
    isOver: isOver(/\[/g),
    constructs: ['labelStartLink', 'labelStartImage', 'labelEnd', 'definition'],
  },
  { what: 'code', isOver: isOver(/`+/g), constructs: ['codeText', 'codeFenced'] },
  { what: 'tags', isOver: isOver(/</g), constructs: ['htmlText', 'htmlFlow', 'autolink'] },
  {
    what: 'points of lists',
    isOver: isOver(/^[ \t]*(?:[*+-]|\d{1,9}[.)])[ \t]/gm, 200),
    constructs: ['list'],
  },
  {
    what: 'underlines',
    isOver: isOver(/^ {0,3}(?:-+|=+)[ \t]*$/gm, 60),
    constructs: ['setextUnderline'],
  },
];

/** What an inline text cannot hold. */
const BLOCKS =
  'blockQuote codeFenced codeIndented definition headingAtx htmlFlow list setextUnderline thematicBreak'.split(
    ' ',
  );

/** Parses a text of an issue, which is CommonMark inline. */
export function parseInline(text: string): Root {
  const over = LIMITS.filter((limit) => limit.isOver(text));
  const disabled = [...BLOCKS, ...over.flatMap(({ constructs }) => constructs)];
  return fromMarkdown(text, { extensions: [{ disable: { null: disabled } }] });
}

/** Parses a chunk of Markdown; a kind of mark that it has far too many of is read as plain. */
export function parseChunk(text: string): Parsed {
  const over = LIMITS.filter((limit) => limit.isOver(text));
  const disabled = over.flatMap(({ constructs }) => constructs);
  // Escaping many marks costs the parser more than they are worth.
  const safe = over.length === 0 ? escapeFormulas(text) : text;
  const tree = fromMarkdown(safe, { extensions: [{ disable: { null: disabled } }] });
  return { tree, plain: over.map(({ what }) => what) };
}

function isOver(pattern: RegExp, most = MOST_MARKS): (text: string) => boolean {
  return (text) => {
    let count = 0;
    for (const _ of text.matchAll(pattern)) {
      count += 1;
      if (count > most) return true;
    }
    return false;
  };
}
