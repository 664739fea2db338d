import { isFormula, isTeX } from '../../src/issue/text/tell-formula.ts';
import { type Edit, editProse } from './edit-prose.ts';
import { readFormula } from './formula.ts';
import { writeScript } from './formula-writer.ts';
import type { Prose, Span } from './prose.ts';
import type { Range } from './sentences.ts';

/** A longer stretch between two dollars is no formula, but two prices far apart. */
const FORMULA_MOST = 1_000;
const OPENER = /\\[\s\S]|\$\$?|<(su[bp])>([^<>\n]{1,80})<\/\1>/gi;
/**
 * Prose with its formulas readable, each one `atom`: "$O(n^2)$", "$$…$$", "\(…\)", "\[…\]", and the
 * `<sup>` and `<sub>` that an importer left as text. Code and addresses stay as they are; so do
 * prices.
 */
export function readFormulas(prose: Prose): Prose {
  const { text, spans } = prose;
  if (!/\$|\\[([]|<su[bp]>/i.test(text)) return prose;
  const edits = splitOpen(prose).flatMap((range) => findEdits(text, range));
  const whole = withoutCut(edits, spans);
  const edited = editProse(prose, whole);
  let by = 0;
  const atoms = whole.map((edit): Span => {
    const start = edit.start + by;
    by += edit.text.length - (edit.end - edit.start);
    return { kind: 'atom', start, end: start + edit.text.length };
  });
  return { text: edited.text, spans: [...edited.spans, ...atoms] };
}

/** The stretches outside code and addresses. */
function splitOpen({ text, spans }: Prose): Range[] {
  const closed = spans
    .filter(
      ({ kind, start, end }) =>
        kind === 'code' || (kind === 'link' && /^https?:\/\//i.test(text.slice(start, end))),
    )
    .sort((a, b) => a.start - b.start);
  const open: Range[] = [];
  let from = 0;
  for (const { start, end } of closed) {
    if (start > from) open.push({ start: from, end: start });
    from = Math.max(from, end);
  }
  open.push({ start: from, end: text.length });
  return open;
}

function findEdits(text: string, { start: from, end: until }: Range): Edit[] {
  const stretch = text.slice(from, until);
  const edits: Edit[] = [];
  const opener = new RegExp(OPENER);
  const closers = new Map<string, number>();
  /** The next place of a closing mark; each part of the stretch is searched once. */
  const findNext = (mark: string, at: number): number => {
    const known = closers.get(mark) ?? -1;
    if (known >= at) return known;
    let next = stretch.indexOf(mark, at);
    while (next > 0 && mark === '$' && stretch[next - 1] === '\\') {
      next = stretch.indexOf(mark, next + 1);
    }
    closers.set(mark, next < 0 ? Infinity : next);
    return next < 0 ? Infinity : next;
  };

  for (let match = opener.exec(stretch); match !== null; match = opener.exec(stretch)) {
    const [mark, tag, raised] = match;
    const start = match.index;
    if (tag !== undefined && raised !== undefined) {
      const script = writeScript(readFormula(raised), /p$/i.test(tag) ? '^' : '_');
      edits.push({ start: from + start, end: from + opener.lastIndex, text: script });
      continue;
    }
    const closing = CLOSING[mark];
    if (closing === undefined) continue;
    const inner = start + mark.length;
    const end = findNext(closing, inner);
    if (end - inner > FORMULA_MOST) continue;
    const tex = stretch.slice(inner, end);
    const after = end + closing.length;
    const isRead =
      mark === '$'
        ? isBetweenDollars(tex, stretch.charAt(start - 1), stretch.charAt(after))
        : isFormula(tex.trim());
    if (!isRead) continue;
    edits.push({ start: from + start, end: from + after, text: readFormula(tex) });
    opener.lastIndex = after;
  }
  return edits.filter((edit) => edit.text !== '');
}

const CLOSING: Readonly<Record<string, string>> = {
  $: '$',
  $$: '$$',
  '\\(': '\\)',
  '\\[': '\\]',
};

/** One dollar is also money: the formula touches both of its dollars, and no figure follows. */
function isBetweenDollars(tex: string, before: string, after: string): boolean {
  if (/^\s|\s$/.test(tex) || /\d/.test(after) || !isFormula(tex)) return false;
  if (/\p{L}/u.test(after) && /[/,:;=]$/.test(tex)) return false;
  return isTeX(tex) || !/[\p{L}\p{N}]/u.test(before);
}

/** Without those that a span begins or ends inside of. */
function withoutCut(edits: readonly Edit[], spans: readonly Span[]): Edit[] {
  const edges = spans.flatMap(({ start, end }) => [start, end]).sort((a, b) => a - b);
  let next = 0;
  return edits.filter(({ start, end }) => {
    while ((edges[next] ?? Infinity) <= start) next += 1;
    return (edges[next] ?? Infinity) >= end;
  });
}
