import type { BotVoice } from '../../formatters/voice/bot/bot-voice.ts';
import type { Follow, FollowingDesk } from '../../src/desk/follow.ts';
import { listFollows } from '../../src/desk/list-follows.ts';
import { findPage } from '../../src/desk/list-topics.ts';
import { readChannelTrouble } from '../../src/desk/read-channel-trouble.ts';
import type { Ask } from '../command.ts';
import { makeMenu, makePager } from './controls.ts';
import { makeTextEmbed } from './embeds.ts';
import { fitLine, fitMarkdown } from './line.ts';
import { makeBody, type ReplyBody } from './reply.ts';
import { speak } from './speak.ts';

/** So many lines surely fit an embed, also where all of them are paused. */
const PAGE_SIZE = 10;
const TOPIC_MOST = 60;

/** The desk where it can follow; else nothing of follows can be answered. */
export function readFollowingDesk({ desk }: Ask): FollowingDesk | undefined {
  const { following } = desk;
  return following === undefined ? undefined : { ...desk, following };
}

/** What the asker may see and end, with a menu to end each; undefined where there is nothing. */
export async function makeFollowsBody(
  ask: Ask,
  desk: FollowingDesk,
  asked: number,
  content = '',
): Promise<ReplyBody | undefined> {
  const { words } = speak(ask);
  const all = await listFollows(desk, ask.asker);
  if (all.length === 0) return undefined;
  const place = findPage(asked, all.length, PAGE_SIZE);
  const shown = all.slice(place.before, place.before + PAGE_SIZE);
  const number = (index: number): number => place.before + index + 1;
  const lines = shown.map((follow, n) => `${number(n)}\\. ${writeFollow(follow, words)}`);
  const footer = place.pages > 1 ? words.pageOf(place.page, place.pages) : 'Paperboy';
  return makeBody(
    [makeTextEmbed(words.follow.title, lines, footer, '\n')],
    [
      makeMenu(
        'unfollow',
        `u${place.page}`,
        words.follow.stopOne,
        shown.map((follow, n) => ({
          label: `${number(n)}. ${nameFollow(follow, words)}`,
          value: follow.id,
          description: `${tellWhat(follow, words)} · ${tellPlace(follow, words, ask)}`,
        })),
      ),
      makePager('following', words, place, (page) => String(page)),
    ],
    content,
  );
}

/** A follow on one line of Markdown; a second one says that it is paused. */
export function writeFollow(follow: Follow, words: BotVoice): string {
  const { topic, place, channelId, roleId, paused } = follow;
  const name = topic === undefined ? words.follow.everything : topic.label;
  const parts = [
    `**${fitMarkdown(name, TOPIC_MOST)}**`,
    tellWhat(follow, words),
    place === 'dm' ? words.follow.directMessage : `<#${channelId}>`,
    ...(roleId === undefined ? [] : [`<@&${roleId}>`]),
  ];
  if (paused === undefined) return parts.join(' · ');
  const why = words.follow.paused(words.follow.trouble[readChannelTrouble(paused.reason)]);
  return `${parts.join(' · ')}\n⏸️ ${why} ${words.follow.howToResume}`;
}

/** The topic or “everything”, as plain text. */
export function nameFollow({ topic }: Follow, words: BotVoice): string {
  return topic === undefined ? words.follow.everything : fitLine(topic.label, TOPIC_MOST);
}

/** What of an issue comes. */
export function tellWhat({ what, how }: Follow, { follow: words }: BotVoice): string {
  if (what === 'news') return words.news;
  return what === 'digests' || how === 'weekly' ? words.weekly : words.each;
}

/** Where it comes to, in words alone: menus show no channel’s name. */
export function tellPlace({ place, channelId }: Follow, words: BotVoice, { asker }: Ask): string {
  if (place === 'dm') return words.follow.directMessage;
  return channelId === asker.channelId ? words.follow.here : words.follow.elsewhere(channelId);
}
