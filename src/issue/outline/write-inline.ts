import { escapeInline } from '../text/escape-inline.ts';
import { collapseRuns, flattenInline, mergeRuns, type Run } from './flatten-inline.ts';
import type { Inline } from './outline.ts';

const PUNCTUATION = /^[\p{P}\p{S}]$/u;

/**
 * Writes inline text as CommonMark, the one form in which an issue keeps it: whatever the source
 * was, the same words with the same links give the same bytes, and plain words give what the
 * plain-text importer gives. A mark that CommonMark could not read where it stands is left out.
 */
export function writeInline(inline: readonly Inline[]): string {
  return writeRuns(collapseRuns(flattenInline(inline)));
}

/** The words alone. */
export function readWords(inline: readonly Inline[]): string {
  return joinWords(collapseRuns(flattenInline(inline)));
}

/** The words of runs. */
export function joinWords(runs: readonly Run[]): string {
  return runs.map(({ text }) => text).join('');
}

/** Writes runs whose blanks are collapsed. */
export function writeRuns(runs: readonly Run[]): string {
  const [only] = runs;
  if (only !== undefined && runs.length === 1 && isPlain(only)) return escapeInline(only.text);
  const start = (run: Run): string => (run.url === undefined ? firstOf(run) : '[');
  return writeGroups(partMarks(runs), (run) => run.url, start, writeLink).trim();
}

/** The characters on either side of a group; a blank at the ends of the text. */
type Neighbours = { readonly before: string; readonly after: string };
type Write = (runs: readonly Run[], around: Neighbours) => string;

/**
 * Where one mark ends and another begins at once, nobody could tell them apart: the first stays.
 * Code that touches code is one.
 */
function partMarks(runs: readonly Run[]): Run[] {
  const parted: Run[] = [];
  for (const run of runs) {
    const last = parted.at(-1);
    parted.push(last !== undefined && isTouching(last, run) ? withoutConflict(last, run) : run);
  }
  return mergeRuns(parted);
}

function isTouching(a: Run, b: Run): boolean {
  return a.url === b.url && !a.text.endsWith(' ') && !b.text.startsWith(' ');
}

function withoutConflict(last: Run, run: Run): Run {
  if (last.isCode && run.isCode) return { ...last, text: run.text };
  const isMarked = (one: Run): boolean => one.isStrong || one.isEmphasis;
  const hasConflict = last.isStrong !== run.isStrong && isMarked(last) && isMarked(run);
  return hasConflict ? { ...run, isStrong: false, isEmphasis: false } : run;
}

/** Writes neighbours with the same key together, and tells each group what stands beside it. */
function writeGroups(
  runs: readonly Run[],
  keyOf: (run: Run) => unknown,
  startOf: (run: Run) => string,
  write: Write,
  around: Neighbours = { before: ' ', after: ' ' },
): string {
  const parts: string[] = [];
  let before = around.before;
  for (let start = 0, end = 0; start < runs.length; start = end) {
    end = endOfGroup(runs, start, keyOf);
    const group = runs.slice(start, end);
    const next = runs[end];
    const after = next === undefined ? around.after : startOf(next);
    const part = write(group, { before, after });
    parts.push(part);
    before = part === '' ? before : lastOf(group);
  }
  return parts.join('');
}

function endOfGroup(runs: readonly Run[], start: number, keyOf: (run: Run) => unknown): number {
  const [first] = runs.slice(start, start + 1);
  let end = start + 1;
  for (let run = runs[end]; run !== undefined && first !== undefined; run = runs[end]) {
    if (keyOf(run) !== keyOf(first)) break;
    end += 1;
  }
  return end;
}

function writeLink(runs: readonly Run[], around: Neighbours): string {
  const url = runs[0]?.url;
  const inner = url === undefined ? around : { before: '[', after: ']' };
  const content = writeGroups(runs, (run) => run.isStrong, firstOf, writeStrong, inner);
  // A picture is a link after an exclamation mark.
  if (url === undefined) return around.after === '[' ? content.replace(/!$/, '\\!') : content;
  const words = content.trim();
  return words === '' ? content : putBlanksOutside(content, `[${words}](${writeUrl(url)})`);
}

