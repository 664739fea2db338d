import { clipLine } from './clip-line.ts';
import { closeThread, type Ending, stackEnding } from './close-thread.ts';
import {
  type Cutter,
  lowerLink,
  makeCutter,
  stackLines,
  type Thread,
  type ThreadTraits,
  unlink,
} from './cutter.ts';
import type { FormatOptions } from './draft.ts';
import type { PaperItem } from './item.ts';
import { linkWhole, makePaperParts } from './parts.ts';
import { makeBodyPieces } from './text/body-pieces.ts';
import { editProse } from './text/edit-prose.ts';
import { type Prose, plainProse } from './text/prose.ts';
import type { Piece } from './text/split-thread.ts';
import { summarize } from './text/summary.ts';
import { pickVoice } from './voice/index.ts';
import type { Voice } from './voice/voice.ts';

/** The lines above a paper's text, and those below it. */
type Layout = Ending & { readonly header: readonly Prose[] };

type Lines = {
  readonly title: Prose;
  readonly byline: Prose;
  /** The byline where it stands below the text: no signature, but whose paper it is. */
  readonly credit: Prose;
  readonly names: Prose;
  readonly labels: Prose;
  /** Where addresses are spelled, the issue's stands in a line of its own below the words. */
  readonly closing: readonly Prose[];
  /** The paper's address where it has a line of its own; else empty. */
  readonly headLink: Prose;
  readonly endLink: Prose;
  /** The address below a post that stands alone. */
  readonly loneLink: Prose;
};

const NOTHING = plainProse('');

const NOTHING_FITS = 'No sentence of the text fits beside the title.';

/** Writes a paper in as many posts as the options' length allows. */
export function makePaperThread(
  item: PaperItem,
  options: FormatOptions,
  traits: ThreadTraits,
): Thread {
  const { length = 'thread' } = options;
  const { body, title } = item.paper;
  const cutter = makeCutter(options, traits);
  const lines = makeLines(item, options, traits);
  const pieces = makeBodyPieces(body);
  const choose: Choose = (fits) => summarize(body, title, fits);
  const tell = ({ thread, isEmpty }: Short): Thread =>
    isEmpty && pieces.length > 0 ? { ...thread, told: [...thread.told, NOTHING_FITS] } : thread;
  if (length === 'brief') return tell(writeBrief(lines, choose, cutter));
  const whole = pickThread(
    listLayouts(lines).map((layout) => ({ ...layout, body: pieces })),
    cutter,
  );
  if (length === 'thread' || whole.posts.length <= length.maxPosts) return whole;
  return tell(shorten(lines, Math.max(1, Math.floor(length.maxPosts)), choose, cutter));
}

function makeLines(item: PaperItem, options: FormatOptions, traits: ThreadTraits): Lines {
  const { paper, issue } = item;
  const parts = makePaperParts(item, options, { topics: 'hashtags' });
  const isSpelled = traits.paperLink !== 'title';
  const link = paper.url === undefined ? NOTHING : linkWhole(paper.url, paper.url);
  const lone = paper.url ?? issue.url;
  const voice = pickVoice(options.languages[0]);
  return {
    ...parts,
    title: isSpelled ? unlink(parts.title) : parts.title,
    credit: makeCredit(parts.byline, item, voice),
    // An editor who wants no byline wants no names either.
    names: parts.byline.text === '' ? NOTHING : parts.names,
    closing: isSpelled ? lowerLink(parts.closing) : [parts.closing],
    headLink: traits.paperLink === 'header' ? link : NOTHING,
    endLink:
      traits.paperLink === 'closing' && paper.url !== undefined
        ? prefix(`${voice.words.readPaper}: `, link)
        : NOTHING,
    loneLink: isSpelled && lone !== undefined ? linkWhole(lone, lone) : NOTHING,
  };
}

/** "Paper 2 of 4 · Zhang et al. [Apple]"; the byline as it is where an issue has but one paper. */
function makeCredit(byline: Prose, { position, count }: PaperItem, { words }: Voice): Prose {
  if (byline.text === '' || count === 1) return byline;
  const label = words.paperOf(position, count);
  return prefix(`${label.charAt(0).toUpperCase()}${label.slice(1)} · `, byline);
}

function prefix(text: string, prose: Prose): Prose {
  return editProse(prose, [{ start: 0, end: 0, text }]);
}

