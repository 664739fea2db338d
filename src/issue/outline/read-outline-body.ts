import type { Finding } from '../finding.ts';
import type { Block } from '../schema.ts';
import { isButton, isFurniture } from '../text/line.ts';
import { heading as doubtfulHeading, looksLikeStart, titleMissing } from '../text/read-paper.ts';
import { hasPromotionWords, isPromotion } from '../text/tell-promotion.ts';
import { isHeadingLike, isProse } from '../text/tell-shape.ts';
import { isImperative, paragraphDoubtful } from '../text/tell-sign-off.ts';
import { isPaperLink } from './find-paper-url.ts';
import { promotionDoubtful } from './outline-findings.ts';
import { isAllStrong, type Passage, toLine, writePassage } from './passage.ts';
import { isPromotionImage, readFigure } from './read-figure.ts';
import type { Piece } from './read-pieces.ts';

/** The body of a paper, the pieces it was read from, and those that are a promotion after it. */
export type ReadBody = {
  readonly body: Block[];
  readonly used: readonly Piece[];
  readonly rest: readonly Piece[];
};

/**
 * Reads the blocks of a paper whose title is a heading of `level`. A deeper heading is a part of it;
 * one of the same level, or one that sells something, begins a promotion that takes all the rest.
 */
export function readOutlineBody(
  pieces: readonly Piece[],
  level: number,
  statesCaptions: boolean,
  findings: Finding[],
): ReadBody {
  const body: Block[] = [];
  const images: Piece[] = [];
  let end = pieces.length;
  while (end > 0 && isOutside(pieces[end - 1])) end -= 1;
  for (let at = 0; at < end; at += 1) {
    const piece = pieces[at];
    if (piece === undefined || piece.kind === 'rule') continue;
    if (startsPromotion(pieces, at, level, findings)) {
      return { body, used: pieces.slice(0, at), rest: [...images, ...pieces.slice(at)] };
    }
    if (piece.kind === 'image') {
      const isLast = at + 2 >= end;
      const { figure, hasUsedNext } = readFigure(
        piece,
        pieces[at + 1],
        { statesCaptions, isLast },
        findings,
      );
      if (isPromotionImage(piece, figure.caption !== undefined, findings)) images.push(piece);
      else {
        body.push(figure);
        if (hasUsedNext) at += 1;
      }
    } else body.push(...readText(piece, pieces[at + 1], findings));
  }
  return { body, used: pieces, rest: images };
}

function readText(
  piece: Exclude<Piece, { kind: 'image' | 'rule' }>,
  next: Piece | undefined,
  findings: Finding[],
): Block[] {
  if (piece.kind === 'list') {
    const items = piece.items.map(writePassage).filter((item) => item !== '');
    return items.length === 0 ? [] : [{ kind: 'list', ordered: piece.ordered, items }];
  }
  const { passage } = piece;
  const line = toLine(passage);
  if (isButton(line)) return [];
  if (piece.kind === 'paragraph' && isCallToAction(passage)) findings.push(paragraphDoubtful(line));
  if (looksLikeStart(line)) findings.push(titleMissing(line));
  const text = writePassage(passage);
  if (piece.kind === 'heading') return [{ kind: 'heading', text: withoutStrong(passage) }];
  if (!isBoldHeading(passage) || next?.kind !== 'paragraph') return [{ kind: 'paragraph', text }];
  findings.push(doubtfulHeading(line));
  return [{ kind: 'heading', text: withoutStrong(passage) }];
}

/** One link alone that tells its reader to do something, and does not lead to a paper. */
function isCallToAction({ runs, words }: Passage): boolean {
  const [first] = runs;
  if (first?.url === undefined || runs.some(({ url }) => url !== first.url)) return false;
  return isImperative(words) && !isPaperLink(first.url, words);
}

function withoutStrong(passage: Passage): string {
  if (!isAllStrong(passage)) return writePassage(passage);
  return writePassage({
    ...passage,
    runs: passage.runs.map((run) => ({ ...run, isStrong: false })),
  });
}

function isBoldHeading(passage: Passage): boolean {
  return isAllStrong(passage) && isHeadingLike(passage.words) && !isProse(passage.words);
}

function startsPromotion(
  pieces: readonly Piece[],
  at: number,
  level: number,
  findings: Finding[],
): boolean {
  const piece = pieces[at];
  if (piece?.kind !== 'heading' && piece?.kind !== 'paragraph') return false;
  const following = pieces
    .slice(at + 1, at + 3)
    .flatMap((next) => (next.kind === 'paragraph' ? [toLine(next.passage)] : []));
  if (piece.kind === 'paragraph') return isPromotion(toLine(piece.passage), following);
  if (piece.level > level) return isPromotion(toLine(piece.passage, true), following);
  const { line, words } = piece.passage;
  if (!hasPromotionWords(words) && !isPromotion(toLine(piece.passage), following)) {
    findings.push(promotionDoubtful(line, words));
  }
  return true;
}

/** Rules and the buttons of a page after the last words. */
function isOutside(piece: Piece | undefined): boolean {
  if (piece?.kind === 'rule') return true;
  return piece?.kind === 'paragraph' && isFurniture(toLine(piece.passage));
}
