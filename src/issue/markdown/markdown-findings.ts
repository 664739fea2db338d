import type { Finding } from '../finding.ts';
import { shorten } from '../text/read-header.ts';
import type { Definition } from './definitions.ts';

export const HTML_IGNORED = 'markdown.html-ignored';

/** HTML within Markdown: a warning where words or an image go with it. */
export function htmlIgnored(line: number, html: string): Finding {
  const isComment = /^<!--[\s\S]*-->$/.test(html.trim());
  const hasContent =
    !isComment && (/<(?:img|iframe|video|picture|table)\b/i.test(html) || hasWords(html));
  return {
    severity: hasContent ? 'warning' : 'info',
    code: HTML_IGNORED,
    line,
    message: `HTML in the Markdown is left out: “${shorten(html.slice(0, 200).trim())}”.`,
    remedy: hasContent
      ? 'Write it as Markdown, or import the page itself.'
      : 'Nothing to do: it shows no words.',
  };
}

/** An address under a label that nothing refers to. */
export function definitionUnused({ label, url, line }: Definition): Finding {
  return {
    severity: 'info',
    code: 'markdown.address-unused',
    line,
    message: `No link uses this address, so it is left out: [${shorten(label.toLowerCase())}]: ${url}`,
    remedy: 'Nothing to do, or link the words that it belongs to.',
  };
}

/** More marks of one kind than a text has; they are read as characters. */
export function marksIgnored(line: number, what: string): Finding {
  return {
    severity: 'warning',
    code: 'markdown.marks-ignored',
    line,
    message: `The text from here on has more ${what} than an issue can have; they are read as plain characters.`,
    remedy: 'Take them out, or part the text with empty lines and headings.',
  };
}

/** A block longer than any text has. */
export function readInParts(line: number): Finding {
  return {
    severity: 'warning',
    code: 'markdown.block-parted',
    line,
    message: 'A block of the text is too long to be read at once; a new one begins here.',
    remedy: 'Part the text with empty lines.',
  };
}

function hasWords(html: string): boolean {
  let depth = 0;
  for (const character of html) {
    if (character === '<') depth = 1;
    else if (character === '>') depth = 0;
    else if (depth === 0 && /\S/.test(character)) return true;
  }
  return false;
}
