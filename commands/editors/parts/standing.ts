import type { BotVoice } from '../../../formatters/voice/bot/bot-voice.ts';
import type { ReviewedIssue, ReviewedItem } from '../../../src/desk/approval/review-issue.ts';
import type { Delivery } from '../../../src/desk/editor-desk.ts';
import { fitMarkdown } from '../../parts/line.ts';

const ACTOR_MOST = 90;
const TITLE_MOST = 90;
const URL_MOST = 300;

/** An instant in the zone and the language of whoever reads it. */
export function writeInstant(at: Date): string {
  return `<t:${Math.floor(at.getTime() / 1000)}:f>`;
}

/** Who did something, as Markdown; silence in the language of whoever reads it. */
export function writeActor(actor: string, words: BotVoice): string {
  return fitMarkdown(nameActor(actor, words), ACTOR_MOST);
}

/** The same as plain words. */
export function nameActor(actor: string, { editor }: BotVoice): string {
  const [, hours] = /^(\d{1,4}) hours? of silence$/.exec(actor) ?? [];
  return hours === undefined ? actor : editor.silence(Number(hours));
}

/** What an item is called in a list, as plain words. */
export function nameOf({ of }: Pick<ReviewedItem, 'of'>, { editor }: BotVoice): string {
  if (of.kind === 'paper') return of.paper.title;
  return of.scope === 'news' ? editor.news : editor.digest;
}

/** The same in bold. */
export function writeName(item: Pick<ReviewedItem, 'of'>, words: BotVoice): string {
  return `**${fitMarkdown(nameOf(item, words), TITLE_MOST)}**`;
}

/** Whether an item is approved, by whom and when. */
export function writeStanding(
  { item, wordsHash, standing }: ReviewedItem,
  { review }: Pick<ReviewedIssue, 'review'>,
  words: BotVoice,
): string {
  const { editor } = words;
  if (standing === 'waits') return editor.waits;
  const known = review.verdicts.get(item);
  if (known === undefined) return editor.ready;
  const who = writeActor(known.actor, words);
  const when = writeInstant(known.at);
  if (standing === 'held') return editor.heldBy(who, when);
  return known.wordsHash === wordsHash ? editor.approvedBy(who, when) : editor.ready;
}

/** How a delivery stands; of what is in place the way there. */
export function writeDelivery(
  { state, task, dueAt, receipt }: Delivery,
  { state: words }: BotVoice['editor'],
): string {
  if (task === 'retract') return state === 'retracted' ? words.retracted : words.underWay;
  switch (state) {
    case 'planned':
      return writeInstant(dueAt);
    case 'sending':
    case 'unknown':
      return words.underWay;
    case 'sent':
      return writeLink(words.sent, receipt?.posts[0]?.url);
    case 'held':
    case 'refused':
    case 'cancelled':
    case 'retracted':
      return words[state];
  }
}

function writeLink(label: string, url: string | undefined): string {
  const isPlain =
    url !== undefined && url.length <= URL_MOST && /^https?:\/\/[^\s<>()]+$/.test(url);
  return isPlain ? `[${label}](${url})` : label;
}
