import type { Finding } from '../finding.ts';
import type { ImportOptions } from '../text/import-text.ts';
import { isFurniture, type Line } from '../text/line.ts';
import { looksLikePeriod } from '../text/parse-period.ts';
import { type Header, isNumberLine, readHeader, unplaced } from '../text/read-header.ts';
import { hasPromotionWords } from '../text/tell-promotion.ts';
import { isProse } from '../text/tell-shape.ts';
import { cleanText } from './flatten-inline.ts';
import type { Outline } from './outline.ts';
import { imageUnplaced } from './outline-findings.ts';
import { toLine } from './passage.ts';
import { describeImage } from './read-outline-promotions.ts';
import type { Piece } from './read-pieces.ts';

/** A trail of links back to the start has a few short steps. */
const LONGEST_TRAIL = 12;
const LONGEST_STEP = 160;

type HeaderLine = Line & { readonly level: number | undefined };

/**
 * Reads what stands above the news: the title is the heading that repeats the outline's own title,
 * else the first heading; trails of links are dropped; a promotion is left for the `rest`.
 */
export function readOutlineHeader(
  pieces: readonly Piece[],
  outline: Outline,
  options: ImportOptions,
  findings: Finding[],
): { readonly header: Header; readonly rest: readonly Piece[] } {
  const { lines, rest } = takeLines(pieces, findings);
  const stated = cleanText(outline.title ?? '')
    .replace(/\s+/g, ' ')
    .trim();
  const titleAt = findTitle(lines, stated);
  const title = lines[titleAt] ?? (stated === '' ? undefined : makeLine(stated));
  const others: Line[] = [];
  for (const [index, line] of lines.entries()) {
    if (title !== undefined && (index === titleAt || isSame(line.text, title.text))) continue;
    if (index < titleAt && !isFact(line)) {
      if (!isFurniture(line)) findings.push(unplaced(line));
    } else others.push(line);
  }
  const stands = outline.number === undefined ? undefined : `#${outline.number}`;
  const number = /#\s?\d{1,6}\b/.exec(stated)?.[0] ?? stands;
  if (number !== undefined && !others.some(({ text }) => isNumberLine(text))) {
    others.push(makeLine(number));
  }
  const ordered = title === undefined || isFact(title) ? others : [title, ...others];
  const { publishedAt } = outline;
  if (publishedAt === undefined || publishedAt > options.now) {
    return { header: readHeader(ordered, options, findings), rest };
  }
  const header = readHeader(ordered, { ...options, now: publishedAt }, findings);
  return { header: { ...header, isYearInferred: false }, rest };
}

function takeLines(
  pieces: readonly Piece[],
  findings: Finding[],
): { lines: HeaderLine[]; rest: Piece[] } {
  const lines: HeaderLine[] = [];
  const rest: Piece[] = [];
  let isPromoting = false;
  pieces.forEach((piece, index) => {
    const isText = piece.kind === 'heading' || piece.kind === 'paragraph';
    if (isText && isFact(toLine(piece.passage))) isPromoting = false;
    else if (piece.kind === 'heading') {
      isPromoting = lines.length > 0 && isPromotionAt(pieces, index);
    }
    if (isPromoting) rest.push(piece);
    else if (isText) {
      const level = piece.kind === 'heading' ? piece.level : undefined;
      lines.push({ ...toLine(piece.passage), level });
    } else if (piece.kind === 'image') {
      findings.push(imageUnplaced(piece.line, describeImage(piece)));
    } else if (piece.kind === 'list') {
      const isTrail =
        piece.items.length <= LONGEST_TRAIL &&
        piece.items.every(({ words }) => words.length <= LONGEST_STEP && !isProse(words));
      if (!isTrail) for (const item of piece.items) findings.push(unplaced(toLine(item)));
    }
  });
  return { lines, rest };
}

function isPromotionAt(pieces: readonly Piece[], at: number): boolean {
  const heading = pieces[at];
  const next = pieces[at + 1];
  if (heading?.kind !== 'heading' || !hasPromotionWords(heading.passage.words)) return false;
  return next?.kind === 'paragraph' && isProse(next.passage.words);
}

/** The index of the title among the lines, or -1 where none of them is. */
function findTitle(lines: readonly HeaderLine[], stated: string): number {
  if (stated !== '') {
    const same = lines.findIndex(({ text }) => isSame(text, stated));
    if (same >= 0) return same;
  }
  const first = lines.findIndex((line) => line.level !== undefined && !isFact(line));
  return stated === '' || lines[first]?.level === 1 ? first : -1;
}

/** True when the title of a page is that text, perhaps with the name of the site after it. */
function isSame(text: string, title: string): boolean {
  const [a, b] = [text.toLowerCase(), title.toLowerCase()];
  return a === b || (a.length > 3 && b.startsWith(a) && /^\s+[|–—·-]\s/.test(b.slice(a.length)));
}

/** A line that says the number or the period. */
function isFact({ text }: Line): boolean {
  return isNumberLine(text) || (text.length <= 200 && looksLikePeriod(text));
}

function makeLine(text: string): Line {
  return { number: 1, text, isAfterGap: false };
}
