import { parseByline } from '../text/parse-byline.ts';
import { parseHeartLine } from '../text/parse-likes.ts';
import { looksLikePeriod } from '../text/parse-period.ts';
import { collapseRuns, mergeRuns, type Run } from './flatten-inline.ts';
import { joinWords } from './write-inline.ts';

const LONGEST_LABEL = 160;
const NUMBER = /^(?:issue\s*)?#\s?\d/i;
const HEART_AFTER = /(?<=[\]\p{L}.])\s+(?=[♥❤♡🖤🩷💙💚💛💜🧡]\uFE0F?\s*\d)/u;

/**
 * Parts what stands in one paragraph, line under line, though it is several: a byline, a line with
 * likes, a period, the number. Any other line break is only a break. Blanks stay.
 */
export function splitPassage(runs: readonly Run[]): Run[][] {
  const lines = splitLines(splitAtHeart(runs));
  if (lines.length < 2) return [[...runs]];
  const groups: Run[][] = [];
  let isClosed = true;
  lines.forEach((line, index) => {
    const words = joinWords(collapseRuns(line));
    const isOwn = standsAlone(words, index === 0);
    const group = groups.at(-1);
    const first = line[0];
    if (group === undefined || isClosed || isOwn || parseHeartLine(words) !== undefined) {
      groups.push([...line]);
    } else if (first !== undefined) {
      group.push({ ...first, text: '\n' });
      for (const run of line) group.push(run);
    }
    isClosed = isOwn;
  });
  return groups;
}

/** A line that is one thing and never the beginning of a longer text. */
function standsAlone(words: string, isFirst: boolean): boolean {
  if (words.length > 2 * LONGEST_LABEL) return false;
  if (looksLikePeriod(words) || (NUMBER.test(words) && words.length <= LONGEST_LABEL)) return true;
  return isFirst && (parseByline(words)?.isSure ?? false);
}

/** Breaks the line between a byline and the likes that follow it on the same one. */
function splitAtHeart(runs: readonly Run[]): readonly Run[] {
  const words = joinWords(runs).slice(0, 3 * LONGEST_LABEL);
  const at = HEART_AFTER.exec(words)?.index;
  if (at === undefined || !parseByline(words.slice(0, at).trim())?.isSure) return runs;
  let start = 0;
  return runs.map((run) => {
    const cut = at - start;
    start += run.text.length;
    if (cut < 0 || cut >= run.text.length) return run;
    return { ...run, text: `${run.text.slice(0, cut)}\n${run.text.slice(cut)}` };
  });
}

function splitLines(runs: readonly Run[]): Run[][] {
  const lines: Run[][] = [[]];
  for (const run of runs) {
    run.text.split('\n').forEach((text, index) => {
      if (index > 0) lines.push([]);
      if (text !== '') lines.at(-1)?.push({ ...run, text });
    });
  }
  return lines.map(mergeRuns).filter((line) => line.some(({ text }) => /\S/.test(text)));
}
