import { normalizeLabel } from './read-markdown-inline.ts';

/** An address that a text defines for its references, and the line where it does. */
export type Definition = { readonly label: string; readonly url: string; readonly line: number };
/** The addresses by the label in its one form, and all definitions in order. */
export type Definitions = {
  readonly byLabel: ReadonlyMap<string, Definition>;
  readonly all: readonly Definition[];
};

/** A destination, perhaps a title, and the end of the line: https://spec.commonmark.org/0.31.2/#link-reference-definitions */
const DEFINITION =
  /^ {0,3}\[((?:[^[\]\\\n]|\\.){1,200})\]:[ \t]*(?:<([^<>\n]*)>|([^\s<]\S*))(?:[ \t]+(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\)))?[ \t]*$/;
const LABEL = /\[((?:[^[\]\\]|\\.){1,200})\]/g;
/** Lines after which a paragraph is not open, beside empty lines and definitions: headings, rules. */
const CLOSED = /^ {0,3}(?:#{1,6}(?:\s|$)|([-*_=])[ \t]*(?:\1[ \t]*)*$|`{3}|~{3})|^\s*$/;

/**
 * The addresses that a text defines for its references; the first of a label counts. A footnote
 * ("[^1]: …") is none, and none interrupts a paragraph. `line` is that of the first line.
 */
export function findDefinitions(source: string, line: number): Definitions {
  const all: Definition[] = [];
  const byLabel = new Map<string, Definition>();
  let isOpen = false;
  source.split('\n').forEach((text, index) => {
    const found = isOpen || !/^ {0,3}\[[^^]/.test(text) ? null : DEFINITION.exec(text);
    if (found === null) {
      isOpen = !CLOSED.test(text);
      return;
    }
    const [, label = '', enclosed, bare = ''] = found;
    const definition = { label: normalizeLabel(label), url: enclosed ?? bare, line: line + index };
    if (definition.label === '') return;
    all.push(definition);
    if (!byLabel.has(definition.label)) byLabel.set(definition.label, definition);
  });
  return { byLabel, all };
}

/** Definitions, as Markdown, of the labels that a part of the text may refer to. */
export function writeDefinitions(
  text: string,
  definitions: ReadonlyMap<string, Definition>,
): string {
  if (definitions.size === 0) return '';
  const used = new Map<string, string>();
  for (const [, label = ''] of text.matchAll(LABEL)) {
    const key = normalizeLabel(label);
    const url = definitions.get(key)?.url;
    if (url !== undefined && !used.has(key))
      used.set(key, `[${label.replace(/\s+/g, ' ')}]: <${url}>`);
  }
  return used.size === 0 ? '' : `\n\n${[...used.values()].join('\n')}\n`;
}
