import { repairMojibake } from '../text/repair-mojibake.ts';
import type { Inline } from './outline.ts';

/** Words with the marks that lie on them. Marks of one kind do not nest. */
export type Run = {
  readonly text: string;
  readonly isCode: boolean;
  readonly isStrong: boolean;
  readonly isEmphasis: boolean;
  readonly url: string | undefined;
};

type Marks = Omit<Run, 'text'>;
type Level = { readonly inline: readonly Inline[]; readonly marks: Marks; at: number };

const NO_MARKS: Marks = { isCode: false, isStrong: false, isEmphasis: false, url: undefined };
/** What no reader sees: controls, zero-width characters, a byte order mark. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const UNSEEN = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u00ad\u200b\u2060\ufeff]/g;
/** Text without anything to clean. */
const PLAIN = /^[\n\x20-\x7e]*$/;
/** Blanks that are more than one space: most text has few of them. */
const BLANKS = /\s{2,}|[^\S ]/g;

/**
 * Inline text as runs in order, however deep its marks nest; neighbours with the same marks are one
 * run. Mojibake is repaired and unseen characters go; blanks and line breaks stay as they are.
 */
export function flattenInline(inline: readonly Inline[]): Run[] {
  const runs: Run[] = [];
  const stack: Level[] = [{ inline, marks: NO_MARKS, at: 0 }];
  for (let level = stack.at(-1); level !== undefined; level = stack.at(-1)) {
    const part = level.inline[level.at];
    level.at += 1;
    if (part === undefined) stack.pop();
    else if ('inline' in part) {
      stack.push({ inline: part.inline, marks: addMark(level.marks, part), at: 0 });
    } else {
      const text = cleanText(part.text);
      if (text !== '') runs.push({ ...level.marks, text, isCode: part.kind === 'code' });
    }
  }
  return mergeRuns(runs);
}

/** Text as an issue keeps it: well formed, composed, repaired, without unseen characters. */
export function cleanText(text: string): string {
  if (PLAIN.test(text)) return text;
  return repairMojibake(text.toWellFormed())
    .replace(UNSEEN, '')
    .replace(/[\u00a0\u202f]/g, ' ')
    .normalize('NFC');
}

/** True when the two runs carry the same marks. */
export function hasSameMarks(a: Run, b: Run): boolean {
  return (
    a.isCode === b.isCode &&
    a.isStrong === b.isStrong &&
    a.isEmphasis === b.isEmphasis &&
    a.url === b.url
  );
}

/** Joins neighbours with the same marks. */
export function mergeRuns(runs: readonly Run[]): Run[] {
  const groups: Run[][] = [];
  for (const run of runs) {
    const group = groups.at(-1);
    if (group?.[0] !== undefined && hasSameMarks(group[0], run)) group.push(run);
    else groups.push([run]);
  }
  return groups.flatMap((group) => {
    const first = group[0];
    if (first === undefined || group.length === 1) return group;
    return [{ ...first, text: group.map(({ text }) => text).join('') }];
  });
}

/** Every stretch of blanks as one space, none at either end. */
export function collapseRuns(runs: readonly Run[]): Run[] {
  const kept: Run[] = [];
  let isAfterBlank = true;
  for (const run of runs) {
    let text = run.text.replace(BLANKS, ' ');
    if (isAfterBlank && text.startsWith(' ')) text = text.slice(1);
    if (text === '') continue;
    isAfterBlank = text.endsWith(' ');
    kept.push({ ...run, text });
  }
  const last = kept.at(-1);
  if (last?.text.endsWith(' ')) {
    kept.pop();
    if (last.text !== ' ') kept.push({ ...last, text: last.text.slice(0, -1) });
  }
  return mergeRuns(kept);
}

/** The runs without their first `count` UTF-16 units, and without blanks at the new start. */
export function dropStart(runs: readonly Run[], count: number): Run[] {
  let left = count;
  const rest: Run[] = [];
  for (const run of runs) {
    const text = run.text.slice(Math.min(left, run.text.length));
    left -= run.text.length - text.length;
    if (text !== '') rest.push({ ...run, text });
  }
  return collapseRuns(rest);
}

function addMark(marks: Marks, part: Exclude<Inline, { text: string }>): Marks {
  switch (part.kind) {
    case 'strong':
      return { ...marks, isStrong: true };
    case 'emphasis':
      return { ...marks, isEmphasis: true };
    case 'link':
      return { ...marks, url: marks.url ?? part.url };
  }
}
