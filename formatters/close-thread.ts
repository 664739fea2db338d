import { type Cutter, stackLines, type Thread } from './cutter.ts';
import type { Prose } from './text/prose.ts';
import { splitSentences } from './text/sentences.ts';
import type { Piece } from './text/split-thread.ts';

/** The lines below a text, the ones that name the issue last. */
export type Ending = { readonly lines: readonly Prose[]; readonly closing: readonly Prose[] };

/** A thread, and whether the lines that name the issue stand in it. */
type Closed = { readonly thread: Thread; readonly isClosed: boolean };

/**
 * Cuts pieces and the lines below them. Where those would have a post to themselves, the end of the
 * text joins them, if that makes no post more. A closing without a link, which tells a reader
 * nothing that he could use, is not worth a post: it is left out.
 */
export function closeThread(pieces: readonly Piece[], ending: Ending, cutter: Cutter): Closed {
  const lines = stackEnding(ending);
  const thread = cutter.cut([...pieces, ...lines]);
  if (!cutter.isAlone(lines, thread)) return { thread, isClosed: true };
  const says = [...ending.lines, ...ending.closing.filter(hasLink)];
  if (says.every(({ text }) => text === '')) {
    return { thread: cutter.cut(pieces), isClosed: false };
  }
  const joined = joinEnding(pieces, lines, cutter);
  const isBetter = joined !== undefined && joined.posts.length <= thread.posts.length;
  return { thread: isBetter ? joined : thread, isClosed: true };
}

/** The lines as pieces that stay together. */
export function stackEnding({ lines, closing }: Ending): Piece[] {
  return stackLines([...lines, ...closing], 'ending');
}

/** True for a line that leads somewhere. */
export function hasLink({ spans }: Prose): boolean {
  return spans.some(({ kind }) => kind === 'link');
}

/** The thread with the last sentence beside the lines below it; undefined where no post has room. */
function joinEnding(
  pieces: readonly Piece[],
  lines: readonly Piece[],
  cutter: Cutter,
): Thread | undefined {
  const last = pieces.at(-1);
  if (last === undefined) return undefined;
  const start = splitSentences(last.prose.text).at(-1)?.start ?? 0;
  const sentence = { ...last, prose: { text: last.prose.text.slice(start), spans: [] } };
  if (!cutter.holds([sentence, ...lines])) return undefined;
  const thread = cutter.cut([...pieces.slice(0, -1), { ...last, keepWithNext: true }, ...lines]);
  return cutter.isAlone(lines, thread) ? undefined : thread;
}
