import type { FormatOptions } from './draft.ts';
import { linkWhole } from './parts.ts';
import { makePiece } from './text/body-pieces.ts';
import { findExceeded, graphemes, type Limit, truncate } from './text/measure.ts';
import { type Prose, trimProse } from './text/prose.ts';
import { type Piece, splitThread } from './text/split-thread.ts';

/** What tells one platform of threads from another. */
export type ThreadTraits = {
  /** What a post may hold. */
  readonly limits: readonly Limit[];
  /**
   * Where the address of the paper stands: under the words of the title, in a line of its own below
   * the header, or in one above the closing line.
   */
  readonly paperLink: 'title' | 'header' | 'closing';
  /** Writes a line or a paragraph as the platform's text: what becomes of its links. */
  readonly write: (prose: Prose) => Prose;
};

/** The posts of a thread in order, and what a person should know before they go out. */
export type Thread = { readonly posts: readonly Prose[]; readonly told: readonly string[] };

/** Cuts lines and paragraphs into posts. */
export type Cutter = {
  cut(pieces: readonly Piece[]): Thread;
  /** True where the pieces make at most so many posts. */
  fits(pieces: readonly Piece[], most: number): boolean;
  /** True where one post has room for the pieces, wherever in a thread it stands. */
  holds(pieces: readonly Piece[]): boolean;
  /** True where a thread's first post shows something of what follows these lines. */
  isBegun(header: readonly Piece[], thread: Thread): boolean;
  /** True where a thread's last post shows nothing but these lines, or the last of them. */
  isAlone(ending: readonly Piece[], thread: Thread): boolean;
};

/** The most that goes with the blanks at a cut. */
const SEPARATOR = 2;
/** A thread longer than this has no room reserved for its counters where `holds` is asked. */
const POSTS_COUNTED = 99;
const TOLD_WORD = { measure: graphemes, most: 24 };

/** A cutter for a platform, with counters and `compact` as the options have them. */
export function makeCutter(options: FormatOptions, traits: ThreadTraits): Cutter {
  const write = (piece: Piece): Piece => ({ ...piece, prose: traits.write(piece.prose) });
  const counter = options.counters === true ? { counter: count } : {};
  const cut = (pieces: readonly Piece[]): Thread => {
    const told: string[] = [];
    const onHardCut = (words: string): void => {
      told.push(`“${truncate(words, TOLD_WORD)}” is longer than a post and was cut.`);
    };
    const compact = options.compact ?? false;
    const written = pieces.map(write);
    const posts = splitThread(written, traits.limits, { ...counter, compact, onHardCut });
    return { posts, told };
  };
  return {
    cut,
    fits(pieces, most) {
      // Asked of many rivals: what one weighing can answer is not cut. Where more than two blanks
      // would go at a cut it may say no too soon, never yes.
      const text = joinText(pieces, traits.write);
      const all = traits.limits.map(({ measure, most: one }) => ({
        measure,
        most: (one + SEPARATOR) * most - SEPARATOR,
      }));
      if (findExceeded(text, all) !== undefined) return false;
      return most === 1 || cut(pieces).posts.length <= most;
    },
    holds(pieces) {
      const room = options.counters === true ? count(POSTS_COUNTED, POSTS_COUNTED) : '';
      return findExceeded(joinText(pieces, traits.write) + room, traits.limits) === undefined;
    },
    isBegun(header, { posts }) {
      const text = header
        .map(({ prose, separator }) => separator + trimProse(traits.write(prose)).text)
        .join('')
        .trimStart();
      const first = posts[0]?.text ?? '';
      const rest = first.slice(text.length).trim();
      return first.startsWith(text) && rest !== '' && rest !== count(1, posts.length).trim();
    },
    isAlone(ending, { posts }) {
      const text = joinText(ending, traits.write);
      const last = posts.at(-1)?.text ?? '';
      const counted = text + count(posts.length, posts.length);
      return posts.length > 1 && (text.endsWith(last) || counted.endsWith(last));
    },
  };
}

/** "3/8", in a line of its own. */
function count(index: number, of: number): string {
  return `\n\n${index}/${of}`;
}

/** Lines that stay together: a blank line under a title and above an ending, else none. */
export function stackLines(lines: readonly Prose[], role: 'header' | 'ending'): Piece[] {
  const isHeader = role === 'header';
  const filled = lines.filter(({ text }) => text !== '');
  return filled.map((prose, index) => {
    const isApart = index === 0 || (isHeader && index === 1);
    return makePiece(prose, isApart ? '\n\n' : '\n', isHeader || index < filled.length - 1);
  });
}

/** The same words without links. */
export function unlink({ text, spans }: Prose): Prose {
  return { text, spans: spans.filter(({ kind }) => kind !== 'link') };
}

/** A line that links to one place, and the address below it. */
export function lowerLink(line: Prose): Prose[] {
  const urls = new Set(line.spans.flatMap((span) => (span.kind === 'link' ? [span.url] : [])));
  const [url] = urls;
  return url === undefined || urls.size > 1 ? [line] : [unlink(line), linkWhole(url, url)];
}

/** The text of pieces in one post. */
export function joinText(pieces: readonly Piece[], write: ThreadTraits['write']): string {
  let text = '';
  for (const { prose, separator } of pieces) {
    const shown = trimProse(write(prose)).text;
    if (shown !== '') text += (text === '' ? '' : separator) + shown;
  }
  return text;
}