function writeStrong(runs: readonly Run[], around: Neighbours): string {
  const content = writeGroups(runs, (run) => run.isEmphasis, firstOf, writeEmphasis, around);
  return runs[0]?.isStrong ? mark('**', content, runs, around) : content;
}

function writeEmphasis(runs: readonly Run[], around: Neighbours): string {
  const content = runs
    .map((run, index) => {
      const next = runs[index + 1];
      const after = next === undefined ? around.after : firstOf(next);
      return run.isCode ? writeCode(run.text) : writeText(run, after);
    })
    .join('');
  return runs[0]?.isEmphasis ? mark('*', content, runs, around) : content;
}

/**
 * In a link brackets are escaped; so is a backslash at the end, where a mark may follow, and a
 * bracket at the end that a round one follows, which together would be a link.
 */
function writeText({ text, url }: Run, after: string): string {
  const words = text.trim();
  const parts = url === undefined ? [words] : words.split(/(?=[[\]])|(?<=[[\]])/);
  const escaped = parts
    .map((part) => {
      if (url !== undefined && /^[[\]]$/.test(part)) return `\\${part}`;
      return part.endsWith('\\') ? `${escapeInline(part)}\\` : escapeInline(part);
    })
    .join('');
  const isLinkLike = after === '(' && url === undefined && /(?<!\\)\]$/.test(escaped);
  const safe = isLinkLike && text.endsWith(']') ? `${escaped.slice(0, -1)}\\]` : escaped;
  return putBlanksOutside(text, safe);
}

/** Blanks at the ends of emphasis stand outside its marks, where CommonMark wants them. */
function mark(sign: string, content: string, runs: readonly Run[], around: Neighbours): string {
  const words = content.trim();
  if (words === '') return content;
  const [first, last] = [runs[0], runs.at(-1)];
  const isOpen =
    content.startsWith(' ') || first === undefined || canStand(firstOf(first), around.before);
  const isClosed =
    content.endsWith(' ') || last === undefined || canStand(lastOf([last]), around.after);
  return isOpen && isClosed ? putBlanksOutside(content, `${sign}${words}${sign}`) : content;
}

/** CommonMark's rule of flanking: beside a letter, a mark must touch a letter. */
function canStand(inside: string, outside: string): boolean {
  return !PUNCTUATION.test(inside) || /^\s$/.test(outside) || PUNCTUATION.test(outside);
}

function putBlanksOutside(content: string, marked: string): string {
  if (marked === '') return content;
  const before = content.startsWith(' ') ? ' ' : '';
  return `${before}${marked}${content.endsWith(' ') ? ' ' : ''}`;
}

function writeUrl(url: string): string {
  return url
    .replace(/[()\s<>\\]/g, (c) => `%${c.charCodeAt(0).toString(16).padStart(2, '0')}`)
    .replace(/&(?=#?\w+;)/g, '\\&');
}

function writeCode(text: string): string {
  const runs = [...text.matchAll(/`+/g)].map(([run]) => run.length);
  const fence = '`'.repeat(runs.reduce((most, length) => Math.max(most, length), 0) + 1);
  const pad = /^`|`$|^ .* $/.test(text) ? ' ' : '';
  return `${fence}${pad}${text}${pad}${fence}`;
}

function isPlain({ url, isStrong, isEmphasis, isCode }: Run): boolean {
  return url === undefined && !isStrong && !isEmphasis && !isCode;
}

/** The first character of a run, as written. */
function firstOf({ text, isCode }: Run): string {
  return isCode ? '`' : String.fromCodePoint(text.codePointAt(0) ?? 32);
}

/** The last character of runs, as written. */
function lastOf(runs: readonly Run[]): string {
  const last = runs.at(-1);
  return last === undefined || last.isCode ? '`' : ([...last.text.slice(-2)].at(-1) ?? '');
}
