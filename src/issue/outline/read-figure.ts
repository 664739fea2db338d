import type { Finding } from '../finding.ts';
import type { Figure } from '../schema.ts';
import { parseHeartLine } from '../text/parse-likes.ts';
import { doubtfulCaption } from '../text/read-news.ts';
import { doubtfulParagraph } from '../text/read-paper.ts';
import { hasPromotionWords } from '../text/tell-promotion.ts';
import { guessCaption } from '../text/tell-shape.ts';
import { promotionImageDoubtful } from './outline-findings.ts';
import { isAllEmphasis, toLine, withoutEmphasis, writePassage } from './passage.ts';
import type { ImagePiece, Piece } from './read-pieces.ts';

export type ReadFigure = { readonly figure: Figure; readonly hasUsedNext: boolean };
/** What else is known: whether the source marks its captions, and whether this is a paper's end. */
export type CaptionHints = { readonly statesCaptions: boolean; readonly isLast: boolean };

/** Where pictures are shown at full size, or explained, rather than sold. */
const RESEARCH_HOST =
  /(?:^|\.)(?:arxiv\.org|openreview\.net|huggingface\.co|hf\.co|github\.com|github\.io|doi\.org|aclanthology\.org|nature\.com|acm\.org|ieee\.org|semanticscholar\.org|alphaxiv\.org|wikipedia\.org|deepmind\.google|deepmind\.com|openai\.com|anthropic\.com)$/i;
const IMAGE_FILE = /\.(?:png|jpe?g|gif|webp|avif|svg)$/i;

/** Reads an image and, where the markup names no caption, the paragraph after it if it is one. */
export function readFigure(
  image: ImagePiece,
  next: Piece | undefined,
  hints: CaptionHints,
  findings: Finding[],
): ReadFigure {
  const alone = { figure: image.figure, hasUsedNext: false };
  if (image.figure.caption !== undefined || next?.kind !== 'paragraph' || next.isApart)
    return alone;
  const { passage } = next;
  if (parseHeartLine(passage.words) !== undefined) return alone;
  const guess = guessCaption(passage.words, hints.isLast);
  const isItalic = isAllEmphasis(passage);
  if (!isItalic && (!guess.isCaption || hints.statesCaptions)) {
    const isDoubtful = hints.statesCaptions
      ? guess.isCaption && !guess.isDoubtful
      : guess.isDoubtful;
    if (isDoubtful) findings.push(doubtfulParagraph(toLine(passage, true)));
    return alone;
  }
  if (!isItalic && guess.isDoubtful) findings.push(doubtfulCaption(toLine(passage, true)));
  const { kind, ...rest } = image.figure;
  const caption = writePassage(isItalic ? withoutEmphasis(passage) : passage);
  return { figure: { kind, caption, ...rest }, hasUsedNext: true };
}

/**
 * Tells whether a linked image among the text sells something: by the words it carries, or because
 * it leads away from the paper and has no caption, which is a doubt.
 */
export function isPromotionImage(
  image: ImagePiece,
  hasCaption: boolean,
  findings: Finding[],
): boolean {
  const { figure, link, line } = image;
  const target = link === undefined ? null : URL.parse(link);
  if (link === undefined || target === null) return false;
  const words = [figure.alt ?? '', figure.caption ?? ''].join('\n').slice(0, 1_000);
  if (hasPromotionWords(words)) return true;
  const host = figure.imageUrl === undefined ? undefined : URL.parse(figure.imageUrl)?.hostname;
  const isOwn = target.hostname === host || IMAGE_FILE.test(target.pathname);
  if (isOwn || hasCaption || RESEARCH_HOST.test(target.hostname)) return false;
  findings.push(promotionImageDoubtful(line, link));
  return true;
}
