import type { Finding } from '../finding.ts';
import type { Issue } from '../schema.ts';
import { assembleIssue, MAX_PAPERS } from '../text/assemble-issue.ts';
import type { Imported, ImportOptions } from '../text/import-text.ts';
import { tooManyPapers } from '../text/issue-findings.ts';
import { findSignOff } from '../text/tell-sign-off.ts';
import { cleanUrl, isWrapped } from './clean-url.ts';
import { findStarts } from './find-starts.ts';
import type { Outline } from './outline.ts';
import { linkWrapper } from './outline-findings.ts';
import { toLine } from './passage.ts';
import { readOutlineHeader } from './read-outline-header.ts';
import { readOutlineNews } from './read-outline-news.ts';
import { readOutlinePaper } from './read-outline-paper.ts';
import { readOutlinePromotions } from './read-outline-promotions.ts';
import { readPieces } from './read-pieces.ts';

/**
 * Builds an issue from an outline by its structure: a heading followed by a byline is a paper, one
 * without is a promotion, a deeper one is a part of its paper. Never throws: whatever is wrong or
 * doubtful is a finding with its line. Pure; linear in the size of the outline; recurses nowhere.
 */
export function readOutline(outline: Outline, options: ImportOptions): Imported {
  const imported = readNodes(outline, options);
  const { lost = [] } = outline;
  if (lost.length === 0) return imported;
  const findings = [...lost, ...imported.findings];
  return { ...imported, findings: findings.sort((a, b) => (a.line ?? 0) - (b.line ?? 0)) };
}

function readNodes(outline: Outline, options: ImportOptions): Imported {
  const findings: Finding[] = [];
  const pieces = readPieces(outline, findings);
  const starts = findStarts(pieces);
  const count = starts.filter(({ kind }) => kind === 'paper').length;
  if (count > MAX_PAPERS) {
    return { issue: undefined, findings: [tooManyPapers(count, MAX_PAPERS)] };
  }
  // Where the markup says what a caption is, a paragraph after an image is seldom one.
  const statesCaptions = outline.nodes.some(
    (node) => node.kind === 'image' && node.caption !== undefined,
  );

  const firstAt = starts[0]?.at ?? pieces.length;
  const { header, rest } = readOutlineHeader(pieces.slice(0, firstAt), outline, options, findings);
  const promotions = readOutlinePromotions(rest, findings);
  const news: Issue['news'] = [];
  const papers: Issue['papers'] = [];
  const slugs = new Set<string>();
  const lastPaper = starts.findLastIndex(({ kind }) => kind === 'paper');
  starts.forEach((start, index) => {
    const body = pieces.slice(start.bodyAt, starts[index + 1]?.at ?? pieces.length);
    if (start.kind === 'news') {
      const read = readOutlineNews(body, statesCaptions, findings);
      for (const item of read.items) news.push(item);
      for (const one of readOutlinePromotions(read.rest, findings)) promotions.push(one);
      return;
    }
    const read = readOutlinePaper(start, body, statesCaptions, slugs, findings);
    slugs.add(read.paper.slug);
    papers.push(read.paper);
    if (index === lastPaper) {
      const ends = read.used.flatMap((one) => (one.kind === 'paragraph' ? [one.passage] : []));
      findings.push(...findSignOff(ends.map((passage) => toLine(passage))));
    }
    for (const one of readOutlinePromotions(read.rest, findings)) promotions.push(one);
  });
  const url = outline.url === undefined ? undefined : cleanUrl(outline.url);
  if (outline.url !== undefined && isWrapped(outline.url)) {
    findings.push(linkWrapper(1, '', outline.url));
  }
  return assembleIssue({ header, url, news, papers, promotions, isEmpty: false }, findings);
}
