import type { Finding } from '../finding.ts';
import type { Issue } from '../schema.ts';
import { findPapers } from './find-papers.ts';
import { splitLines } from './line.ts';
import { readHeader, shorten } from './read-header.ts';
import { readNews } from './read-news.ts';
import { readPaper } from './read-paper.ts';
import { readPromotions } from './read-promotions.ts';
import { repairMojibake } from './repair-mojibake.ts';

/** What the caller knows and the text does not say. */
export type ImportOptions = { readonly now: Date; readonly year?: number };

/** An issue, unless a finding is an error; the findings in the order of the text. */
export type Imported = { readonly issue: Issue | undefined; readonly findings: readonly Finding[] };

const NEWS_HEADING = /\b(?:industry )?news\b.*\b(?:1|one) line\b|\bindustry news\b/i;

/**
 * Reads an issue copied from its page as plain text. Never throws: whatever is wrong is a finding
 * with its line. Pure; linear in the length of the text.
 */
export function importText(source: string, options: ImportOptions): Imported {
  const findings: Finding[] = [];
  const lines = splitLines(source).map((line) => {
    const text = repairMojibake(line.text);
    if (text !== line.text) findings.push(repaired(line.number, line.text, text));
    return text === line.text ? line : { ...line, text };
  });

  const newsAt = lines.findIndex((line) => line.text.length < 80 && NEWS_HEADING.test(line.text));
  const starts = findPapers(lines, newsAt);
  const firstPaper = starts[0]?.titleAt ?? lines.length;
  const headerEnd = newsAt >= 0 && newsAt < firstPaper ? newsAt : firstPaper;

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
    promotions.push(...readPromotions(rest, findings));
    return paper;
  });
  if (papers.length === 0 && lines.length > 0) findings.push(noPapers());
  if (lines.length > 0 && papers.length === 0 && !header.number && !header.period) {
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
    news: news.items,
    papers,
    promotions,
  };
  return { issue, findings };
}

function repaired(line: number, before: string, after: string): Finding {
  const garbled = before.split(/\s+/);
  const word = after.split(/\s+/).find((candidate, i) => candidate !== garbled[i]) ?? '';
  return {
    severity: 'info',
    code: 'text.mojibake-repaired',
    line,
    message: `Letters that were garbled by a wrong encoding are put right: “${shorten(word)}”.`,
    remedy: 'Nothing to do, unless the repaired letters are wrong: then correct the file.',
  };
}

function noPapers(): Finding {
  return {
    severity: 'error',
    code: 'issue.papers-missing',
    message: 'No paper was found.',
    remedy:
      'Give each paper a title line, then a byline such as “Xin et al. [NVIDIA]”, then a line such as “♥ 4.3k Quantization”.',
  };
}

function notAnIssue(): Finding {
  return {
    severity: 'error',
    code: 'issue.unrecognized',
    message: 'This text is no newsletter issue: it has no number (#93), no period and no paper.',
    remedy: 'Copy the whole page of an issue, from its title to its last paragraph.',
  };
}
