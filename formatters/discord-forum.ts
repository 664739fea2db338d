import { makeCard } from './discord-card.ts';
import type { FormatOptions, ForumHints } from './draft.ts';
import { type Item, nameItem } from './item.ts';
import { truncate, utf16Units } from './text/measure.ts';
import { pickVoice } from './voice/index.ts';

/**
 * Discord counts code points, discord.js units: the fewer.
 * https://discord.com/developers/docs/resources/channel#start-thread-in-forum-or-media-channel
 */
const NAME = { measure: utf16Units, most: 100 };

/** What a thread for the item, or for its issue, is named in a forum, and which tags fit it. */
export function makeForumHints(item: Item, options: FormatOptions): ForumHints {
  const { words, formatPeriod } = pickVoice(options.languages[0]);
  const { number, period } = item.issue;
  return {
    paperName: writeName(makeCard(item, options).title) || writeName(nameItem(item).title) || '…',
    issueName: writeName(`${words.issue} #${number} · ${formatPeriod(period)}`),
    topics:
      item.kind === 'paper' ? item.paper.topics : item.topic === undefined ? [] : [item.topic],
  };
}

/** A name is one line of plain text: no Markdown is read in it. */
function writeName(text: string): string {
  const line = text.toWellFormed().replace(/\s+/gu, ' ').trim();
  return truncate(line, NAME);
}
