import type { Finding } from '../finding.ts';
import { cleanBareUrls } from '../outline/bare-urls.ts';
import { linkWrapper } from '../outline/outline-findings.ts';
import type { Issue } from '../schema.ts';
import { assembleIssue, MAX_PAPERS } from './assemble-issue.ts';
import { findPapers } from './find-papers.ts';
import { repaired, tooManyPapers } from './issue-findings.ts';
import { type Line, splitLines } from './line.ts';
import { parseHeartLine } from './parse-likes.ts';
import { readHeader, shorten } from './read-header.ts';
import { readNews } from './read-news.ts';
import { readPaper } from './read-paper.ts';
import { readPromotions } from './read-promotions.ts';
import { repairMojibake } from './repair-mojibake.ts';
import { findSignOff } from './tell-sign-off.ts';

/** What the caller knows and the text does not say. */
export type ImportOptions = { readonly now: Date; readonly year?: number };

/** An issue, unless a finding is an error; the findings in the order of the text. */
export type Imported = {
  readonly issue: Issue | undefined;
  readonly findings: readonly Finding[];
  /** The year of the period was inferred from the day of the import. */
  readonly isYearInferred?: boolean;
  /** The source is in the schema itself: what it does not have, the issue does not have. */
  readonly isWhole?: boolean;
};

const NEWS_HEADING = /^[^-].*\bnews\b.*\b(?:1|one) line\b|^(?:[^\p{L}-]+\s)?industry news\b/iu;

/**
 * Reads an issue copied from its page as plain text. Never throws: whatever is wrong is a finding
 * with its line. Pure; linear in the length of the text.
 */
export function importText(source: string, options: ImportOptions): Imported {
  const findings: Finding[] = [];
  const lines = cleanLines(splitLines(repairLines(source, findings)), findings);
  const newsAt = lines.findIndex((line) => isNewsHeading(line.text));
  const starts = findPapers(lines, newsAt);
  if (starts.length > MAX_PAPERS)
    return { issue: undefined, findings: [tooManyPapers(starts.length, MAX_PAPERS)] };
  const firstPaper = starts[0]?.titleAt ?? lines.length;
  const headerEnd = newsAt >= 0 && newsAt < firstPaper ? newsAt : findNews(lines, firstPaper);

  const header = readHeader(lines.slice(0, headerEnd), options, findings);
  const news = readNews(
    lines.slice(headerEnd + (headerEnd === newsAt ? 1 : 0), firstPaper),
    findings,
  );
  const promotions = readPromotions(news.rest, findings);
  const slugs = new Set<string>();
  const papers = starts.map((start, index) => {
    const end = starts[index + 1]?.titleAt ?? lines.length;
    const { paper, rest } = readPaper(lines, start, end, slugs, findings);
    slugs.add(paper.slug);
    if (index === starts.length - 1) {
      findings.push(...findSignOff(lines.slice(start.bodyAt, end - rest.length)));
    }
    for (const promotion of readPromotions(rest, findings)) promotions.push(promotion);
    return paper;
  });
  papers.forEach((paper, index) => {
    const isTwin = papers.slice(0, index).some(({ title }) => title === paper.title);
    const line = lines[starts[index]?.titleAt ?? 0]?.number ?? 1;
    if (isTwin) findings.push(duplicate(line, paper.title));
  });
  if (papers.length > 0 && !lines.some((line) => line.isAfterGap)) findings.push(noGaps());
  return assembleIssue(
    { header, news: news.items, papers, promotions, isEmpty: lines.length === 0 },
    findings,
  );
}

/** True for the heading of the industry news. */
export function isNewsHeading(text: string): boolean {
  return text.length < 80 && NEWS_HEADING.test(text);
}

/** Repairs mojibake, with a finding for each line that had some. The number of lines stays. */
function repairLines(source: string, findings: Finding[]): string {
  const text = repairMojibake(source);
  if (text === source) return source;
  const before = source.split('\n');
  const after = text.split('\n').map((line, index) => {
    const old = before[index] ?? '';
    if (line === old) return line;
    findings.push(repaired(index + 1, old, line));
    return line.normalize('NFC');
  });
  return after.join('\n');
}

/** Addresses as they may be posted; a line of nothing but a mailer's redirect goes, and is told. */
function cleanLines(lines: readonly Line[], findings: Finding[]): readonly Line[] {
  if (!lines.some(({ text }) => text.includes('://'))) return lines;
  return lines.flatMap((line) => {
    const onWrapper = (url: string): number => findings.push(linkWrapper(line.number, '', url));
    const text = cleanBareUrls(line.text, onWrapper).trim();
    return text === '' ? [] : [{ ...line, text }];
  });
}

/** Where the news begin when no heading says so: at the first line with a heart. */
function findNews(lines: readonly Line[], end: number): number {
  const heartAt = lines.slice(0, end).findIndex((line) => parseHeartLine(line.text) !== undefined);
  return heartAt < 0 ? end : heartAt;
}

function duplicate(line: number, title: string): Finding {
  return {
    severity: 'error',
    code: 'paper.duplicate',
    line,
    message: `The paper “${shorten(title)}” is in the text twice.`,
    remedy: 'Delete one of the two; perhaps the page was pasted twice.',
  };
}

function noGaps(): Finding {
  return {
    severity: 'warning',
    code: 'source.gaps-missing',
    message:
      'The text has no empty line, by which images and their captions are told: they are taken as paragraphs.',
    remedy: 'Copy the page again with its empty lines, or put one above each caption.',
  };
}
