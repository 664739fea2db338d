import { parseEnv } from 'node:util';
import { PaperboyError } from '../../kit/errors.ts';

/** An assignment as it stands in a text: where its value begins and ends, quotes included. */
type Assignment = { readonly name: string; readonly start: number; readonly end: number };

/** Blanks are those that `parseEnv` takes away: a no-break space belongs to its value. */
const ASSIGNMENT = /[ \t\r]*(?:export [ \t\r]*)?([^ \t\r\n=#][^=\n]*?)[ \t\r]*=[ \t\r]*/y;

/**
 * The text of an `.env` with variables set: in place, at every line that sets them, else at the end.
 * All else stays as it is, to the byte: other variables, comments, line ends. Throws
 * `env.unwritable` for a value that `parseEnv` of Node would not read back exactly, and for a text
 * whose other variables would change.
 */
export function setVariables(text: string, values: Readonly<Record<string, string>>): string {
  const lineEnd = /\r\n/.test(text) ? '\r\n' : '\n';
  const names = Object.keys(values);
  const found = listAssignments(text).filter(({ name }) => Object.hasOwn(values, name));
  let changed = text;
  for (const { name, start, end } of found.toReversed()) {
    changed = `${changed.slice(0, start)}${quote(name, values[name] ?? '')}${changed.slice(end)}`;
  }
  for (const name of names.filter((one) => !found.some((other) => other.name === one))) {
    const before = changed === '' || changed.endsWith('\n') ? '' : lineEnd;
    changed += `${before}${name}=${quote(name, values[name] ?? '')}${lineEnd}`;
  }
  const wanted = { ...parseEnv(text), ...values };
  const read = parseEnv(changed);
  const all = new Set([...Object.keys(wanted), ...Object.keys(read)]);
  for (const name of all) if (read[name] !== wanted[name]) throw unwritable(name);
  return changed;
}

/** A value as it stands after the `=`: bare where that will do, as Docker reads no quotes. */
function quote(name: string, value: string): string {
  const forms = [value, `'${value}'`, `"${value}"`, `\`${value}\``];
  // With lines around it: alone, the end of the text would end a quote.
  const [before, after] = [`${name}_1`, `${name}_2`];
  const isKept = (form: string): boolean => {
    const read = parseEnv(`${before}=1\n${name}=${form} # x\n${after}=1\n`);
    return read[name] === value && read[before] === '1' && read[after] === '1';
  };
  const form = forms.find(isKept);
  if (form === undefined) throw unwritable(name);
  return form;
}

/** The assignments as `parseEnv` reads them: a quoted value may go over several lines. */
function listAssignments(text: string): Assignment[] {
  const assignments: Assignment[] = [];
  for (let at = 0; at < text.length; ) {
    ASSIGNMENT.lastIndex = at;
    const [all, name] = ASSIGNMENT.exec(text) ?? [];
    const start = at + (all?.length ?? 0);
    const end = all === undefined ? at : findEnd(text, start);
    if (name !== undefined) assignments.push({ name, start, end });
    const next = text.indexOf('\n', end);
    at = next < 0 ? text.length : next + 1;
  }
  return assignments;
}

/** Where a value ends that begins there: after its closing quote, or before a comment. */
function findEnd(text: string, start: number): number {
  const first = text[start] ?? '';
  const closing = /["'`]/.test(first) ? text.indexOf(first, start + 1) : -1;
  if (closing >= 0) return closing + 1;
  const [bare = ''] = /^[^\n#]*/.exec(text.slice(start)) ?? [];
  return start + bare.replace(/[ \t\r]+$/, '').length;
}

function unwritable(name: string): PaperboyError {
  return new PaperboyError(
    'env.unwritable',
    `Cannot write ${name} into .env as it would not be read back as it is`,
    'Look for quotes in .env that are never closed; else set the variable in the environment.',
  );
}
