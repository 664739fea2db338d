import { escapeInline } from '../text/escape-inline.ts';
import { collapseRuns, flattenInline, type Run } from './flatten-inline.ts';
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
  return writeGroups(runs, (run) => run.url, writeLink).trim();
}

type Neighbours = { readonly before: string; readonly after: string };
type Write = (runs: readonly Run[], around: Neighbours) => string;

/** Writes neighbours with the same key together, and tells each group what stands beside it. */
function writeGroups(
  runs: readonly Run[],
  keyOf: (run: Run) => unknown,
  write: Write,
  around: Neighbours = { before: ' ', after: ' ' },
): string {
  const parts: string[] = [];
  let before = around.before;
  for (let start = 0, end = 0; start < runs.length; start = end) {
    const key = keyOf(runs[start] ?? NO_RUN);
    end = start + 1;
    while (end < runs.length && keyOf(runs[end] ?? NO_RUN) === key) end += 1;
    const after = startOf(runs[end]) ?? around.after;
    const part = write(runs.slice(start, end), { before, after });
    // A picture is a link after an exclamation mark.
    const last = parts.at(-1);
    if (part.startsWith('[') && key !== undefined && last?.endsWith('!')) {
      parts[parts.length - 1] = `${last.slice(0, -1)}\\!`;
    }
    if (part !== '') {
      parts.push(part);
      before = lastOf(part);
    }
  }
  return parts.join('');
}

const NO_RUN: Run = {
  text: '',
  isCode: false,
  isStrong: false,
  isEmphasis: false,
  url: undefined,
};

function writeLink(runs: readonly Run[], around: Neighbours): string {
  const url = runs[0]?.url;
  const isLink = url !== undefined;
  const content = writeGroups(
    runs,
    (run) => run.isStrong,
    writeStrong,
    isLink ? { before: '[', after: ']' } : around,
  );
  const words = content.trim();
  if (!isLink || words === '') return content;
  const label = isBalanced(runs) ? words : words.replace(/(?<!\\)[[\]]/g, '\\$&');
  return putBlanksOutside(content, `[${label}](${writeUrl(url)})`);
}

function writeStrong(runs: readonly Run[], around: Neighbours): string {
  const inner = runs[0]?.isStrong ? { before: '(', after: ')' } : around;
  const content = writeGroups(runs, (run) => run.isEmphasis, writeEmphasis, inner);
  return runs[0]?.isStrong ? mark('**', content, around) : content;
}

function writeEmphasis(runs: readonly Run[], around: Neighbours): string {
  const isEmphasis = runs[0]?.isEmphasis === true;
  const content = runs.map((run, index) => {
    if (run.isCode) return writeCode(run.text);
    const isAtMark = isEmphasis || index < runs.length - 1 || around.after !== ' ';
    return writeText(run.text, isAtMark);
  });
  return isEmphasis ? mark('*', content.join(''), around) : content.join('');
}

/** A backslash before a mark would take it away. */
function writeText(text: string, isAtMark: boolean): string {
  const escaped = escapeInline(text);
  return isAtMark && text.endsWith('\\') ? `${escaped}\\` : escaped;
}

/** Blanks at the ends of emphasis stand outside its marks, where CommonMark wants them. */
function mark(sign: string, content: string, { before, after }: Neighbours): string {
  const words = content.trim();
  if (words === '') return content;
  const isApart = before !== '*' && canStand(firstOf(words), before);
  const isOpen = content !== content.trimStart() || isApart;
  const isClosed = content !== content.trimEnd() || canStand(lastOf(words), after);
  return isOpen && isClosed ? putBlanksOutside(content, `${sign}${words}${sign}`) : content;
}

/** CommonMark's rule of flanking: beside a letter, a mark must touch a letter. */
function canStand(inside: string, outside: string): boolean {
  return !PUNCTUATION.test(inside) || /^\s$/.test(outside) || PUNCTUATION.test(outside);
}

function putBlanksOutside(content: string, marked: string): string {
  const before = content.startsWith(' ') ? ' ' : '';
  return `${before}${marked}${content.endsWith(' ') ? ' ' : ''}`;
}

function isBalanced(runs: readonly Run[]): boolean {
  let depth = 0;
  for (const run of runs) {
    for (const [bracket] of run.text.matchAll(/[[\]]/g)) {
      depth += bracket === '[' ? 1 : -1;
      if (depth < 0) return false;
    }
  }
  return depth === 0;
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

/** What the next run begins with, as written; its emphasis may have to be left out. */
function startOf(run: Run | undefined): string | undefined {
  if (run === undefined) return undefined;
  const isMarked = run.url !== undefined || run.isCode;
  return isMarked && !run.text.startsWith(' ') ? '[' : firstOf(run.text);
}

function firstOf(text: string): string {
  return String.fromCodePoint(text.codePointAt(0) ?? 32);
}

function lastOf(text: string): string {
  return [...text.slice(-2)].at(-1) ?? '';
}
