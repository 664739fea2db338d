import { clipLine } from './clip-line.ts';
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
import { type Prose, plainProse } from './text/prose.ts';
import type { Piece } from './text/split-thread.ts';
import { summarize } from './text/summary.ts';
import { pickVoice } from './voice/index.ts';

/** The lines above a paper's text, and those below it. */
type Layout = { readonly header: readonly Prose[]; readonly ending: readonly Prose[] };

type Lines = {
  readonly title: Prose;
  readonly byline: Prose;
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
  const choose = (fits: (pieces: readonly Piece[]) => boolean): Piece[] =>
    summarize(body, title, fits);
  if (length === 'brief') return writeBrief(lines, choose, cutter);
  const pieces = makeBodyPieces(body);
  const whole = pickThread(
    listLayouts(lines).map((layout) => ({ ...layout, body: pieces })),
    cutter,
  );
  if (length === 'thread' || whole.posts.length <= length.maxPosts) return whole;
  return shorten(lines, Math.max(1, Math.floor(length.maxPosts)), choose, cutter);
}

function makeLines(item: PaperItem, options: FormatOptions, traits: ThreadTraits): Lines {
  const { paper, issue } = item;
  const parts = makePaperParts(item, options, { topics: 'hashtags' });
  const isSpelled = traits.paperLink !== 'title';
  const link = paper.url === undefined ? NOTHING : linkWhole(paper.url, paper.url);
  const lone = paper.url ?? issue.url;
  const { readPaper } = pickVoice(options.languages[0]).words;
  return {
    ...parts,
    title: isSpelled ? unlink(parts.title) : parts.title,
    // An editor who wants no byline wants no names either.
    names: parts.byline.text === '' ? NOTHING : parts.names,
    closing: isSpelled ? lowerLink(parts.closing) : [parts.closing],
    headLink: traits.paperLink === 'header' ? link : NOTHING,
    endLink:
      traits.paperLink === 'closing' && paper.url !== undefined
        ? prefix(`${readPaper}: `, link)
        : NOTHING,
    loneLink: isSpelled && lone !== undefined ? linkWhole(lone, lone) : NOTHING,
  };
}

function prefix(text: string, prose: Prose): Prose {
  const spans = prose.spans.map((span) => ({
    ...span,
    start: span.start + text.length,
    end: span.end + text.length,
  }));
  return { text: text + prose.text, spans };
}

/** From the one that shows most above the text to the one that leaves most room for it. */
function listLayouts(lines: Lines): Layout[] {
  const { title, byline, names, labels, headLink, endLink, closing } = lines;
  const rest = names.text === byline.text ? NOTHING : byline;
  return [
    { header: [title, byline, labels, headLink], ending: [endLink, ...closing] },
    { header: [title, names, labels, headLink], ending: [rest, endLink, ...closing] },
    { header: [title, names, headLink], ending: [rest, labels, endLink, ...closing] },
    { header: [title, headLink], ending: [byline, labels, endLink, ...closing] },
  ];
}

/** Where posts are few, the organizations give way to the text; then the closing line, and so on. */
function listShortLayouts(lines: Lines): Layout[] {
  const { title, byline, names, labels, headLink, endLink, closing } = lines;
  return [
    { header: [title, byline, labels, headLink], ending: [endLink, ...closing] },
    { header: [title, names, labels, headLink], ending: [endLink, ...closing] },
    { header: [title, names, headLink], ending: [labels, endLink, ...closing] },
    { header: [title, headLink], ending: [names, labels, endLink, ...closing] },
    { header: [title, names, labels, headLink], ending: [endLink] },
    { header: [title, names, headLink], ending: [endLink] },
    { header: [title, headLink], ending: [endLink] },
  ];
}

type Filled = Layout & { readonly body: readonly Piece[] };

/**
 * A first post should be worth stopping for: it begins the text. Where a long byline leaves no room
 * for that, the first layout that does is taken, and what its header lacks stands at the end.
 */
function pickThread(layouts: readonly Filled[], { cut, isBegun }: Cutter): Thread {
  let first: Thread | undefined;
  for (const layout of layouts) {
    const thread = cut(assemble(layout));
    if (isBegun(stackLines(layout.header, 'header'), thread)) return thread;
    first ??= thread;
  }
  return first ?? { posts: [], told: [] };
}

function assemble({ header, body, ending }: Filled): Piece[] {
  return [...stackLines(header, 'header'), ...body, ...stackLines(ending, 'ending')];
}

type Choose = (fits: (pieces: readonly Piece[]) => boolean) => Piece[];

/** The best thread of at most `most` posts; without text only where no layout leaves room for any. */
function shorten(lines: Lines, most: number, choose: Choose, cutter: Cutter): Thread {
  const { cut, isBegun } = cutter;
  const fits = (layout: Filled): boolean => cutter.fits(assemble(layout), most);
  let withText: Thread | undefined;
  let without: Thread | undefined;
  for (const layout of listShortLayouts(lines)) {
    if (!fits({ ...layout, body: [] })) continue;
    const body = choose((pieces) => fits({ ...layout, body: pieces }));
    const thread = cut(assemble({ ...layout, body }));
    if (body.length === 0) {
      without ??= thread;
      continue;
    }
    if (isBegun(stackLines(layout.header, 'header'), thread)) return thread;
    withText ??= thread;
  }
  return withText ?? without ?? cut(assemble(clipTitle(lines, fits)));
}

/** One post: the title, chosen sentences and the address; names and labels where room is left. */
function writeBrief(lines: Lines, choose: Choose, cutter: Cutter): Thread {
  const { names, labels } = lines;
  const fits = (layout: Filled): boolean => cutter.fits(assemble(layout), 1);
  const bare = clipTitle(lines, fits);
  const body = choose((pieces) => fits({ ...bare, body: pieces }));
  const { ending } = bare;
  const header =
    [
      [...bare.header, names, labels],
      [...bare.header, names],
    ].find((candidate) => fits({ header: candidate, body, ending })) ?? bare.header;
  return cutter.cut(assemble({ header, body, ending }));
}

/** The title and the address alone, the title as much of it as fits. */
function clipTitle({ title, loneLink }: Lines, fits: (layout: Filled) => boolean): Filled {
  const layoutOf = (line: Prose): Filled => ({ header: [line], body: [], ending: [loneLink] });
  return layoutOf(clipLine(title, (line) => fits(layoutOf(line))));
}
