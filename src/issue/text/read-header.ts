import type { Finding } from '../finding.ts';
import type { Period } from '../schema.ts';
import type { ImportOptions } from './import-text.ts';
import { isFurniture, type Line } from './line.ts';
import { parseHeartLine } from './parse-likes.ts';
import { looksLikePeriod, parsePeriod } from './parse-period.ts';
import { isProse } from './tell-shape.ts';

export type Header = {
  readonly number: number | undefined;
  readonly title: string | undefined;
  readonly subtitle: string | undefined;
  readonly period: Period | undefined;
  /** The text states no year, and the caller gave none. */
  readonly isYearInferred: boolean;
};

const LONGEST_SUBTITLE = 150;
const SENTENCES = /\p{Ll}{2}[.!?…]["”’')\]]*\s+["“‘'(]*\p{Lu}/u;
const NUMBER = /^(?:issue\s*)?#\s?(\d{1,6})\b/i;

/**
 * Reads what stands above the news: breadcrumbs (dropped), title, subtitle, period, and the number
 * with its tagline (dropped).
 */
export function readHeader(
  lines: readonly Line[],
  options: ImportOptions,
  findings: Finding[],
): Header {
  let number: number | undefined;
  let period: Period | undefined;
  let isYearInferred = false;
  let periodLine: Line | undefined;
  const titles: Line[] = [];
  /** How many of them stand above the number and the period. */
  let above = 0;
  for (const line of lines) {
    if (/^[-•›>»]\s/.test(line.text) || isFurniture(line)) continue;
    const numbered = NUMBER.exec(line.text);
    if (numbered !== null && number === undefined) {
      number = Number(numbered[1]);
      continue;
    }
    if (parseHeartLine(line.text) !== undefined) {
      findings.push(unplaced(line));
      continue;
    }
    const read = parsePeriod(line.text, options.now, options.year);
    if (read === undefined && !looksLikePeriod(line.text)) {
      titles.push(line);
      if (number === undefined && period === undefined) above += 1;
    } else if (period === undefined) {
      periodLine ??= line;
      period = read?.period;
      isYearInferred = read?.hasYear === false;
      if (period !== undefined && read?.isNearNext) findings.push(yearDoubtful(line, period));
    } else {
      findings.push(unplaced(line));
    }
  }
  const [title, second] = titles;
  const subtitle = second !== undefined && isSubtitle(second, above > 1) ? second : undefined;
  const rest = titles.slice(subtitle === undefined ? 1 : 2);
  const last = lines.at(-1)?.number ?? 1;
  if (number === undefined || number === 0) findings.push(numberMissing(last));
  if (period === undefined) findings.push(periodMissing(periodLine, last));
  if (title === undefined) findings.push(titleMissing());
  for (const line of rest) findings.push(unplaced(line));
  return { number, title: title?.text, subtitle: subtitle?.text, period, isYearInferred };
}

/** One short line; under the number and the period a whole sentence is a welcome rather. */
function isSubtitle({ text }: Line, isUnderTitle: boolean): boolean {
  if (text.length > LONGEST_SUBTITLE || SENTENCES.test(text)) return false;
  return isUnderTitle || !isProse(text);
}

/** True for a line that states the number. */
export function isNumberLine(text: string): boolean {
  return NUMBER.test(text);
}

/** A line that belongs to nothing: kept out of the issue, and told. */
export function unplaced(line: Line): Finding {
  return {
    severity: 'warning',
    code: 'text.unplaced',
    line: line.number,
    message: `This text belongs to no part of the issue and is left out: “${shorten(line.text)}”.`,
    remedy: 'Move it under a paper or a news line, or delete it.',
  };
}

/** The first words of a text, for a message. */
export function shorten(text: string): string {
  const characters = [...text];
  return characters.length <= 60 ? text : `${characters.slice(0, 57).join('')}…`;
}

function numberMissing(line: number): Finding {
  return {
    severity: 'error',
    code: 'issue.number-missing',
    line,
    message: 'The issue has no number.',
    remedy: 'Add a line such as “#93” under the title.',
  };
}

function periodMissing(seen: Line | undefined, line: number): Finding {
  const remedy = 'Write it as “Jan 26th ~ Feb 2nd”, on a line of its own under the title.';
  if (seen === undefined) {
    const message = 'The issue has no period.';
    return { severity: 'error', code: 'issue.period-missing', line, message, remedy };
  }
  return {
    severity: 'error',
    code: 'issue.period-impossible',
    line: seen.number,
    message: `The period is not one that exists: “${shorten(seen.text)}”.`,
    remedy,
  };
}

function yearDoubtful(line: Line, { start }: Period): Finding {
  const year = Number(start.slice(0, 4));
  return {
    severity: 'warning',
    code: 'issue.year-doubtful',
    line: line.number,
    message: `The period is taken as one of ${year}, as that of ${year + 1} has not begun yet.`,
    remedy: `If it is the one to come, import it with --year ${year + 1}.`,
  };
}

function titleMissing(): Finding {
  return {
    severity: 'error',
    code: 'issue.title-missing',
    line: 1,
    message: 'The issue has no title.',
    remedy: 'Put the title on the first line.',
  };
}
