import type { Block, Figure, News } from '../src/issue/schema.ts';
import type { DraftFor, FormatOptions, Formatter } from './draft.ts';
import { type DigestItem, nameItem, type PaperItem } from './item.ts';
import { makeDigestParts, makePaperParts } from './parts.ts';
import { isBrief } from './text/brief.ts';
import { escapeHtml, isWebUrl, renderHtml } from './text/html-prose.ts';
import { parseOwnText } from './text/own-text.ts';
import { groupLines } from './text/paragraphs.ts';
import { type Prose, parseProse } from './text/prose.ts';
import { readFigureWords } from './text/read-figures.ts';
import type { Piece } from './text/split-thread.ts';
import { stress } from './text/stress.ts';
import { summarize } from './text/summary.ts';
import { pickVoice } from './voice/index.ts';

const TOPICS_STYLE = { topics: 'words' } as const;
/** Mail clients know no classes: an image wider than the window is all that needs a style. */
const IMAGE_STYLE = 'max-width:100%;height:auto';

/**
 * Writes an item as one HTML fragment for a mail or a page: `<article>` for a paper, `<section>`
 * for a digest. Elements and attributes are ours alone: whatever the text says, it is shown.
 */
export const htmlFormatter: Formatter<'html'> = {
  platform: 'html',
  format(item, options): DraftFor<'html'> {
    const lines = item.kind === 'paper' ? writePaper(item, options) : writeDigest(item, options);
    const name = item.kind === 'paper' ? 'article' : 'section';
    const lang = options.languages[0];
    const attribute = lang === undefined ? '' : ` lang="${escapeHtml(lang)}"`;
    const text = [`<${name}${attribute}>`, ...lines, `</${name}>`].join('\n');
    return { item: nameItem(item), platform: 'html', posts: [{ text }] };
  },
};

function writePaper(item: PaperItem, options: FormatOptions): string[] {
  const { body, title } = item.paper;
  const parts = makePaperParts(item, options, TOPICS_STYLE);
  const { words } = pickVoice(options.languages[0]);
  const under = joinLines([stress(parts.byline, 'emphasis'), parts.labels]);
  const own = writeOwnText(options);
  const text =
    options.length === 'brief'
      ? writePieces(summarize(body, title, isBrief))
      : body.flatMap((block) => writeBlock(block, words.figure));
  return [
    ...element('h2', renderHtml(parts.title)),
    ...(own.length > 0 ? own : [...element('p', under), ...text]),
    ...element('p', renderHtml(parts.closing)),
  ];
}

function writeDigest(item: DigestItem, options: FormatOptions): string[] {
  const parts = makeDigestParts(item, options, TOPICS_STYLE);
  const { words } = pickVoice(options.languages[0]);
  const own = writeOwnText(options);
  const lines = [
    ...element('h3', renderHtml(parts.papersHeading)),
    ...writeList('ul', parts.entries.map(renderHtml)),
    ...element('h3', renderHtml(parts.newsHeading)),
    ...writeList(
      'ul',
      parts.news.map(
        (line, index) => renderHtml(line) + writeNewsFigures(item.news[index], words.figure),
      ),
    ),
  ];
  return [
    ...element('h2', renderHtml(parts.title)),
    ...(own.length > 0 ? own : lines),
    ...element('p', renderHtml(parts.closing)),
  ];
}

/** Each post of an editor's is a part of the page, with a rule between them. */
function writeOwnText({ ownText = '' }: FormatOptions): string[] {
  return parseOwnText(ownText).flatMap((pieces, index) => [
    ...(index === 0 ? [] : ['<hr>']),
    ...writePieces(pieces),
  ]);
}

function writePieces(pieces: readonly Piece[]): string[] {
  return groupLines(pieces).flatMap((lines) => element('p', joinLines(lines)));
}

function writeBlock(block: Block, figureName: string): string[] {
  switch (block.kind) {
    case 'paragraph':
      return element('p', renderHtml(parseProse(block.text)));
    case 'heading':
      return element('h3', renderHtml(parseProse(block.text)));
    case 'list':
      return writeList(
        block.ordered ? 'ol' : 'ul',
        block.items.map((item) => renderHtml(parseProse(item))),
      );
    case 'figure':
      return writeFigure(block, figureName);
  }
}

function writeNewsFigures(news: News | undefined, figureName: string): string {
  const figures = (news?.figures ?? []).flatMap((figure) => writeFigure(figure, figureName));
  return figures.map((figure) => `\n${figure}`).join('');
}

/**
 * A caption without its image would explain nothing. Where there is one, an image without words of
 * its own is silent to who has them read aloud: the caption is read.
 */
function writeFigure(figure: Figure, figureName: string): string[] {
  const { imageUrl, width, height } = figure;
  if (!isWebUrl(imageUrl)) return [];
  const { alt, caption } = readFigureWords(figure);
  const words = renderHtml(caption);
  const image = [
    `<img src="${escapeHtml(imageUrl)}"`,
    `alt="${escapeHtml(alt || (words === '' ? figureName : ''))}"`,
    ...(width === undefined || height === undefined ? [] : [`width="${width}" height="${height}"`]),
    `style="${IMAGE_STYLE}">`,
  ].join(' ');
  const label = words === '' ? '' : `\n<figcaption>${words}</figcaption>`;
  return [`<figure>\n${image}${label}\n</figure>`];
}

function joinLines(lines: readonly Prose[]): string {
  return lines
    .map(renderHtml)
    .filter((line) => line !== '')
    .join('<br>\n');
}

function writeList(name: 'ul' | 'ol', items: readonly string[]): string[] {
  if (items.length === 0) return [];
  return [`<${name}>`, ...items.map((item) => `<li>${item}</li>`), `</${name}>`];
}

function element(name: 'h2' | 'h3' | 'p', content: string): string[] {
  return content === '' ? [] : [`<${name}>${content}</${name}>`];
}
