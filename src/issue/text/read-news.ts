import type { Finding } from '../finding.ts';
import type { News } from '../schema.ts';
import { escapeInline } from './escape-inline.ts';
import { isFurniture, type Line } from './line.ts';
import { parseHeartLine } from './parse-likes.ts';
import { shorten, unplaced } from './read-header.ts';
import { hasPromotionWords } from './tell-promotion.ts';
import { guessCaption, isHeadingLike, isProse } from './tell-shape.ts';

/**
 * Reads the news: lines that begin with a heart, each with the captions that follow it. A heading
 * that is no caption begins a promotion, which ends at the next heart; its lines are the `rest`.
 */
export function readNews(
  lines: readonly Line[],
  findings: Finding[],
): { readonly items: News[]; readonly rest: readonly Line[] } {
  const items: News[] = [];
  const rest: Line[] = [];
  let isPromoting = false;
  for (const [index, line] of lines.entries()) {
    const heart = parseHeartLine(line.text);
    if (heart !== undefined) {
      isPromoting = false;
      if (heart.rest === '') findings.push(emptyNews(line));
      else items.push({ likes: heart.likes, text: escapeInline(heart.rest), figures: [] });
      continue;
    }
    if (isFurniture(line)) continue;
    isPromoting ||= startsPromotion(line, lines[index + 1]);
    if (isPromoting) rest.push(line);
    else readOther(line, items, findings);
  }
  return { items, rest };
}

/** A caption of the last news, or news without likes. */
function readOther(line: Line, items: News[], findings: Finding[]): void {
  const news = items.at(-1);
  const guess = guessCaption(line.text, false);
  if (news !== undefined && line.isAfterGap && guess.isCaption) {
    news.figures.push({ kind: 'figure', caption: escapeInline(line.text) });
    if (guess.isDoubtful) findings.push(doubtfulCaption(line));
  } else if (isProse(line.text)) {
    items.push({ text: escapeInline(line.text), figures: [] });
    findings.push(likesMissing(line));
  } else {
    findings.push(unplaced(line));
  }
}

function startsPromotion(line: Line, next: Line | undefined): boolean {
  if (!isHeadingLike(line.text)) return false;
  if (next === undefined) return hasPromotionWords(line.text);
  if (parseHeartLine(next.text) !== undefined || !isProse(next.text)) return false;
  return !next.isAfterGap || hasPromotionWords(line.text);
}

/** A line after an image that could as well be a paragraph. */
export function doubtfulCaption(line: Line): Finding {
  return {
    severity: 'warning',
    code: 'figure.caption-doubtful',
    line: line.number,
    message: `This line is taken as the caption of the image above it: “${shorten(line.text)}”.`,
    remedy: 'If it is a paragraph, delete the empty line above it.',
  };
}

/** A news line without a heart. */
export function likesMissing(line: Line): Finding {
  return {
    severity: 'warning',
    code: 'news.likes-missing',
    line: line.number,
    message: `This news line has no likes: “${shorten(line.text)}”.`,
    remedy: 'Begin it with “♥” and a number, or move it if it is no news.',
  };
}

/** A heart without news. */
export function emptyNews(line: Line): Finding {
  return {
    severity: 'warning',
    code: 'news.text-missing',
    line: line.number,
    message: 'This news line has likes but no text; it is left out.',
    remedy: 'Put the text on the same line, after the likes.',
  };
}
