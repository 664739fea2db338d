import type { Line } from './line.ts';
import { parseByline } from './parse-byline.ts';
import { type HeartLine, parseHeartLine } from './parse-likes.ts';
import { isHeadingLike, isProse } from './tell-shape.ts';

/** Where a paper begins: the indexes of its title, byline, likes and first body line. */
export type PaperStart = {
  readonly titleAt: number;
  readonly bylineAt: number | undefined;
  readonly heartAt: number | undefined;
  readonly bodyAt: number;
};

const LONGEST_TITLE = 250;
const LONGEST_LABEL = 80;

/**
 * Finds the papers: a title, a byline, a line with likes and topics. Either of the latter two may
 * be missing, but where only a heart follows a heading it must not be among the news.
 */
export function findPapers(lines: readonly Line[], newsAt: number): PaperStart[] {
  const starts: PaperStart[] = [];
  for (let i = 0; i + 1 < lines.length; i += 1) {
    const start = startAt(lines, i, newsAt >= 0 && starts.length === 0 && i >= newsAt);
    if (start === undefined) continue;
    starts.push(start);
    i = start.bodyAt - 1;
  }
  return starts;
}

function startAt(lines: readonly Line[], i: number, isInNews: boolean): PaperStart | undefined {
  const title = lines[i];
  const second = lines[i + 1];
  if (title === undefined || second === undefined || !isTitleLike(title.text)) return undefined;
  const byline = parseByline(second.text);
  const third = lines[i + 2];
  const hasHeart = third !== undefined && isPaperHeart(parseHeartLine(third.text));
  if (byline !== undefined && hasHeart) {
    return { titleAt: i, bylineAt: i + 1, heartAt: i + 2, bodyAt: i + 3 };
  }
  const isSureByline = byline?.isSure ?? false;
  const isTwoNames =
    (byline?.authors.length ?? 0) > 1 && third !== undefined && isProse(third.text);
  if (isSureByline || (isTwoNames && !isInNews)) {
    return { titleAt: i, bylineAt: i + 1, heartAt: undefined, bodyAt: i + 2 };
  }
  if (!isInNews && byline === undefined && isPaperHeart(parseHeartLine(second.text))) {
    return { titleAt: i, bylineAt: undefined, heartAt: i + 1, bodyAt: i + 2 };
  }
  return undefined;
}

function isTitleLike(text: string): boolean {
  if (text.length > LONGEST_TITLE || parseHeartLine(text) !== undefined) return false;
  return isHeadingLike(text.slice(0, 100)) && !/^[-#]/.test(text) && !parseByline(text)?.isSure;
}

/** A paper's heart line carries a label or nothing; a news line carries a sentence. */
function isPaperHeart(heart: HeartLine | undefined): boolean {
  return heart !== undefined && heart.rest.length <= LONGEST_LABEL && !/[.!?]$/.test(heart.rest);
}
