import { z } from 'zod';
import { findNearest } from '../doctor/edit-distance.ts';
import { issueSchema } from '../schema.ts';

/** What is wrong with a value, for a person. */
export type Problem = {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  /** The key that the schema does not know. */
  readonly key?: string;
};

type Problems = z.core.$ZodIssue;
type JsonSchema = z.core.JSONSchema.BaseSchema;

/** How one of a list is called. */
const ONE_OF: Readonly<Record<string, string>> = {
  papers: 'paper',
  news: 'news line',
  promotions: 'promotion',
  body: 'block',
  figures: 'figure',
  authors: 'author',
  organizations: 'organization',
  topics: 'topic',
  items: 'point',
};
const TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping of keys to values',
};
const FORMATS: Readonly<Record<string, string>> = {
  url: 'an http(s) address',
  date: 'a day that exists, written YYYY-MM-DD',
  regex: 'lower-case ASCII words and numbers, joined by hyphens',
};
const LONGEST_WORDS = 60;

let jsonSchema: JsonSchema | undefined;

/** Says in words what the schema found wrong at a place of `value`: one problem for each key. */
export function describeProblems(value: unknown, issue: Problems): Problem[] {
  const seen = issue.path.reduce<unknown>(step, value);
  const schema = findSchema(value, issue.path);
  const place = describePath(issue.path);
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys(schema?.properties ?? {});
    return issue.keys.map((key) => unknownKey(key, known, place));
  }
  const remedy = `Write it as the schema says: ${schema?.description ?? 'see schema/issue.schema.json'}.`;
  if (seen === undefined) {
    return [{ code: 'schema.missing', message: `${place} is missing.`, remedy }];
  }
  const must = describeRule(issue);
  const isText = issue.code === 'invalid_type' && issue.expected === 'string';
  const isScalar = typeof seen === 'number' || typeof seen === 'boolean';
  return [
    {
      code: issue.code === 'invalid_type' ? 'schema.type' : 'schema.value',
      message: `${place} ${must}; it is ${describeValue(seen)}.`,
      remedy: isText && isScalar ? `Put it in quotes: "${seen}".` : remedy,
    },
  ];
}

function unknownKey(key: string, known: readonly string[], place: string): Problem {
  const near = findNearest(key, known);
  return {
    code: 'schema.unknown-key',
    key,
    message: `${place} has a key that the schema does not know: “${shorten(key)}”.`,
    remedy:
      near === undefined
        ? `Take it out; the keys here are ${known.join(', ')}.`
        : `Write it as “${near}”, or take it out.`,
  };
}

function describeRule(issue: Problems): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${TYPES[issue.expected] ?? issue.expected}`;
    case 'too_small':
      if (issue.origin === 'string') return 'must not be empty';
      return `must ${issue.origin === 'array' ? 'have' : 'be'} at least ${Number(issue.minimum) + (issue.inclusive === false ? 1 : 0)}`;
    case 'too_big':
      return `must be at most ${issue.maximum}`;
    case 'invalid_format':
      return `must be ${FORMATS[issue.format] ?? issue.format}`;
    case 'invalid_value':
      return `must be ${issue.values.map(String).join(', ')}`;
    case 'invalid_union':
      return 'must be paragraph, figure, heading or list';
    default:
      return issue.message;
  }
}

/** "Paper 2, byline, etAl". */
function describePath(path: readonly PropertyKey[]): string {
  const words: string[] = [];
  for (const [index, part] of path.entries()) {
    const before = String(path[index - 1] ?? '');
    if (typeof part === 'number') {
      words.splice(-1, 1, `${ONE_OF[before] ?? before} ${part + 1}`);
    } else words.push(String(part));
  }
  const [first = 'the issue', ...rest] = words;
  return [first.charAt(0).toUpperCase() + first.slice(1), ...rest].join(', ');
}

function describeValue(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping of keys to values';
  return typeof value === 'string' ? `“${shorten(value)}”` : `the ${typeof value} ${value}`;
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > LONGEST_WORDS ? `${line.slice(0, LONGEST_WORDS - 1)}…` : line;
}

/** The part of the schema that a path leads to; of several shapes the one of the value's kind. */
function findSchema(value: unknown, path: readonly PropertyKey[]): JsonSchema | undefined {
  jsonSchema ??= z.toJSONSchema(issueSchema);
  let schema: JsonSchema | undefined = jsonSchema;
  let seen = value;
  for (const part of path) {
    seen = step(seen, part);
    const next: unknown =
      typeof part === 'number' ? schema?.items : schema?.properties?.[String(part)];
    // A part of no known shape is told by what the shapes have in common.
    if (isSchema(next)) schema = next;
    else if (schema?.oneOf === undefined) schema = undefined;
    const kind = step(seen, 'kind');
    const shape: unknown = schema?.oneOf?.find((one) => {
      const of = isSchema(one) ? one.properties?.kind : undefined;
      return isSchema(of) && of.const === kind;
    });
    if (isSchema(shape)) schema = shape;
  }
  return schema;
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function step(value: unknown, key: PropertyKey): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return Reflect.get(value, key);
}
