import { clipLine } from './clip-line.ts';
import {
  lowerLink,
  makeCutter,
  stackLines,
  type Thread,
  type ThreadTraits,
  unlink,
} from './cutter.ts';
import type { FormatOptions } from './draft.ts';
import type { DigestItem } from './item.ts';
import { type DigestParts, linkWhole, makeDigestParts } from './parts.ts';
import { makePiece } from './text/body-pieces.ts';
import { makeDigestPieces } from './text/digest-pieces.ts';
import { type Prose, plainProse } from './text/prose.ts';
import type { Piece } from './text/split-thread.ts';
import { pickVoice } from './voice/index.ts';
import type { Voice } from './voice/voice.ts';

/**
 * Writes a digest in as many posts as the options' length allows. Where they are few, the editor's
 * picks and the most liked papers stay, then the most liked news, all in the order of the digest.
 */
export function makeDigestThread(
  item: DigestItem,
  options: FormatOptions,
  traits: ThreadTraits,
): Thread {
  const { length = 'thread' } = options;
  const { cut } = makeCutter(options, traits);
  const parts = makeDigestParts(item, options, { topics: 'hashtags' });
  const voice = pickVoice(options.languages[0]);
  const keys = rankLines(item);
  const write = (frame: Frame, count: number): Thread =>
    cut(
      assemble(parts, item, new Set(keys.slice(0, count)), {
        voice,
        frame,
        paperLink: traits.paperLink,
      }),
    );
  if (length === 'thread') return write(frameThread(parts, traits), keys.length);
  const most = length === 'brief' ? 1 : Math.max(1, Math.floor(length.maxPosts));
  const fits = (frame: Frame): boolean => write(frame, 0).posts.length <= most;
  const short = frameBrief(parts, traits);
  const isOfOneIssue = item.scope === 'issue' || item.scope === 'news';
  const frames = length === 'brief' && isOfOneIssue ? [short] : [frameThread(parts, traits), short];
  const frame = frames.find(fits) ?? clipTitle(short, fits);
  let best = write(frame, 0);
  for (let count = 1; count <= keys.length; count += 1) {
    const thread = write(frame, count);
    if (thread.posts.length > most) break;
    best = thread;
  }
  return best;
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

/** As much of the title as fits above the rest. */
function clipTitle({ title, ending }: Frame, fits: (frame: Frame) => boolean): Frame {
  const kept = fits({ title: ELLIPSIS, ending }) ? ending : [];
  return { title: clipLine(title, (line) => fits({ title: line, ending: kept })), ending: kept };
}

type Kind = 'entry' | 'news';
type Key = `${Kind} ${number}`;

/** The lines of a digest, the most important first. */
function rankLines({ entries, news }: DigestItem): Key[] {
  const papers = entries.map(({ paper: { pick, likes = 0 } }, index) => ({ pick, likes, index }));
  papers.sort((a, b) => Number(b.pick) - Number(a.pick) || b.likes - a.likes || a.index - b.index);
  const told = news.map(({ likes = 0 }, index) => ({ likes, index }));
  told.sort((a, b) => b.likes - a.likes || a.index - b.index);
  return [
    ...papers.map(({ index }): Key => `entry ${index}`),
    ...told.map(({ index }): Key => `news ${index}`),
  ];
}

/** The frame around the lines that are kept. Without bullets, an empty line tells them apart. */
function assemble(
  parts: DigestParts,
  item: DigestItem,
  kept: ReadonlySet<Key>,
  { voice, frame, paperLink }: Pick<ThreadTraits, 'paperLink'> & { voice: Voice; frame: Frame },
): Piece[] {
  const keep =
    (kind: Kind) =>
    (_: unknown, index: number): boolean =>
      kept.has(`${kind} ${index}`);
  const entries = parts.entries.filter(keep('entry'));
  const lines = makeDigestPieces(
    {
      entries: paperLink === 'closing' ? entries.map(unlink) : entries,
      news: parts.news.filter(keep('news')),
    },
    { entries: item.entries.filter(keep('entry')), news: item.news.filter(keep('news')) },
    voice,
  );
  return [
    makePiece(frame.title, '\n\n', true),
    ...lines.map((piece) => ({ ...piece, separator: '\n\n' })),
    ...stackLines(frame.ending, 'ending'),
  ];
}

const ELLIPSIS = plainProse('…');
