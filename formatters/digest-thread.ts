import { makeCutter, type Thread, type ThreadTraits, unlink } from './cutter.ts';
import type { FormatOptions } from './draft.ts';
import type { DigestItem } from './item.ts';
import { type DigestParts, makeDigestParts } from './parts.ts';
import { makePiece } from './text/body-pieces.ts';
import { plainProse } from './text/prose.ts';
import type { Piece } from './text/split-thread.ts';

/**
 * Writes a digest in as many posts as the options' length allows. Where they are few, the editor's
 * picks and the most liked papers stay, in the order of the digest, then the news from the top.
 */
export function makeDigestThread(
  item: DigestItem,
  options: FormatOptions,
  traits: ThreadTraits,
): Thread {
  const { length = 'thread' } = options;
  const { cut } = makeCutter(options, traits);
  const parts = linkParts(makeDigestParts(item, options, { topics: 'hashtags' }), traits);
  const write = (shown: DigestParts): Thread => cut(makeDigestPieces(shown));
  const whole = write(parts);
  if (length === 'thread') return whole;
  const most = length === 'brief' ? 1 : Math.max(1, Math.floor(length.maxPosts));
  if (whole.posts.length <= most) return whole;
  const order = rank(item);
  let best = write(take(parts, new Set()));
  for (let count = 1; count < order.length; count += 1) {
    const thread = write(take(parts, new Set(order.slice(0, count))));
    if (thread.posts.length > most) break;
    best = thread;
  }
  return best;
}

/** Where addresses are spelled at the end of the thread, its lines have none. */
function linkParts(parts: DigestParts, { paperLink }: ThreadTraits): DigestParts {
  if (paperLink !== 'closing') return parts;
  return { ...parts, title: unlink(parts.title), entries: parts.entries.map(unlink) };
}

const NOTHING = plainProse('');

type Line = 'entry' | 'news';
type Key = `${Line} ${number}`;

/** The lines of a digest, the most important first. */
function rank({ entries, news }: DigestItem): Key[] {
  const papers = entries.map(({ paper }, index) => ({ paper, index }));
  papers.sort(
    (a, b) =>
      Number(b.paper.pick) - Number(a.paper.pick) ||
      (b.paper.likes ?? 0) - (a.paper.likes ?? 0) ||
      a.index - b.index,
  );
  return [
    ...papers.map(({ index }): Key => `entry ${index}`),
    ...news.map((_, index): Key => `news ${index}`),
  ];
}

function take(parts: DigestParts, kept: ReadonlySet<Key>): DigestParts {
  return {
    ...parts,
    entries: parts.entries.filter((_, index) => kept.has(`entry ${index}`)),
    news: parts.news.filter((_, index) => kept.has(`news ${index}`)),
  };
}

/** The title, the papers, the news and the closing line, a blank line between them. */
function makeDigestPieces(parts: DigestParts): Piece[] {
  const { title, papersHeading, entries, newsHeading, news, closing } = parts;
  return [
    makePiece(title, '\n\n', true),
    makePiece(entries.length === 0 ? NOTHING : papersHeading, '\n\n', true),
    ...entries.map((entry) => makePiece(entry, '\n\n', false)),
    makePiece(news.length === 0 ? NOTHING : newsHeading, '\n\n', true),
    ...news.map((line) => makePiece(line, '\n\n', false)),
    makePiece(closing, '\n\n', false),
  ];
}
