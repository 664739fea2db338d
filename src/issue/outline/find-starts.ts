import { canBeTitle, isBareByline, isPaperHeart } from '../text/find-papers.ts';
import { isNewsHeading } from '../text/import-text.ts';
import { parseByline } from '../text/parse-byline.ts';
import { parseHeartLine } from '../text/parse-likes.ts';
import { hasPromotionWords } from '../text/tell-promotion.ts';
import { isProse } from '../text/tell-shape.ts';
import { isAllEmphasis, isAllStrong, type Passage } from './passage.ts';
import type { Piece } from './read-pieces.ts';

/** Where a part of the issue begins, by index of its heading, and where its text does. */
export type Start =
  | { readonly kind: 'news'; readonly at: number; readonly bodyAt: number }
  | PaperStart;
export type PaperStart = {
  readonly kind: 'paper';
  readonly at: number;
  readonly level: number;
  readonly title: Passage;
  readonly byline: Passage | undefined;
  readonly heart: Passage | undefined;
  readonly bodyAt: number;
};

type Text = { readonly passage: Passage; readonly at: number };
/** What is known of the place: whether the header has ended, and whether these are the news. */
type Place = { readonly isInHeader: boolean; readonly isInNews: boolean };

/** The level of a title that is no heading: every heading below it is one of its own. */
const LEVEL_OF_PARAGRAPH = 0;

/** Finds the news and the papers, in order: by the heading of the news, by bylines and by likes. */
export function findStarts(pieces: readonly Piece[]): Start[] {
  const newsAt = findNewsHeading(pieces);
  const starts: Start[] = [];
  for (let at = 0; at < pieces.length; at += 1) {
    const place = {
      isInHeader: starts.length === 0 && at < newsAt,
      isInNews: starts.at(-1)?.kind === 'news',
    };
    const start =
      at === newsAt
        ? { kind: 'news' as const, at, bodyAt: at + 1 }
        : (paperAt(pieces, at, place) ?? nextNews(pieces, at, newsAt));
    if (start === undefined) continue;
    starts.push(start);
    at = start.bodyAt - 1;
  }
  return newsAt < 0 ? withImplicitNews(pieces, starts) : starts;
}

function findNewsHeading(pieces: readonly Piece[]): number {
  const isNews = (piece: Piece): boolean =>
    (piece.kind === 'heading' || piece.kind === 'paragraph') && isNewsHeading(piece.passage.words);
  const at = pieces.findIndex((piece) => piece.kind === 'heading' && isNews(piece));
  return at >= 0 ? at : pieces.findIndex(isNews);
}

/** A second heading of news, further down. */
function nextNews(pieces: readonly Piece[], at: number, newsAt: number): Start | undefined {
  const piece = pieces[at];
  const isNews = piece?.kind === 'heading' && at > newsAt && isNewsHeading(piece.passage.words);
  return isNews ? { kind: 'news', at, bodyAt: at + 1 } : undefined;
}

/** Without a heading the news begin at the first likes above the papers. */
function withImplicitNews(pieces: readonly Piece[], starts: readonly Start[]): Start[] {
  const end = starts[0]?.at ?? pieces.length;
  const at = pieces.slice(0, end).findIndex((piece) => {
    if (piece.kind === 'list') return piece.items.some(({ words }) => isHeart(words));
    return piece.kind === 'paragraph' && isHeart(piece.passage.words);
  });
  return at < 0 ? [...starts] : [{ kind: 'news', at, bodyAt: at }, ...starts];
}

function isHeart(words: string): boolean {
  return parseHeartLine(words) !== undefined;
}

function paperAt(pieces: readonly Piece[], at: number, place: Place): PaperStart | undefined {
  const piece = pieces[at];
  if (piece?.kind !== 'heading' && piece?.kind !== 'paragraph') return undefined;
  const title = piece.passage;
  if (!canBeTitle(title.words) || isNewsHeading(title.words)) return undefined;
  const second = textAfter(pieces, at);
  if (second === undefined) return undefined;
  const third = textAfter(pieces, second.at);
  const isHeading = piece.kind === 'heading';
  const level = isHeading ? piece.level : LEVEL_OF_PARAGRAPH;
  const hasHeart = isLabel(third?.passage);
  const isBold = isHeading || isAllStrong(title);
  const start = { kind: 'paper' as const, at, level, title };
  if (isByline(second.passage, { ...place, title, third: third?.passage, isHeading, isBold })) {
    const heart = hasHeart ? third : undefined;
    const bodyAt = (heart ?? second).at + 1;
    return { ...start, byline: second.passage, heart: heart?.passage, bodyAt };
  }
  if (!isHeading || !isLabel(second.passage) || place.isInHeader) return undefined;
  if (place.isInNews && (third === undefined || !isProse(third.passage.words))) return undefined;
  if (place.isInNews && isHeart(third?.passage.words ?? '')) return undefined;
  return { ...start, byline: undefined, heart: second.passage, bodyAt: second.at + 1 };
}

type Around = Place & {
  readonly title: Passage;
  readonly third: Passage | undefined;
  readonly isHeading: boolean;
  readonly isBold: boolean;
};

/** Names under a title: sure by their own shape, or by their dress, the likes or the prose below. */
function isByline(second: Passage, around: Around): boolean {
  const byline = parseByline(second.words);
  if (byline === undefined) return false;
  const hasHeart = isLabel(around.third);
  if (!around.isHeading) {
    const isOpen = !/[.;:,]$/.test(around.title.words);
    return byline.isSure && isOpen && (hasHeart || around.isBold);
  }
  if (byline.isSure || (hasHeart && isBareByline(byline))) return true;
  if (around.isInHeader) return false;
  if (isAllEmphasis(second) && isBareByline(byline)) return true;
  const isTextNext = around.third !== undefined && isProse(around.third.words);
  const isTwoNames = byline.authors.length > 1 && isTextNext;
  return isTwoNames && !around.isInNews && !hasPromotionWords(around.title.words);
}

function isLabel(passage: Passage | undefined): boolean {
  return passage !== undefined && isPaperHeart(parseHeartLine(passage.words));
}

/** The next heading or paragraph, past rules; undefined where anything else comes first. */
function textAfter(pieces: readonly Piece[], at: number): Text | undefined {
  let next = at + 1;
  while (pieces[next]?.kind === 'rule') next += 1;
  const piece = pieces[next];
  if (piece?.kind !== 'heading' && piece?.kind !== 'paragraph') return undefined;
  return { passage: piece.passage, at: next };
}
