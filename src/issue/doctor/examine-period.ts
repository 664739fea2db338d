import type { Finding } from '../finding.ts';
import type { Issue } from '../schema.ts';
import type { KnownIssue } from './known.ts';
import type { KnownIndex } from './known-index.ts';

/** Weeks between one issue and the next after which one asks whether the dates are right. */
const LONGEST_GAP_WEEKS = 1;
const DAY_MS = 24 * 60 * 60 * 1000;

/** What is odd about the period, beside the ones of the issues before and after. */
export function examinePeriod({ number, period }: Issue, { byNumber }: KnownIndex): Finding[] {
  let before: KnownIssue | undefined;
  let next: KnownIssue | undefined;
  for (const issue of byNumber.values()) {
    if (issue.number < number && issue.number > (before?.number ?? 0)) before = issue;
    if (issue.number > number && issue.number < (next?.number ?? Infinity)) next = issue;
  }
  const findings: Finding[] = [];
  if (before !== undefined) {
    const days = (Date.parse(period.start) - Date.parse(before.period.end)) / DAY_MS;
    // Each issue that is not here would have taken a week.
    const gap = days - 7 * (number - before.number - 1);
    if (period.start < before.period.start) {
      findings.push(odd('before-previous', 'begins before that of', before));
    } else if (days < 0) findings.push(odd('overlaps', 'overlaps that of', before));
    else if (gap > 7 * LONGEST_GAP_WEEKS) {
      findings.push(odd('gap', `begins ${days} days after that of`, before));
    }
  }
  if (next !== undefined && period.start > next.period.start) {
    findings.push(odd('after-next', 'begins after that of', next));
  } else if (next !== undefined && period.end > next.period.end) {
    findings.push(odd('overlaps', 'overlaps that of', next));
  }
  return findings;

  function odd(what: string, how: string, other: KnownIssue): Finding {
    return {
      severity: 'warning',
      code: `issue.period-${what}`,
      words: period.start,
      message: `The period of #${number} (${period.start} to ${period.end}) ${how} #${other.number} (${other.period.start} to ${other.period.end}).`,
      remedy: 'Check the number and the dates; a text without a year takes it from --year.',
    };
  }
}
