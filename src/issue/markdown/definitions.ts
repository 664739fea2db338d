import { normalizeLabel } from './read-markdown-inline.ts';

const DEFINITION = /^ {0,3}\[((?:[^[\]\\\n]|\\.){1,200})\]:[ \t]*(?:<([^<>\n]*)>|(\S+))/gm;
const LABEL = /\[((?:[^[\]\\]|\\.){1,200})\]/g;

/** The addresses that a text defines for its references; the first of a label counts. */
export function findDefinitions(source: string): Map<string, string> {
  const definitions = new Map<string, string>();
  for (const [, label = '', enclosed, bare] of source.matchAll(DEFINITION)) {
    const key = normalizeLabel(label);
    if (key !== '' && !definitions.has(key)) definitions.set(key, enclosed ?? bare ?? '');
  }
  return definitions;
}

/** Definitions, as Markdown, of the labels that a part of the text may refer to. */
export function writeDefinitions(text: string, definitions: ReadonlyMap<string, string>): string {
  if (definitions.size === 0) return '';
  const used = new Map<string, string>();
  for (const [, label = ''] of text.matchAll(LABEL)) {
    const key = normalizeLabel(label);
    const url = definitions.get(key);
    if (url !== undefined && !used.has(key))
      used.set(key, `[${label.replace(/\s+/g, ' ')}]: <${url}>`);
  }
  return used.size === 0 ? '' : `\n\n${[...used.values()].join('\n')}\n`;
}
