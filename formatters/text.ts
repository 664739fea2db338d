import type { Block, Figure } from '../src/issue/schema.ts';
import type { DraftFor, FormatOptions, Formatter } from './draft.ts';
import { type DigestItem, nameItem, type PaperItem } from './item.ts';
import { makeDigestParts, makePaperParts } from './parts.ts';
import { isBrief } from './text/brief.ts';
import { joinAtoms, makeNotes, type Notes } from './text/footnotes.ts';
import { parseOwnText } from './text/own-text.ts';
import { groupLines } from './text/paragraphs.ts';
import { type Prose, parseProse } from './text/prose.ts';
import { readFigureWords } from './text/read-figures.ts';
import type { Piece } from './text/split-thread.ts';
import { summarize } from './text/summary.ts';
import { underline, wrapText } from './text/wrap.ts';
import { pickVoice } from './voice/index.ts';

const TOPICS_STYLE = { topics: 'words' } as const;

/**
 * Writes an item as one plain-text mail or page, wrapped at 72 columns. Links in the text are
 * numbered, and their addresses stand at its end: in a line they would tear it.
 */
export const textFormatter: Formatter<'text'> = {
  platform: 'text',
  format(item, options): DraftFor<'text'> {
    const notes = makeNotes();
    const paragraphs =
      item.kind === 'paper' ? writePaper(item, options, notes) : writeDigest(item, options, notes);
    const all = [...paragraphs, notes.list()].filter((paragraph) => paragraph !== '');
    return { item: nameItem(item), platform: 'text', posts: [{ text: all.join('\n\n') }] };
  },
};

function writePaper(item: PaperItem, options: FormatOptions, notes: Notes): string[] {
  const { paper } = item;
  const parts = makePaperParts(item, options, TOPICS_STYLE);
  const { words } = pickVoice(options.languages[0]);
  const own = writeOwnText(options, notes);
  const text =
    options.length === 'brief'
      ? writePieces(summarize(paper.body, paper.title, isBrief), notes)
      : paper.body.map((block) => writeBlock(block, words.figure, notes));
  const header = [parts.byline, parts.labels].map((line) => wrapText(notes.mark(line)));
  const link = paper.url === undefined ? '' : `${words.readPaper}:\n${paper.url}`;
  return [
    underline(joinAtoms(parts.title), '='),
    ...(own.length > 0 ? own : [joinLines(header), ...text]),
    link,
    writeLine(parts.closing),
  ];
}

function writeDigest(item: DigestItem, options: FormatOptions, notes: Notes): string[] {
  const parts = makeDigestParts(item, options, TOPICS_STYLE);
  const { words } = pickVoice(options.languages[0]);
  const own = writeOwnText(options, notes);
  const news = parts.news.flatMap((line, index) => [
    wrapText(notes.mark(line), '- ', '  '),
    ...(item.news[index]?.figures ?? []).map((figure) => writeFigure(figure, words.figure)),
  ]);
  return [
    underline(joinAtoms(parts.title), '='),
    ...(own.length > 0
      ? own
      : [
          underline(parts.papersHeading.text, '-'),
          ...parts.entries.map((entry) => writeLine(entry, '- ', '  ')),
          underline(parts.newsHeading.text, '-'),
          ...news,
        ]),
    writeLine(parts.closing),
  ];
}

/** Each post of an editor's is a part of the page, with a rule between them. */
function writeOwnText({ ownText = '' }: FormatOptions, notes: Notes): string[] {
  return parseOwnText(ownText).flatMap((pieces, index) => [
    ...(index === 0 ? [] : ['* * *']),
    ...writePieces(pieces, notes),
  ]);
}

function writePieces(pieces: readonly Piece[], notes: Notes): string[] {
  return groupLines(pieces).map((lines) =>
    joinLines(
      lines.map((line) => wrapText(notes.mark(line), '', line.text.startsWith('• ') ? '  ' : '')),
    ),
  );
}

function writeBlock(block: Block, figureName: string, notes: Notes): string {
  switch (block.kind) {
    case 'paragraph':
      return wrapText(notes.mark(parseProse(block.text)));
    case 'heading':
      return underline(notes.mark(parseProse(block.text)), '-');
    case 'list':
      return block.items
        .map((item, index) => {
          const marker = block.ordered ? `${index + 1}. ` : '- ';
          return wrapText(notes.mark(parseProse(item)), marker, ' '.repeat(marker.length));
        })
        .join('\n');
    case 'figure':
      return writeFigure(block, figureName);
  }
}

/**
 * What the image shows, its address, its caption. A caption without its image would explain nothing;
 * where nothing else says what the image shows, it stands in that place.
 */
function writeFigure(figure: Figure, figureName: string): string {
  if (figure.imageUrl === undefined) return '';
  const { alt, caption } = readFigureWords(figure);
  const below = caption.text.trim();
  const words = alt || below || figureName;
  return joinLines([
    wrapText(`[${words}]`),
    figure.imageUrl,
    words === below ? '' : wrapText(below),
  ]);
}

/** A line of our own, with the addresses that it links to in lines below it. */
function writeLine(line: Prose, first = '', hanging = ''): string {
  const { text, spans } = line;
  const urls = spans.flatMap((span) =>
    span.kind === 'link' && text.slice(span.start, span.end) !== span.url ? [span.url] : [],
  );
  const below = [...new Set(urls)].map((url) => hanging + url);
  return joinLines([wrapText(joinAtoms(line), first, hanging), ...below]);
}

function joinLines(lines: readonly string[]): string {
  return lines.filter((line) => line !== '').join('\n');
}
