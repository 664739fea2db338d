import { isWithin } from './discord-cut.ts';
import type { FormatOptions } from './draft.ts';
import type { DigestParts } from './parts.ts';
import { makePiece } from './text/body-pieces.ts';
import { editProse } from './text/edit-prose.ts';
import type { Prose } from './text/prose.ts';
import { splitSentences } from './text/sentences.ts';
import type { Piece } from './text/split-thread.ts';
import { stress } from './text/stress.ts';

/**
 * The lines of a digest, in parts of at most `most` characters. Where not all of it fits, its news
 * are told in a sentence each; where that is not enough, the last lines go.
 */
export function chooseDigestPieces(
  { papersHeading, newsHeading, entries, news, closing }: DigestParts,
  options: FormatOptions,
  most: number,
): Piece[] {
  const { length = 'thread' } = options;
  const posts = { thread: Infinity, brief: 1 };
  const ending = isEmpty(closing) ? [] : [makePiece(closing, '\n\n', false)];
  const list = (lines: readonly Prose[]): Piece[] => [
    ...makeHeading(papersHeading),
    ...entries.map((entry, index) => makePiece(bullet(entry), index === 0 ? '\n\n' : '\n', false)),
    ...makeHeading(newsHeading),
    ...lines.map((line) => makePiece(line, '\n\n', false)),
  ];
  const parts = typeof length === 'string' ? posts[length] : length.maxPosts;
  const fits = (pieces: readonly Piece[]): boolean =>
    isWithin([...pieces, ...ending], options, most, parts);
  const whole = list(news);
  if (length !== 'brief' && fits(whole)) return [...whole, ...ending];
  const short = list(news.map(firstSentence));
  while (short.length > 0 && (!fits(short) || short.at(-1)?.keepWithNext)) short.pop();
  return fits(short) ? [...short, ...ending] : [];
}

function makeHeading(prose: Prose): Piece[] {
  return isEmpty(prose) ? [] : [makePiece(stress(prose, 'strong'), '\n\n', true)];
}

const isEmpty = ({ text }: Prose): boolean => text === '';

/** The line of a paper, which no cut goes through if a message can hold it. */
function bullet(prose: Prose): Prose {
  const { text, spans } = editProse(prose, [{ start: 0, end: 0, text: '• ' }]);
  return { text, spans: [{ kind: 'atom', start: 0, end: text.length }, ...spans] };
}

function firstSentence(prose: Prose): Prose {
  const [first] = splitSentences(prose.text);
  if (first === undefined) return prose;
  return editProse(prose, [{ start: first.end, end: prose.text.length, text: '' }]);
}
