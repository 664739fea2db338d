import type { Finding } from '../finding.ts';
import type { News } from '../schema.ts';
import { isFurniture } from '../text/line.ts';
import { parseHeartLine } from '../text/parse-likes.ts';
import { unplaced } from '../text/read-header.ts';
import { emptyNews, likesMissing } from '../text/read-news.ts';
import { hasPromotionWords } from '../text/tell-promotion.ts';
import { isHeadingLike, isProse } from '../text/tell-shape.ts';
import { imageUnplaced } from './outline-findings.ts';
import { type Passage, toLine, withoutStart, writePassage } from './passage.ts';
import { isPromotionImage, readFigure } from './read-figure.ts';
import { describeImage } from './read-outline-promotions.ts';
import type { ImagePiece, Piece } from './read-pieces.ts';

/**
 * Reads the news: paragraphs or the items of a list, with likes before them, and the images after
 * each. A heading begins a promotion, which ends at the next likes; its blocks are the `rest`.
 */
export function readOutlineNews(
  pieces: readonly Piece[],
  statesCaptions: boolean,
  findings: Finding[],
): { readonly items: News[]; readonly rest: readonly Piece[] } {
  const items: News[] = [];
  const rest: Piece[] = [];
  let isPromoting = false;
  for (let at = 0; at < pieces.length; at += 1) {
    const piece = pieces[at];
    if (piece === undefined || piece.kind === 'rule') continue;
    isPromoting = isPromoting ? !hasLikes(piece) : startsPromotion(piece, pieces[at + 1]);
    if (isPromoting) rest.push(piece);
    else if (piece.kind === 'image') {
      const next = pieces[at + 1];
      const { figure, hasUsedNext } = readFigure(
        piece,
        next,
        { statesCaptions, isLast: false },
        findings,
      );
      if (isPromotionImage(piece, figure.caption !== undefined, findings)) rest.push(piece);
      else {
        placeFigure(piece, figure, items, findings);
        if (hasUsedNext) at += 1;
      }
    } else if (piece.kind === 'list') {
      for (const item of piece.items) readLine(item, true, items, findings);
    } else readLine(piece.passage, false, items, findings);
  }
  return { items, rest };
}

function hasLikes(piece: Piece): boolean {
  if (piece.kind === 'list') return piece.items.some(({ words }) => parseHeartLine(words));
  return 'passage' in piece && parseHeartLine(piece.passage.words) !== undefined;
}

function startsPromotion(piece: Piece, next: Piece | undefined): boolean {
  if (hasLikes(piece)) return false;
  if (piece.kind === 'heading') return true;
  if (piece.kind !== 'paragraph' || !isHeadingLike(piece.passage.words)) return false;
  if (!hasPromotionWords(piece.passage.words) || isProse(piece.passage.words)) return false;
  return next?.kind === 'paragraph' && !hasLikes(next) && isProse(next.passage.words);
}

function readLine(passage: Passage, isItem: boolean, items: News[], findings: Finding[]): void {
  const line = toLine(passage);
  if (isFurniture(line)) return;
  const heart = parseHeartLine(passage.words);
  if (heart === undefined) {
    if (!isItem && !isProse(passage.words)) {
      findings.push(unplaced(line));
      return;
    }
    items.push({ text: writePassage(passage), figures: [] });
    findings.push(likesMissing(line));
    return;
  }
  const text = writePassage(withoutStart(passage, passage.words.length - heart.rest.length));
  if (text === '') findings.push(emptyNews(line));
  else items.push({ likes: heart.likes, text, figures: [] });
}

function placeFigure(
  image: ImagePiece,
  figure: News['figures'][number],
  items: News[],
  findings: Finding[],
): void {
  const news = items.at(-1);
  if (news === undefined) findings.push(imageUnplaced(image.line, describeImage(image)));
  else news.figures.push(figure);
}
