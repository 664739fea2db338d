import type { z } from 'zod';
import { findNearest } from './archive/search/find-nearest.ts';

type Wrong = Parameters<z.core.$ZodErrorMap>[0];

const EXPECTED: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a whole number',
  object: 'a block of settings',
  record: 'a block of settings',
  string: 'a text',
};

/** What a key of `paperboy.yaml` must be, where its schema has no words of its own for that. */
export function tellWrong(wrong: Wrong): string | undefined {
  switch (wrong.code) {
    case 'unrecognized_keys': {
      const known = listKeys(wrong.inst);
      return wrong.keys.map((key) => tellUnknown(key, known)).join('; ');
    }
    case 'invalid_type':
      return tellType(wrong.expected, wrong.input, listKeys(wrong.inst));
    case 'invalid_value':
      return `must be ${wrong.values
        .map(String)
        .join(', ')
        .replace(/, ([^,]+)$/, ' or $1')}`;
    case 'too_small':
      if (wrong.origin === 'string') return 'must not be empty';
      return wrong.origin === 'array'
        ? `must have ${tellCount(wrong.minimum)} at least`
        : `must be ${wrong.minimum} or more`;
    case 'too_big':
      if (wrong.origin === 'string') return `must have ${wrong.maximum} characters at most`;
      return wrong.origin === 'array'
        ? `must have ${tellCount(wrong.maximum)} at most`
        : `must be ${wrong.maximum} or less`;
    default:
      return undefined;
  }
}

/** Where in `paperboy.yaml` something is wrong. */
export function namePlace(path: readonly PropertyKey[]): string {
  return path.length === 0 ? 'paperboy.yaml' : `${path.join('.')} in paperboy.yaml`;
}

function tellType(type: string, input: unknown, known: readonly string[]): string | undefined {
  const expected = EXPECTED[type];
  if (expected === undefined) return undefined;
  // YAML makes them of words and digits without quotes.
  const isRead = typeof input === 'number' || typeof input === 'boolean';
  if (type === 'string' && isRead) return `must be ${expected}: put it in quotes`;
  return `must be ${expected}${known.length === 0 ? '' : `: ${known.join(', ')}`}`;
}

function tellUnknown(key: string, known: readonly string[]): string {
  const most = Math.min(2, Math.floor(key.length / 3));
  const meant = findNearest(key, known, most, fold);
  return meant === undefined
    ? `“${key}” is no setting; what can be set there: ${known.join(', ')}`
    : `“${key}” is no setting; did you mean ${meant}?`;
}

/** `time-zone`, `time_zone` and `timezone` are all `timeZone`. */
function fold(key: string): string {
  return key.toLowerCase().replace(/[-_]/g, '');
}

/** Those of a block; none of whatever else. */
function listKeys(schema: Wrong['inst']): string[] {
  const def = schema?._zod.def;
  return def !== undefined && 'shape' in def ? Object.keys(def.shape as object) : [];
}

function tellCount(count: number | bigint): string {
  return `${count} ${count === 1 ? 'entry' : 'entries'}`;
}
