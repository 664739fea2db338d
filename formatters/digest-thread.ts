import { clipLine } from './clip-line.ts';
import { closeThread, type Ending, hasLink, stackEnding } from './close-thread.ts';
import {
  type Cutter,
  lowerLink,
  makeCutter,
  type Thread,
  type ThreadTraits,
  unlink,
} from './cutter.ts';
import type { FormatOptions } from './draft.ts';
import type { DigestItem } from './item.ts';
import { type DigestParts, linkWhole, makeDigestParts } from './parts.ts';
import { makePiece } from './text/body-pieces.ts';
import { isKeptWhole, makeDigestPieces, releaseHeaded } from './text/digest-pieces.ts';
import { editProse } from './text/edit-prose.ts';
import { graphemes, truncate } from './text/measure.ts';
import { type Prose, plainProse } from './text/prose.ts';
import { splitSentences } from './text/sentences.ts';
import type { Piece } from './text/split-thread.ts';
import { pickVoice } from './voice/index.ts';
import type { Voice } from './voice/voice.ts';

/**
 * Writes a digest in as many posts as the options' length allows. Where they are few, the editor's
 * picks and the most liked papers stay, then the most liked news, all in the order of the digest:
 * every piece of news in its first sentence, and in whole as far as room is left. A line that finds
 * no room gives way to the next one; if none finds any, the first is shown by its beginning.
 */
export function makeDigestThread(
  item: DigestItem,
  options: FormatOptions,
  traits: ThreadTraits,
): Thread {
  const { length = 'thread' } = options;
  const cutter = makeCutter(options, traits);
  const parts = makeDigestParts(item, options, { topics: 'hashtags' });
  const lines = rankLines(item, parts, traits.paperLink);
  const { words } = pickVoice(options.languages[0]);
  const open: Open = ({ title }, chosen) =>
    releaseHeaded(assemble(title, chosen, words), cutter.holds);
  const framed = frameThread(parts, traits);
  const short = frameBrief(parts, traits);
  const isOfOneIssue = item.scope === 'issue' || item.scope === 'news';
  if (length === 'brief' && isOfOneIssue) return shorten(lines, [short], 1, open, cutter);
  const pieces = open(framed, new Map(lines.map((line) => [line, line.whole])));
  const { thread } = closeThread(pieces, endWith(framed), cutter);
  const most = { thread: Infinity, brief: 1 };
  const posts =
    typeof length === 'string' ? most[length] : Math.max(1, Math.floor(length.maxPosts));
  return thread.posts.length <= posts
    ? thread
    : shorten(lines, [framed, short], posts, open, cutter);
}

/** The lines in a frame, as pieces without its ending. */
type Open = (frame: Frame, chosen: Chosen) => Piece[];

function endWith({ ending }: Frame): Ending {
  return { lines: [], closing: ending };
}

/** The lines that fit into so many posts, in the first frame that leaves room for any. */
function shorten(
  lines: readonly Line[],
  frames: readonly [Frame, ...Frame[]],
  most: number,
  open: Open,
  cutter: Cutter,
): Thread {
  const fits = (frame: Frame, chosen: Chosen): boolean =>
    cutter.fits([...open(frame, chosen), ...stackEnding(endWith(frame))], most);
  const isUncut = (frame: Frame, chosen: Chosen): boolean =>
    open(frame, chosen).every(
      (piece) => piece.keepWithNext || (isKeptWhole(piece) && cutter.holds([piece])),
    );
  const close = (frame: Frame, chosen: Chosen): Thread =>
    closeThread(open(frame, chosen), endWith(frame), cutter).thread;
  for (const frame of frames) {
    // A closing without a link has what room the lines leave.
    const bare = frame.ending.some(hasLink) ? frame : { ...frame, ending: [] };
    const chosen = chooseLines(
      lines,
      (some) => fits(bare, some),
      (some) => isUncut(bare, some),
    );
    if (chosen.size > 0) return close(fits(frame, chosen) ? frame : bare, chosen);
  }
  const [frame, chosen] = clipFirst(frames.at(-1) ?? frames[0], lines, fits);
  return close(frame, chosen);
}

/** A line of a digest, whole and in its first sentence. */
type Line = {
  readonly kind: 'entry' | 'news';
  /** Its place among those of its kind. */
  readonly index: number;
  readonly whole: Prose;
  readonly first: Prose;
};

