import type { BlueskyPost } from './bluesky.ts';
import type { DiscordMessage } from './discord.ts';
import type { FormatOptions, Platform } from './draft.ts';
import { formatItem, readDraft } from './index.ts';
import type { Item } from './item.ts';
import { makeDigestParts, makePaperParts } from './parts.ts';
import { makeBodyPieces, makePiece } from './text/body-pieces.ts';
import { isBrief } from './text/brief.ts';
import { editProse } from './text/edit-prose.ts';
import { groupLines } from './text/paragraphs.ts';
import { type Prose, plainProse } from './text/prose.ts';
import type { Piece } from './text/split-thread.ts';
import { stress } from './text/stress.ts';
import { summarize } from './text/summary.ts';
import { writeCommonMark } from './text/write-common-mark.ts';

const UNREAD_OR_ENTITY = /\\.|`[^`]*`|<https?:[^>]*>|&(?=#?\w+;)/gu;

/**
 * Exactly that part of an item's posts which own words take the place of, as such own words: what a
 * form begins with. Sent back as it is, it is posted as before. What frames the words, a card's
 * title, its buttons and its last line, or the title and the closing of a page, is not in it.
 */
export function writeEditable(item: Item, platform: Platform, options: FormatOptions): string {
  if (platform === 'text' || platform === 'html') return writePage(item, platform, options);
  const draft = formatItem(item, platform, options);
  const posts =
    draft.platform === 'bluesky'
      ? draft.posts.map(writeBluesky)
      : draft.platform === 'discord'
        ? draft.posts.flatMap(listDiscord)
        : readDraft(draft).map((text) => writeLines(plainProse(text)));
  return posts.join('\n\n---\n\n');
}

/** Links that lie on words, and are no part of the text, go along. */
function writeBluesky({ text, facets = [] }: BlueskyPost): string {
  const bytes = Buffer.from(text);
  const spans = facets.flatMap(({ index, features: [feature] }) => {
    if (feature === undefined || !('uri' in feature)) return [];
    const start = bytes.subarray(0, index.byteStart).toString().length;
    const words = bytes.subarray(index.byteStart, index.byteEnd).toString();
    return [{ kind: 'link', url: feature.uri, start, end: start + words.length } as const];
  });
  return writeLines({ text, spans });
}

/** The text of a message, which is Markdown: no line that is text begins with "## ". */
function listDiscord(message: DiscordMessage): string[] {
  const texts =
    message.components === undefined
      ? message.embeds.map(({ description }) => description)
      : message.components.map(({ components }) =>
          components
            .flatMap((one) => (one.type === 10 ? [one.content] : []))
            .slice(0, -1)
            .filter((content) => !content.startsWith('## '))
            .join('\n\n'),
        );
  return texts.filter((text) => text !== '').map(escapeMore);
}

/** Discord knows neither entities nor a line that ends a post; in code and addresses none is read. */
function escapeMore(markdown: string): string {
  return markdown
    .replace(UNREAD_OR_ENTITY, (found) => (found === '&' ? '\\&' : found))
    .replace(/^(?=-{3,}$)/gm, '\\');
}

function writeLines(prose: Prose): string {
  let from = 0;
  const lines = prose.text.split('\n').map((line) => {
    const cut = [
      { start: 0, end: from, text: '' },
      { start: from + line.length, end: prose.text.length, text: '' },
    ];
    from += line.length + 1;
    return writeCommonMark(editProse(prose, cut));
  });
  return lines.join('\n');
}

/** A page is wrapped or marked up: its words are written anew. */
function writePage(item: Item, platform: 'text' | 'html', options: FormatOptions): string {
  const pieces = listPagePieces(item, platform, options);
  const filled = pieces.filter(({ prose }) => prose.text.trim() !== '');
  return groupLines(filled)
    .map((lines) => lines.map(writeCommonMark).join('\n'))
    .join('\n\n');
}

function listPagePieces(item: Item, platform: 'text' | 'html', options: FormatOptions): Piece[] {
  const style = { topics: 'words' } as const;
  if (item.kind === 'paper') {
    const { body, title } = item.paper;
    const { byline, labels } = makePaperParts(item, options, style);
    return [
      makePiece(platform === 'html' ? stress(byline, 'emphasis') : byline, '\n\n', true),
      makePiece(labels, byline.text === '' ? '\n\n' : '\n', true),
      ...(options.length === 'brief' ? summarize(body, title, isBrief) : makeBodyPieces(body)),
    ];
  }
  const { papersHeading, entries, newsHeading, news } = makeDigestParts(item, options, style);
  const list = (lines: readonly Prose[]): Piece[] =>
    lines.map((line, index) => makePiece(bullet(line), index === 0 ? '\n\n' : '\n', false));
  return [
    makePiece(stress(papersHeading, 'strong'), '\n\n', true),
    ...list(entries),
    makePiece(stress(newsHeading, 'strong'), '\n\n', true),
    ...list(news),
  ];
}

function bullet(prose: Prose): Prose {
  return editProse(prose, [{ start: 0, end: 0, text: '• ' }]);
}
