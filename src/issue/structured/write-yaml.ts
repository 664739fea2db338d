import { type Issue, issueSchema } from '../schema.ts';
import { isStable, quote } from './quote.ts';

/** Where the schema is, as seen from the project's folder. */
export const SCHEMA_PATH = 'schema/issue.schema.json';

/** Lists and texts up to here stay on one line; longer texts are folded to lines of this width. */
const WIDTH = 88;
/** Words that some reader of YAML takes for something else than a text. */
const RESERVED = /^(?:true|false|null|yes|no|on|off|y|n)$/i;
const PLAIN = /^(?:\p{L}[^\n\t]*|\d{4}-\d{2}-\d{2})$/u;
const NOT_PLAIN = /:(?:\s|$)|\s#|\s$/u;
const NOT_IN_FLOW = /[,:[\]{}]/;

type Value = string | number | boolean | readonly Value[] | Mapping;
type Mapping = { readonly [key: string]: Value | undefined };

/**
 * Writes an issue as YAML that an editor likes to read and that imports back to the same issue:
 * keys in the order of the schema, long texts as blocks, everything doubtful in quotes. The first
 * line names the schema, so that an editor completes and checks while one types. Same issue, same
 * bytes.
 */
export function writeYaml(issue: Issue, schemaPath = SCHEMA_PATH): string {
  const mapping: Mapping = issueSchema.parse(issue);
  const sections = Object.entries(mapping).flatMap(([key, value]) => {
    if (value === undefined) return [];
    const isSection = isList(value) && value.length > 0;
    return `${isSection ? '\n' : ''}${writeEntry(key, value, '', key === 'papers' ? '\n' : '')}`;
  });
  return `# yaml-language-server: $schema=${schemaPath}\n${sections.join('\n')}\n`;
}

function writeMapping(mapping: Mapping, indent: string): string {
  return Object.entries(mapping)
    .flatMap(([key, value]) => (value === undefined ? [] : [writeEntry(key, value, indent, '')]))
    .join('\n');
}

function writeEntry(key: string, value: Value, indent: string, gap: string): string {
  if (isList(value)) {
    const inline = writeFlow(value);
    if (inline !== undefined) return `${indent}${key}: ${inline}`;
    const items = value.map((item) => writeItem(item, `${indent}  `));
    return `${indent}${key}:\n${items.join(`\n${gap}`)}`;
  }
  if (typeof value === 'object') {
    return `${indent}${key}:\n${writeMapping(value, `${indent}  `)}`;
  }
  return `${indent}${key}: ${writeScalar(value, `${indent}  `)}`;
}

/** An item of a list; the first key of a mapping stands beside the hyphen. */
function writeItem(item: Value, indent: string): string {
  if (typeof item !== 'object') return `${indent}- ${writeScalar(item, `${indent}  `)}`;
  if (isList(item)) throw new TypeError('an issue has no lists of lists');
  return `${indent}- ${writeMapping(item, `${indent}  `).slice(indent.length + 2)}`;
}

/** `[LLM, RLVR]` for a list of short texts; undefined for any other. */
function writeFlow(list: readonly Value[]): string | undefined {
  if (list.some((item) => typeof item === 'object')) return undefined;
  const flow = `[${list
    .map((item) =>
      typeof item === 'string' && (!isPlain(item) || NOT_IN_FLOW.test(item))
        ? quote(item)
        : String(item),
    )
    .join(', ')}]`;
  return flow.length <= WIDTH ? flow : undefined;
}

function writeScalar(value: string | number | boolean, indent: string): string {
  if (typeof value !== 'string') return String(value);
  // A block loses blanks at its ends unless told how many: quotes say it better.
  const isBlock = value.trim() === value && value !== '' && isStable(value);
  if (isBlock && value.includes('\n')) {
    const lines = value.split('\n').map((line) => (line === '' ? '' : indent + line));
    return `|-\n${lines.join('\n')}`;
  }
  if (isBlock && value.length > WIDTH && /\S \S/.test(value)) {
    const lines = fold(value).map((line) => indent + line);
    return `>-\n${lines.join('\n')}`;
  }
  return isPlain(value) ? value : quote(value);
}

function isPlain(text: string): boolean {
  return PLAIN.test(text) && !NOT_PLAIN.test(text) && !RESERVED.test(text) && isStable(text);
}

/** Breaks a text at single blanks, where YAML puts one back for each line end. */
function fold(text: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/(?<=\S) (?=\S)/)) {
    if (line === '') line = word;
    else if (line.length + 1 + word.length <= WIDTH) line += ` ${word}`;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}