/** The lines that are shown, and as much of each as is. */
type Chosen = ReadonlyMap<Line, Prose>;

/** The lines of a digest, the most important first. */
function rankLines(
  { entries, news }: DigestItem,
  parts: DigestParts,
  paperLink: ThreadTraits['paperLink'],
): Line[] {
  const papers = parts.entries.map((entry, index) => {
    const { pick = false, likes = 0 } = entries[index]?.paper ?? {};
    const whole = paperLink === 'closing' ? unlink(entry) : entry;
    return { pick, likes, line: { kind: 'entry', index, whole, first: whole } as const };
  });
  papers.sort((a, b) => Number(b.pick) - Number(a.pick) || b.likes - a.likes);
  const told = parts.news.map((whole, index) => {
    const line = { kind: 'news', index, whole, first: firstSentence(whole) } as const;
    return { likes: news[index]?.likes ?? 0, line };
  });
  told.sort((a, b) => b.likes - a.likes);
  return [...papers, ...told].map(({ line }) => line).filter(({ whole }) => /\S/.test(whole.text));
}

function firstSentence(line: Prose): Prose {
  const [first] = splitSentences(line.text);
  if (first === undefined) return line;
  return editProse(line, [{ start: first.end, end: line.text.length, text: '' }]);
}

/**
 * As many lines as fit, the most important first; then as much of each as fits without a cut
 * through it.
 */
function chooseLines(
  lines: readonly Line[],
  fits: (chosen: Chosen) => boolean,
  isUncut: (chosen: Chosen) => boolean,
): Chosen {
  let chosen: Chosen = new Map();
  for (const line of lines) {
    const more = new Map(chosen).set(line, line.first);
    if (fits(more)) chosen = more;
  }
  for (const line of lines) {
    if (!chosen.has(line) || line.whole.text === line.first.text) continue;
    const more = new Map(chosen).set(line, line.whole);
    if (isUncut(more) && fits(more)) chosen = more;
  }
  return chosen;
}

/** What stands above the lines of a digest, and below them. */
type Frame = { readonly title: Prose; readonly ending: readonly Prose[] };

function frameThread({ title, closing }: DigestParts, { paperLink }: ThreadTraits): Frame {
  return { title, ending: paperLink === 'title' ? [closing] : lowerLink(closing) };
}

/** A post that names its issue in its title leads there without naming it again. */
function frameBrief({ title, closing, url }: DigestParts, { paperLink }: ThreadTraits): Frame {
  if (url === undefined) return { title, ending: [closing] };
  return paperLink === 'title'
    ? { title: linkWhole(title.text, url), ending: [] }
    : { title, ending: [linkWhole(url, url)] };
}

/** As much of a line as says something. */
const LINE_LEAST = { measure: graphemes, most: 60 };

/** The beginning of the first line, below as much of the title as leaves room for it. */
function clipFirst(
  { title, ending }: Frame,
  [line]: readonly Line[],
  fits: (frame: Frame, chosen: Chosen) => boolean,
): readonly [Frame, Chosen] {
  const show = (shown: Prose): Chosen => new Map(line === undefined ? [] : [[line, shown]]);
  const least = show(plainProse(truncate(line?.first.text ?? '', LINE_LEAST)));
  const kept = fits({ title: ELLIPSIS, ending }, least) ? ending : [];
  const clipped = clipLine(title, (some) => fits({ title: some, ending: kept }, least));
  const frame = { title: clipped, ending: kept };
  if (line === undefined) return [frame, new Map()];
  return [frame, show(clipLine(line.first, (some) => fits(frame, show(some))))];
}

/** The title above the lines that are chosen. Without bullets, an empty line tells them apart. */
function assemble(title: Prose, chosen: Chosen, words: Voice['words']): Piece[] {
  const inOrder = [...chosen].sort(([a], [b]) => a.index - b.index);
  const list = (kind: Line['kind']): Prose[] =>
    inOrder.flatMap(([line, shown]) => (line.kind === kind ? [shown] : []));
  const pieces = makeDigestPieces({ entries: list('entry'), news: list('news') }, { words });
  return [
    makePiece(title, '\n\n', true),
    ...pieces.map((piece) => ({ ...piece, separator: '\n\n' })),
  ];
}

const ELLIPSIS = plainProse('…');
