import type { Finding } from '../finding.ts';
import type { Issue } from '../schema.ts';
import type { Imported } from './import-text.ts';
import { noPapers, notAnIssue } from './issue-findings.ts';
import type { Header } from './read-header.ts';

/** An issue has a handful; a file with more of them is some other list. */
export const MAX_PAPERS = 200;

/** What was read of an issue, before it is known whether it is a whole one. */
export type IssueParts = {
  readonly header: Header;
  readonly url?: string | undefined;
  readonly news: Issue['news'];
  readonly papers: Issue['papers'];
  readonly promotions: Issue['promotions'];
  /** Nothing was there to read, which has its own finding. */
  readonly isEmpty: boolean;
};

/** Joins the parts to an issue, unless one is missing; the findings in the order of the lines. */
export function assembleIssue(parts: IssueParts, findings: Finding[]): Imported {
  const { header, url, news, papers, promotions, isEmpty } = parts;
  if (papers.length === 0 && !isEmpty) findings.push(noPapers());
  if (!isEmpty && papers.length === 0 && !header.number && !header.period) {
    return { issue: undefined, findings: [notAnIssue()] };
  }

  findings.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  const { number, title, subtitle, period } = header;
  const isWhole = findings.every((finding) => finding.severity !== 'error');
  if (!isWhole || number === undefined || title === undefined || period === undefined) {
    return { issue: undefined, findings };
  }
  const issue: Issue = {
    number,
    title,
    ...(subtitle === undefined ? {} : { subtitle }),
    period,
    ...(url === undefined ? {} : { url }),
    news,
    papers,
    promotions,
  };
  return { issue, findings, isYearInferred: header.isYearInferred };
}