/** From the one that shows most above the text to the one that leaves most room for it. */
function listLayouts(all: Lines): Layout[] {
  const { title, byline, credit, names, labels, headLink, endLink, closing } = all;
  const rest = names.text === byline.text ? NOTHING : credit;
  return [
    { header: [title, byline, labels, headLink], lines: [endLink], closing },
    { header: [title, names, labels, headLink], lines: [rest, endLink], closing },
    { header: [title, names, headLink], lines: [rest, labels, endLink], closing },
    { header: [title, headLink], lines: [credit, labels, endLink], closing },
  ];
}

/** Where posts are few, the organizations give way to the text; then the closing line, and so on. */
function listShortLayouts(all: Lines): Layout[] {
  const { title, byline, names, labels, headLink, endLink, closing } = all;
  return [
    { header: [title, byline, labels, headLink], lines: [endLink], closing },
    { header: [title, names, labels, headLink], lines: [endLink], closing },
    { header: [title, names, headLink], lines: [labels, endLink], closing },
    { header: [title, headLink], lines: [names, labels, endLink], closing },
    { header: [title, names, labels, headLink], lines: [endLink], closing: [] },
    { header: [title, names, headLink], lines: [endLink], closing: [] },
    { header: [title, headLink], lines: [endLink], closing: [] },
  ];
}

type Filled = Layout & { readonly body: readonly Piece[] };

/**
 * A first post should be worth stopping for: it begins the text. Where a long byline leaves no room
 * for that, the first layout that does is taken, and what its header lacks stands at the end.
 */
function pickThread(layouts: readonly Filled[], cutter: Cutter): Thread {
  let first: Thread | undefined;
  for (const layout of layouts) {
    const { thread } = closeThread(open(layout), layout, cutter);
    if (cutter.isBegun(stackLines(layout.header, 'header'), thread)) return thread;
    first ??= thread;
  }
  return first ?? { posts: [], told: [] };
}

/** The header and the text. */
function open({ header, body }: Filled): Piece[] {
  return [...stackLines(header, 'header'), ...body];
}

function assemble(layout: Filled): Piece[] {
  return [...open(layout), ...stackEnding(layout)];
}

type Choose = (fits: (pieces: readonly Piece[]) => boolean) => Piece[];

/** A thread that was shortened, and whether no sentence of the text is left in it. */
type Short = { readonly thread: Thread; readonly isEmpty: boolean };

/** The best thread of at most `most` posts; without text only where no layout leaves room for any. */
function shorten(lines: Lines, most: number, choose: Choose, cutter: Cutter): Short {
  const fits = (layout: Filled): boolean => cutter.fits(assemble(layout), most);
  const fill = (layout: Layout): Filled => {
    const body = choose((pieces) => fits({ ...layout, body: pieces }));
    return { ...layout, body };
  };
  let withText: Thread | undefined;
  let without: Thread | undefined;
  for (const layout of listShortLayouts(lines)) {
    if (!fits({ ...layout, body: [] })) continue;
    const first = fill(layout);
    const closed = closeThread(open(first), first, cutter);
    // The post that the closing would have had to itself is the text's.
    const filled = closed.isClosed ? first : fill({ ...layout, closing: [] });
    const { thread } = closed.isClosed ? closed : closeThread(open(filled), filled, cutter);
    if (filled.body.length === 0) {
      without ??= thread;
      continue;
    }
    if (cutter.isBegun(stackLines(layout.header, 'header'), thread)) {
      return { thread, isEmpty: false };
    }
    withText ??= thread;
  }
  const thread = withText ?? without ?? cutter.cut(assemble(clipTitle(lines, fits)));
  return { thread, isEmpty: withText === undefined };
}

/** One post: the title, chosen sentences and the address; names and labels where room is left. */
function writeBrief(all: Lines, choose: Choose, cutter: Cutter): Short {
  const { names, labels } = all;
  const fits = (layout: Filled): boolean => cutter.fits(assemble(layout), 1);
  const bare = clipTitle(all, fits);
  const body = choose((pieces) => fits({ ...bare, body: pieces }));
  const header =
    [
      [...bare.header, names, labels],
      [...bare.header, names],
    ].find((candidate) => fits({ ...bare, header: candidate, body })) ?? bare.header;
  const thread = cutter.cut(assemble({ ...bare, header, body }));
  return { thread, isEmpty: body.length === 0 };
}

/** The title and the address alone, the title as much of it as fits. */
function clipTitle({ title, loneLink }: Lines, fits: (layout: Filled) => boolean): Filled {
  const layoutOf = (line: Prose): Filled => {
    return { header: [line], body: [], lines: [loneLink], closing: [] };
  };
  return layoutOf(clipLine(title, (line) => fits(layoutOf(line))));
}
