import type { Figure } from '../src/issue/schema.ts';
import { renderDiscord } from './text/discord-markdown.ts';
import { codePoints, type Limit, utf16Units } from './text/measure.ts';
import { type Prose, plainProse } from './text/prose.ts';
import { type Piece, splitThread } from './text/split-thread.ts';

/** What one message shows of a text. */
export type CutPart = {
  /** Discord Markdown; empty where an item is a title alone. */
  readonly text: string;
  /** The figures that stand in it. */
  readonly figures: readonly Figure[];
};

/**
 * Discord counts code points, discord.js counts UTF-16 units and throws earlier: stay within both.
 * https://discord.com/developers/docs/resources/message#embed-object-embed-limits
 */
export const within = (most: number): readonly Limit[] => [
  { measure: codePoints, most },
  { measure: utf16Units, most },
];

/**
 * Escaping and addresses lengthen the text, so a part is measured as it will be sent: the cut is
 * repeated with less room until every part fits. Where that asks for crumbs, the links and emphasis
 * go: plain text at most doubles.
 */
export function cutToFit(pieces: readonly Piece[], most: number): CutPart[] {
  let room = most;
  while (room >= 512) {
    const parts = splitThread(pieces, within(room)).map(renderPart);
    const longest = Math.max(0, ...parts.map(({ text }) => text.length));
    if (longest <= most) return parts;
    room = Math.floor(room / Math.max(1.1, longest / most));
  }
  const plain = pieces.map((piece) => ({ ...piece, prose: plainProse(piece.prose.text) }));
  return splitThread(plain, within(Math.floor(most / 2))).map(renderPart);
}

function renderPart(prose: Prose): CutPart {
  const figures = prose.spans.flatMap((span) => (span.kind === 'figure' ? [span.figure] : []));
  return { text: renderDiscord(prose), figures };
}
