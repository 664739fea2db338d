import type { Figure, Paper } from '../src/issue/schema.ts';
import { type CutPart, cutToFit, isWithin } from './discord-cut.ts';
import { chooseDigestPieces } from './discord-digest.ts';
import type { FormatOptions } from './draft.ts';
import type { DigestItem, Item, PaperItem } from './item.ts';
import { makeDigestParts, makePaperParts } from './parts.ts';
import { makeBodyPieces, makePiece } from './text/body-pieces.ts';
import { isBrief } from './text/brief.ts';
import { truncate, utf16Units } from './text/measure.ts';
import { parseOwnText } from './text/own-text.ts';
import { plainProse } from './text/prose.ts';
import { listFigures } from './text/read-figures.ts';
import type { Piece } from './text/split-thread.ts';
import { stress } from './text/stress.ts';
import { summarize } from './text/summary.ts';
import { pickVoice } from './voice/index.ts';

const TOPIC = { measure: utf16Units, most: 200 };
const TOPICS_STYLE = { topics: 'words' } as const;
/** The longest address that an embed or a gallery takes. */
export const URL_MOST = 2048;
export const COLOR = 0x2f6f9f;
const PICK_COLOR = 0xe0a526;

/** One message’s share of a card. */
export type CardPart = CutPart & {
  /** Plain text, another one for each part of each item: a message is known again by it. */
  readonly footer: string;
};

/** An item as Discord shows it, whatever the layout. */
export type DiscordCard = {
  readonly title: string;
  readonly url: string | undefined;
  readonly color: number;
  /** Those that have an image that Discord takes. */
  readonly figures: readonly Figure[];
  /** How many images Discord does not take. */
  readonly refused: number;
  readonly buttons: readonly { readonly label: string; readonly url: string }[];
  /** The text in at least one part, each of at most so many characters of Markdown. */
  cut(most: number): { readonly parts: readonly CardPart[]; readonly told: readonly string[] };
};

/** Lays out an item. */
export function makeCard(item: Item, options: FormatOptions): DiscordCard {
  const own = parseOwnText(options.ownText ?? '');
  const card = item.kind === 'paper' ? makePaperCard(item, options) : makeDigestCard(item, options);
  const { choose, ...frame } = card;
  return {
    ...frame,
    cut: (most) => {
      const groups = own.length > 0 ? own : [choose(most)];
      const texts = groups.map((pieces) => cutToFit(pieces, options, most));
      const found = texts.flatMap(({ parts }) => parts);
      const filled = found.length > 0 ? found : [{ text: '', figures: [] }];
      const parts = filled.map((part, index) => ({
        ...part,
        footer: writeFooter(item, options, index + 1, filled.length),
      }));
      return { parts, told: texts.flatMap(({ told }) => told) };
    },
  };
}

/** An address that Discord takes. */
export function isLinkable(url: string | undefined): url is string {
  return url !== undefined && url.length <= URL_MOST;
}

/** A card whose words are chosen by the room that a message has. */
type Draught = Omit<DiscordCard, 'cut'> & { choose(most: number): Piece[] };

function makePaperCard(item: PaperItem, options: FormatOptions): Draught {
  const { issue, paper } = item;
  const { title, byline, labels } = makePaperParts(item, options, TOPICS_STYLE);
  const { words } = pickVoice(options.languages[0]);
  const header = [
    makePiece(stress(byline, 'emphasis'), '\n\n', true),
    makePiece(labels, '\n', true),
  ].filter(({ prose }) => prose.text !== '');
  const images = listFigures(paper.body);
  const figures = images.filter(({ imageUrl }) => isLinkable(imageUrl));
  const isShort = options.length === 'brief';
  return {
    title: title.text,
    url: paper.url ?? issue.url,
    color: paper.pick ? PICK_COLOR : COLOR,
    // One shows what a brief card is about; more are not meant to be in it.
    figures: isShort ? figures.slice(0, 1) : figures,
    refused: isShort ? 0 : images.length - figures.length,
    buttons: [...makeButton(words.readPaper, paper.url), ...makeButton(words.readIssue, issue.url)],
    choose: (most) => choosePaperPieces(paper, header, options, most),
  };
}

function makeButton(label: string, url: string | undefined): DiscordCard['buttons'] {
  return url === undefined ? [] : [{ label, url }];
}

/** As many words as the asked-for length has room for. */
function choosePaperPieces(
  { body, title }: Paper,
  header: readonly Piece[],
  options: FormatOptions,
  most: number,
): Piece[] {
  const { length = 'thread' } = options;
  if (length === 'thread') return [...header, ...makeBodyPieces(body)];
  const posts = length === 'brief' ? 1 : length.maxPosts;
  const takes = (pieces: readonly Piece[]): boolean => isWithin(pieces, options, most, posts);
  // A byline of pages is no header for a card of so few.
  const top = takes(header) ? header : [];
  const fits = (pieces: readonly Piece[]): boolean =>
    (length !== 'brief' || isBrief(pieces)) && takes([...top, ...pieces]);
  return [...top, ...summarize(body, title, fits)];
}

function makeDigestCard(item: DigestItem, options: FormatOptions): Draught {
  const { issue, scope } = item;
  const parts = makeDigestParts(item, options, TOPICS_STYLE);
  const { words } = pickVoice(options.languages[0]);
  const url = scope === 'issue' || scope === 'news' ? issue.url : undefined;
  // Of several issues no one is the page of the digest: its last line leads to the newest.
  const closing = url === undefined && issue.url !== undefined ? parts.closing : plainProse('');
  return {
    title: parts.title.text,
    url,
    color: COLOR,
    figures: [],
    refused: 0,
    buttons: makeButton(words.readIssue, url),
    choose: (most) => chooseDigestPieces({ ...parts, closing }, options, most),
  };
}

/** Names the item and the part; no words of a template, which could make two items alike. */
function writeFooter(item: Item, options: FormatOptions, index: number, count: number): string {
  const { words, formatMonth, formatPeriod } = pickVoice(options.languages[0]);
  const number = `${words.issue} #${item.issue.number}`;
  const name = (): string[] => {
    if (item.kind === 'paper') {
      const { issue, position, count } = item;
      return [number, formatPeriod(issue.period), words.paperOf(position, count)];
    }
    const period = formatPeriod(item.period);
    switch (item.scope) {
      case 'issue':
        return [number, period];
      case 'news':
        return [number, period, words.news];
      case 'topic':
        return [words.papers, truncate((item.topic ?? '').toWellFormed(), TOPIC), nameIssues(item)];
      case 'month':
        return [words.papers, formatMonth(item.period.end.slice(0, 7))];
    }
  };
  return [...name(), ...(count > 1 ? [words.partOf(index, count)] : [])].join(' · ');
}

/** The oldest and the newest issue of a digest, which its title does not name: "#88 – #102". */
function nameIssues({ entries, issue }: DigestItem): string {
  const numbers = [issue, ...entries.map((entry) => entry.issue)].map(({ number }) => number);
  const ends = new Set([Math.min(...numbers), Math.max(...numbers)]);
  return [...ends].map((number) => `#${number}`).join(' – ');
}
