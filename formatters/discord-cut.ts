import type { Figure } from '../src/issue/schema.ts';
import { makeCutter } from './cutter.ts';
import type { FormatOptions } from './draft.ts';
import { renderDiscord } from './text/discord-markdown.ts';
import { codePoints, type Limit, utf16Units } from './text/measure.ts';
import { type Prose, plainProse } from './text/prose.ts';
import type { Piece } from './text/split-thread.ts';

/** What one message shows of a text. */
export type CutPart = {
  /** Discord Markdown; empty where an item is a title alone. */
  readonly text: string;
  /** The figures that stand in it. */
  readonly figures: readonly Figure[];
};

/** A text in parts, and what a person should know about the cuts. */
export type CutText = { readonly parts: readonly CutPart[]; readonly told: readonly string[] };

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
export function cutToFit(pieces: readonly Piece[], options: FormatOptions, most: number): CutText {
  let room = most;
  while (room >= 512) {
    const text = cut(pieces, options, room);
    const longest = Math.max(0, ...text.parts.map((part) => part.text.length));
    if (longest <= most) return text;
    room = Math.floor(room / Math.max(1.1, longest / most));
  }
  const plain = pieces.map((piece) => ({ ...piece, prose: plainProse(piece.prose.text) }));
  return cut(plain, options, Math.floor(most / 2));
}

/** True where a text takes at most so many parts; one is always had. */
export function isWithin(
  pieces: readonly Piece[],
  options: FormatOptions,
  most: number,
  posts: number,
): boolean {
  return cutToFit(pieces, options, most).parts.length <= Math.max(1, posts);
}

function cut(pieces: readonly Piece[], options: FormatOptions, most: number): CutText {
  const limits = within(most);
  const traits = { limits, paperLink: 'title', write: (prose: Prose) => prose } as const;
  // The footer counts the parts.
  const { posts, told } = makeCutter({ ...options, counters: false }, traits).cut(pieces);
  return { parts: posts.map(renderPart), told };
}

function renderPart(prose: Prose): CutPart {
  const figures = prose.spans.flatMap((span) => (span.kind === 'figure' ? [span.figure] : []));
  return { text: renderDiscord(prose), figures };
}
