import {
  lowerLink,
  makeCutter,
  stackLines,
  type Thread,
  type ThreadTraits,
  unlink,
} from './cutter.ts';
import type { DraftFor, FormatOptions, Formatter } from './draft.ts';
import { tellLeft } from './figures.ts';
import { type DigestItem, type Item, nameItem, type PaperItem } from './item.ts';
import { linkWhole, makePaperParts } from './parts.ts';
import { makeBodyPieces } from './text/body-pieces.ts';
import { isBrief } from './text/brief.ts';
import { editProse } from './text/edit-prose.ts';
import { makeHashtag } from './text/labels.ts';
import { utf16Units } from './text/measure.ts';
import { parseOwnText } from './text/own-text.ts';
import { type Prose, plainProse } from './text/prose.ts';
import { listFigures } from './text/read-figures.ts';
import { spellLinks } from './text/spell-links.ts';
import type { Piece } from './text/split-thread.ts';
import { summarize } from './text/summary.ts';
import { makeThread } from './thread.ts';
import { pickVoice } from './voice/index.ts';

/** https://www.linkedin.com/help/linkedin/answer/a528176 */
const POST_MOST = 3000;
/** A feed shows about 200 characters before "see more": the rest of them are the text's own. */
const HEADER_MOST = 150;
const HASHTAGS_MOST = 5;
const TRAITS: ThreadTraits = {
  limits: [{ measure: utf16Units, most: POST_MOST }],
  paperLink: 'closing',
  write: spellLinks,
};
const ONE_POST = { maxPosts: 1 } as const;
const NOTHING = plainProse('');

/**
 * Writes an item as a post to be copied. LinkedIn has no threads: a longer text is shortened to one
 * post, unless the options ask for a `thread`.
 */
export const linkedinFormatter: Formatter<'linkedin'> = {
  platform: 'linkedin',
  format(item, options): DraftFor<'linkedin'> {
    const { posts, told } = write(item, { ...options, length: options.length ?? ONE_POST });
    const draft = {
      item: nameItem(item),
      platform: 'linkedin',
      posts: posts.map((text) => ({ text })),
    } as const;
    return told.length > 0 ? { ...draft, told } : draft;
  },
};

type Texts = { readonly posts: readonly string[]; readonly told: readonly string[] };

function write(item: Item, options: FormatOptions): Texts {
  const isOwn = parseOwnText(options.ownText ?? '').length > 0;
  const thread = item.kind === 'paper' && !isOwn ? writePaper(item, options) : undefined;
  const { posts, told } = thread ?? makeThread(item, options, TRAITS);
  const texts = posts.map(({ text }) => text);
  const isTagged = item.kind === 'digest' && !isOwn;
  const isWhole = item.kind === 'paper' && !isOwn && options.length !== 'brief';
  return {
    posts: isTagged ? addHashtags(texts, item, options) : texts,
    told: [...told, ...tellLeft(isWhole ? listFigures(item.paper.body).length : 0)],
  };
}

/** Undefined where title, byline and ending alone are longer than the posts may be. */
function writePaper(item: PaperItem, options: FormatOptions): Thread | undefined {
  const { title, body } = item.paper;
  const { length = ONE_POST } = options;
  const { cut } = makeCutter(options, TRAITS);
  const { header, ending } = makeFrame(item, options);
  const arrange = (text: readonly Piece[]): Piece[] => [...header, ...text, ...ending];
  if (length === 'thread') return cut(arrange(makeBodyPieces(body)));
  const most = length === 'brief' ? 1 : Math.max(1, length.maxPosts);
  const fits = (text: readonly Piece[]): boolean =>
    (length !== 'brief' || isBrief(text)) && cut(arrange(text)).posts.length <= most;
  return fits([]) ? cut(arrange(summarize(body, title, fits))) : undefined;
}

type Frame = { readonly header: readonly Piece[]; readonly ending: readonly Piece[] };

/**
 * The authors stand under the title in one line, and the text begins early, so that what is seen of
 * it makes one read on. A line of many organizations gives way to the names, and stands at the end.
 */
function makeFrame(item: PaperItem, options: FormatOptions): Frame {
  const { byline, names, closing, labels, ...parts } = makePaperParts(item, options, {
    topics: 'hashtags',
  });
  const title = unlink(parts.title);
  const isShort = title.text.length + byline.text.length <= HEADER_MOST;
  // An editor who wants no byline wants no names either.
  const authors = isShort || byline.text === '' ? byline : names;
  const header = stackLines([title, authors], 'ending');
  return {
    header: header.map((piece) => ({ ...piece, keepWithNext: true })),
    ending: [
      ...stackLines(
        [labelAddress(item, options), authors.text === byline.text ? NOTHING : byline],
        'ending',
      ),
      ...stackLines(lowerLink(closing), 'ending'),
      ...stackLines([labels], 'ending'),
    ],
  };
}

/** "Read the paper: https://…" */
function labelAddress({ paper: { url } }: PaperItem, { languages }: FormatOptions): Prose {
  if (url === undefined) return NOTHING;
  const { words } = pickVoice(languages[0]);
  return editProse(linkWhole(url, url), [{ start: 0, end: 0, text: `${words.readPaper}: ` }]);
}

/** The topics of a digest's papers below its last post, where there is room. */
function addHashtags(
  posts: readonly string[],
  { entries }: DigestItem,
  { hashtags = true }: FormatOptions,
): string[] {
  const tags = new Set(entries.flatMap(({ paper }) => paper.topics.map(makeHashtag)));
  tags.delete(undefined);
  const line = [...tags]
    .slice(0, HASHTAGS_MOST)
    .map((tag) => `#${tag}`)
    .join(' ');
  const last = posts.at(-1);
  if (!hashtags || line === '' || last === undefined) return [...posts];
  const tagged = `${last}\n\n${line}`;
  return [...posts.slice(0, -1), tagged.length <= POST_MOST ? tagged : last];
}
