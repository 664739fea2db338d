import type { Finding } from '../finding.ts';
import type { Promotion } from '../schema.ts';
import { isFurniture } from '../text/line.ts';
import { recognised } from '../text/read-promotions.ts';
import { hasPromotionWords } from '../text/tell-promotion.ts';
import { isHeadingLike, isProse } from '../text/tell-shape.ts';
import { sectionHeading } from './outline-findings.ts';
import { type Passage, toLine } from './passage.ts';
import type { ImagePiece, Piece } from './read-pieces.ts';

/**
 * Reads blocks that belong to no paper and no news as promotions: a heading, then all below it.
 * They are kept with the issue and never posted, so their text is words and addresses, line by
 * line.
 */
export function readOutlinePromotions(pieces: readonly Piece[], findings: Finding[]): Promotion[] {
  const promotions: { title: string; lines: string[]; level: number }[] = [];
  const kept = pieces.filter((piece) => !isOutside(piece));
  // A block that is doubted has its finding already.
  const doubted = new Set(
    findings.flatMap(({ code, line }) => (code.startsWith('promotion.') ? [line] : [])),
  );
  kept.forEach((piece, index) => {
    const next = kept[index + 1];
    const current = promotions.at(-1);
    if (piece.kind === 'heading') {
      const hasText = next !== undefined && (next.kind !== 'heading' || next.level > piece.level);
      if (current !== undefined && piece.level > current.level) current.lines.push(wordsOf(piece));
      else if (hasText || hasPromotionWords(piece.passage.words)) open(piece.passage, piece.level);
      else findings.push(sectionHeading(piece.passage.line, piece.passage.words));
    } else if (current === undefined || opens(piece, next)) {
      if (piece.kind === 'image') openImage(piece);
      else if (piece.kind === 'paragraph') open(piece.passage, 7);
      else if (piece.kind === 'list') for (const item of piece.items) open(item, 7);
    } else {
      current.lines.push(wordsOf(piece));
    }
  });
  return promotions.map(({ title, lines }) => ({ title, text: lines.join('\n') }));

  function open(passage: Passage, level: number): void {
    const urls = new Set(passage.runs.flatMap(({ url }) => url ?? []));
    promotions.push({ title: passage.words, lines: [...urls], level });
    if (!doubted.has(passage.line)) findings.push(recognised(toLine(passage)));
  }

  function openImage(image: ImagePiece): void {
    const title = describeImage(image);
    const lines = [image.link, image.figure.imageUrl].filter((url) => url !== undefined);
    promotions.push({ title, lines: lines.filter((url) => url !== title), level: 7 });
    if (doubted.has(image.line)) return;
    findings.push(recognised({ number: image.line, text: title, isAfterGap: false }));
  }
}

/** What an image says, or where it leads. */
export function describeImage({ figure, link }: ImagePiece): string {
  return figure.caption ?? figure.alt ?? link ?? figure.imageUrl ?? '';
}

function opens(piece: Piece, next: Piece | undefined): boolean {
  if (piece.kind !== 'paragraph' || next?.kind !== 'paragraph') return false;
  return isHeadingLike(piece.passage.words) && isProse(next.passage.words);
}

function isOutside(piece: Piece): boolean {
  if (piece.kind === 'rule') return true;
  return piece.kind === 'paragraph' && isFurniture(toLine(piece.passage));
}

function wordsOf(piece: Piece): string {
  switch (piece.kind) {
    case 'list':
      return piece.items.map(writeWords).join('\n');
    case 'image':
      return writeImage(piece);
    case 'rule':
      return '';
    default:
      return writeWords(piece.passage);
  }
}

/** The words, each link with its address after it. */
function writeWords({ runs }: Passage): string {
  return runs
    .map(({ text, url }, index) => {
      const isEnd = url !== undefined && runs[index + 1]?.url !== url;
      if (!isEnd || url === text.trim()) return text;
      return `${text.trimEnd()} (${url})${/\s$/.test(text) ? ' ' : ''}`;
    })
    .join('');
}

/** What an image says, and the addresses where it leads and is. */
function writeImage(image: ImagePiece): string {
  const { figure, link } = image;
  const words = [figure.caption, figure.alt].filter((text) => text !== undefined).join('\n');
  const urls = [link, figure.imageUrl].filter((url) => url !== undefined);
  if (words === '' || urls.length === 0) return words + urls.join(' ');
  return `${words} (${urls.join(' ')})`;
}
