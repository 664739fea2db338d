import type { Inline } from '../outline/outline.ts';

/** How a piece of text is marked; the outermost mark comes first, no kind comes twice. */
export type Mark =
  | { readonly kind: 'strong' | 'emphasis' | 'code' }
  | { readonly kind: 'link'; readonly url: string };

/** A piece of text under one set of marks. */
export type Run = { text: string; readonly marks: readonly Mark[] };

/** What a browser shows as nothing: the byte order mark, soft hyphens, word joiners, controls. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const UNSEEN = /[\u0000-\u0008\u000b\u000e-\u001f\u007f\u00ad\u200b\u2060\ufeff]/g;
/** Blanks that are more than one space: most text has few of them. */
const BLANKS = /[ \t\n\f\r]{2,}|[\t\n\f\r]/g;

/**
 * Adds a mark inside the others; one of its kind that is there already stays the only one. Code
 * holds no marks: a link in it goes around it.
 */
export function addMark(marks: readonly Mark[], mark: Mark): readonly Mark[] {
  if (marks.some(({ kind }) => kind === mark.kind)) return marks;
  return mark.kind === 'link' ? [mark, ...marks] : [...marks, mark];
}

/** Appends text, with its blanks collapsed as in CSS: none at the start, never two in a row. */
export function appendText(runs: Run[], source: string, marks: readonly Mark[]): void {
  const collapsed = source.replace(UNSEEN, '').replace(BLANKS, ' ');
  const last = runs.at(-1);
  const isAfterBlank = last === undefined || /[ \n]$/.test(last.text.slice(-1));
  const text = isAfterBlank && collapsed.startsWith(' ') ? collapsed.slice(1) : collapsed;
  if (text === '') return;
  if (last?.marks === marks) last.text += text;
  else runs.push({ text, marks });
}

/** Appends the end of a line, as `\n`; blanks around it go. */
export function appendBreak(runs: Run[]): void {
  trimEnd(runs);
  if (runs.length > 0) runs.push({ text: '\n', marks: [] });
}

/** True when the last thing in `runs` is the end of a line. */
export function endsInBreak(runs: readonly Run[]): boolean {
  const last = runs.at(-1)?.text ?? '';
  return last === '\n' || (last === ' ' && runs.at(-2)?.text === '\n');
}

/** Builds the tree of marks; neighbours under the same mark share it. None for blank text. */
export function buildInline(runs: Run[]): Inline[] {
  trimEnd(runs);
  return runs.some(({ text }) => /\S/.test(text)) ? nest(runs, 0) : [];
}

function trimEnd(runs: Run[]): void {
  for (let last = runs.at(-1); last !== undefined; last = runs.at(-1)) {
    let end = last.text.length;
    while (end > 0 && /[ \n]/.test(last.text.charAt(end - 1))) end -= 1;
    last.text = last.text.slice(0, end);
    if (end > 0) return;
    runs.pop();
  }
}

/** As deep as there are kinds of marks, at most. */
function nest(runs: readonly Run[], depth: number): Inline[] {
  const inline: Inline[] = [];
  for (let from = 0; from < runs.length; ) {
    const mark = runs[from]?.marks[depth];
    let to = from + 1;
    while (to < runs.length && isSame(runs[to]?.marks[depth], mark)) to += 1;
    const group = runs.slice(from, to);
    if (mark === undefined) for (const { text } of group) pushText(inline, text);
    else pushMarked(inline, group, mark, depth);
    from = to;
  }
  return inline;
}

/** Blanks at the ends of marked text stand outside its mark, where they show as well. */
function pushMarked(inline: Inline[], group: readonly Run[], mark: Mark, depth: number): void {
  const text = group.map((run) => run.text).join('');
  if (!/\S/.test(text)) {
    pushText(inline, text);
    return;
  }
  const runs = group.map(({ ...run }) => run);
  const [first, last] = [runs[0], runs.at(-1)];
  const before = /^[ \n]*/.exec(text)?.[0] ?? '';
  if (first !== undefined) first.text = first.text.replace(/^[ \n]+/, '');
  const after = / $|\n$/.exec(text)?.[0] ?? '';
  if (last !== undefined && after !== '') last.text = last.text.slice(0, -1);
  pushText(inline, before);
  if (mark.kind === 'code') inline.push({ kind: 'code', text: text.replace(/\s+/g, ' ').trim() });
  else if (mark.kind === 'link') inline.push({ ...mark, inline: nest(runs, depth + 1) });
  else inline.push({ kind: mark.kind, inline: nest(runs, depth + 1) });
  pushText(inline, after);
}

function pushText(inline: Inline[], text: string): void {
  if (text === '') return;
  const last = inline.at(-1);
  if (last?.kind === 'text') inline[inline.length - 1] = { kind: 'text', text: last.text + text };
  else inline.push({ kind: 'text', text });
}

function isSame(a: Mark | undefined, b: Mark | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.kind === b.kind && (a.kind !== 'link' || b.kind !== 'link' || a.url === b.url);
}
