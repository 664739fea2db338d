import type { Draft, FormatOptions, Platform } from '../../../formatters/draft.ts';
import { readDraft } from '../../../formatters/index.ts';
import { listExtras } from '../../../formatters/list-extras.ts';
import {
  codePoints,
  graphemes,
  type Measure,
  measure,
  xWeight,
} from '../../../formatters/text/measure.ts';
import { FENCE_LENGTH, writeBlock } from './code-block.ts';

/** How the size of a post is counted on each platform, and how much it may be. */
const SIZES: { readonly [P in Platform]: { readonly by: Measure; readonly most?: number } } = {
  bluesky: { by: graphemes, most: 300 },
  discord: { by: codePoints },
  mastodon: { by: graphemes },
  x: { by: xWeight, most: 280 },
  linkedin: { by: codePoints, most: 3_000 },
  text: { by: codePoints },
  html: { by: codePoints },
};

/** A card has room for 4096; a block and its heading fit twice into it. */
const PAGE_MOST = 3_900;
const PIECE_MOST = 3_500;

/** Posts of a draft that are shown together. */
export type DraftPage = {
  readonly text: string;
  /** From 1. */
  readonly from: number;
  readonly to: number;
};

/** A draft to the letter, each post under "2/5 · 269/300", in pages that a card holds. */
export function listDraftPages(draft: Draft, { mastodon }: FormatOptions): readonly DraftPage[] {
  const texts = readDraft(draft);
  const extras = listExtras(draft);
  const { by, most: usual } = SIZES[draft.platform];
  const most = draft.platform === 'mastodon' ? mastodon?.maxCharacters : usual;
  const pages: DraftPage[] = [];
  for (const [index, text] of texts.entries()) {
    const found = measure(text, by);
    const size = most === undefined ? `${found}` : `${found}/${most}`;
    const whole = [text, ...(extras[index] ?? [])].join('\n');
    for (const [n, piece] of cutPieces(whole).entries()) {
      const heading = `**${index + 1}/${texts.length} · ${size}**${n === 0 ? '' : ' …'}`;
      add(pages, `${heading}\n${writeBlock(piece)}`, index + 1);
    }
  }
  return pages;
}

function add(pages: DraftPage[], block: string, place: number): void {
  const last = pages.at(-1);
  if (last !== undefined && last.text.length + 1 + block.length <= PAGE_MOST) {
    pages[pages.length - 1] = { ...last, text: `${last.text}\n${block}`, to: place };
  } else pages.push({ text: block, from: place, to: place });
}

/** Pieces that a block holds, cut at lines where that is possible. */
function cutPieces(text: string): string[] {
  const pieces: string[] = [];
  let rest = text.toWellFormed();
  while (sizeOf(rest) > PIECE_MOST) {
    let end = Math.min(PIECE_MOST, rest.length);
    while (sizeOf(rest.slice(0, end)) > PIECE_MOST) end = Math.floor(end * 0.9);
    const line = rest.lastIndexOf('\n', end);
    if (line > end / 2) end = line + 1;
    else if (/[\uD800-\uDBFF]/.test(rest.charAt(end - 1))) end -= 1;
    pieces.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return [...pieces, rest];
}

function sizeOf(text: string): number {
  return writeBlock(text).length - FENCE_LENGTH;
}
