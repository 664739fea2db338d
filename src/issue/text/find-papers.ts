import type { Byline } from '../schema.ts';
import type { Line } from './line.ts';
import { parseByline } from './parse-byline.ts';
import { type HeartLine, parseHeartLine } from './parse-likes.ts';
import { isHeadingLike, isProse, LONGEST_HEADING } from './tell-shape.ts';

/** Where a paper begins: the indexes of its title, byline, likes and first body line. */
export type PaperStart = {
  readonly titleAt: number;
  readonly bylineAt: number | undefined;
  readonly heartAt: number | undefined;
  readonly bodyAt: number;
};

const LONGEST_TITLE = 250;
const LONGEST_LABEL = 160;
/** The lines above the news at most; a heading of news further down is not the issue's own. */
const LONGEST_HEADER = 40;

/**
 * Finds the papers: a title, a byline, a line with likes and topics. Either of the latter two may
 * be missing; where only a heart follows a heading among the news, prose must follow the heart.
 */
export function findPapers(lines: readonly Line[], newsAt: number): PaperStart[] {
  const starts: PaperStart[] = [];
  const from = newsAt < LONGEST_HEADER ? newsAt + 1 : 0;
  for (let i = from; i + 1 < lines.length; i += 1) {
    const start = startAt(lines, i, newsAt >= 0 && starts.length === 0 && i > newsAt);
    if (start === undefined) continue;
    starts.push(start);
    i = start.bodyAt - 1;
  }
  return starts;
}

function startAt(lines: readonly Line[], i: number, isInNews: boolean): PaperStart | undefined {
  const title = lines[i];
  const second = lines[i + 1];
  const third = lines[i + 2];
  if (title === undefined || second === undefined || !canBeTitle(title.text)) return undefined;
  const byline = parseByline(second.text);
  const isSure = byline?.isSure ?? false;
  const hasHeart = third !== undefined && isPaperHeart(parseHeartLine(third.text));
  const isOpen = !/[.;:,]$/.test(title.text);
  const isNamed = isSure ? isOpen || title.text.length <= LONGEST_HEADING : isOpen;
  if (byline !== undefined && hasHeart && isNamed && (isSure || isBareByline(byline))) {
    return { titleAt: i, bylineAt: i + 1, heartAt: i + 2, bodyAt: i + 3 };
  }
  const isTextNext = third !== undefined && isProse(third.text) && !second.isAfterGap;
  const isTwoNames = byline !== undefined && byline.authors.length > 1 && isTextNext;
  if (isOpen && (isSure || (isTwoNames && !isInNews && isHeadingLike(title.text)))) {
    return { titleAt: i, bylineAt: i + 1, heartAt: undefined, bodyAt: i + 2 };
  }
  const isHeading = isHeadingLike(title.text.slice(-LONGEST_HEADING));
  if (isHeading && isPaperHeart(parseHeartLine(second.text)) && (!isInNews || isTextNext)) {
    return { titleAt: i, bylineAt: undefined, heartAt: i + 1, bodyAt: i + 2 };
  }
  return undefined;
}

/** True for a text that can be the title of a paper. */
export function canBeTitle(text: string): boolean {
  if (text.length > LONGEST_TITLE || parseHeartLine(text) !== undefined) return false;
  return !/^[-#]/.test(text) && !parseByline(text)?.isSure;
}

/** Names and nothing else: several, or one that is no title of several words. */
export function isBareByline({ authors }: Byline): boolean {
  return authors.length > 1 || /^\S+(?:\s+\S+|\s+\p{Lu}\.\s+\S+)?$/u.test(authors[0] ?? '');
}

/** A paper's heart line carries a label or nothing; a news line carries a sentence. */
export function isPaperHeart(heart: HeartLine | undefined): boolean {
  return heart !== undefined && heart.rest.length <= LONGEST_LABEL && !/[.!?]$/.test(heart.rest);
}
