import type { BotVoice } from '../formatters/voice/bot/bot-voice.ts';
import { findPage } from '../src/desk/list-topics.ts';
import { type SearchAnswer, search } from '../src/desk/search.ts';
import type { Ask, Choice, Command, Press, Pressed, Reply } from './command.ts';
import { makeMenu, makePager } from './parts/controls.ts';
import { defineCommand, defineIssue, defineSwitch, defineText } from './parts/define.ts';
import { makeTextEmbed } from './parts/embeds.ts';
import { listEntry, writeHit } from './parts/hits.ts';
import { fitLine, fitTitle } from './parts/line.ts';
import { isPrivate, makeBody, type ReplyBody, say } from './parts/reply.ts';
import {
  QUERY_MOST,
  readSearch,
  readWanted,
  type Wanted,
  writeSearch,
} from './parts/search-state.ts';
import { speak } from './parts/speak.ts';
import { suggestNameChoices } from './parts/suggest.ts';

const PAGE_SIZE = 5;
const SHOWN_MOST = 60;

type NotFound = Pick<SearchAnswer, 'elsewhere' | 'near'>;

/** `/search query`: all that is found, in pages, with a menu to open each. */
export default {
  definition: defineCommand('search', [
    defineText('query', { required: true, min_length: 1, max_length: QUERY_MOST }),
    defineText('topic', { autocomplete: true, max_length: 100 }),
    defineText('organization', { autocomplete: true, max_length: 100 }),
    defineIssue('from'),
    defineIssue('to'),
    defineSwitch('pick'),
    defineSwitch('private'),
  ]),
  answer,
  suggest,
  press,
} satisfies Command;

async function answer(ask: Ask): Promise<Reply> {
  const { words } = speak(ask);
  const { options } = ask;
  const wanted = readWanted(ask);
  if ('unknown' in wanted) {
    const name = fitLine(String(options[wanted.unknown]), SHOWN_MOST);
    return say(wanted.unknown === 'topic' ? words.noTopic(name) : words.noOrganization(name));
  }
  const { from, to } = wanted;
  if (from !== undefined && to !== undefined && from > to) return say(words.badRange);
  const found = findBody(ask, wanted, 1);
  if ('body' in found) return { body: found.body, isPrivate: isPrivate(ask) };
  if ((await ask.desk.archive.listRevisions()).length === 0) return say(words.noIssue);
  return sayNothingFound(ask, wanted, found);
}

async function suggest(
  ask: Ask,
  { name, value }: { readonly name: string; readonly value: string },
): Promise<Choice[]> {
  return suggestNameChoices(ask, name === 'organization' ? 'organization' : 'topic', value);
}

/** Turns the page; another member gets a list of their own. */
async function press(ask: Ask, { state, isOwn }: Press): Promise<Pressed | undefined> {
  const asked = /^[<=>]/.test(state) ? readSearch(ask, state.slice(1)) : undefined;
  if (asked === undefined) return undefined;
  const found = findBody(ask, asked.wanted, asked.page);
  if ('body' in found) return { body: found.body, isPrivate: true, isNew: !isOwn };
  return { ...sayNothingFound(ask, asked.wanted, found), isNew: true };
}

/** What there is instead: as much as without the filters, or what may have been meant. */
function sayNothingFound(ask: Ask, wanted: Wanted, { elsewhere, near }: NotFound): Reply {
  const { words } = speak(ask);
  const names = near.map((name) => fitTitle(name, SHOWN_MOST)).join(' · ');
  return say(
    words.nothingFound(wanted.query, listFilters(wanted, words)),
    ...(elsewhere === 0 ? [] : [words.foundElsewhere(elsewhere)]),
    ...(names === '' ? [] : [words.near(names)]),
  );
}

/** What a search is narrowed to, in words. */
function listFilters({ topic, organization, from, to, pick }: Wanted, words: BotVoice): string[] {
  return [
    ...(topic === undefined ? [] : [fitLine(topic.label, SHOWN_MOST)]),
    ...(organization === undefined ? [] : [fitLine(organization.label, SHOWN_MOST)]),
    ...(from === undefined && to === undefined ? [] : [words.range(from, to)]),
    ...(pick ? [words.picksOnly] : []),
  ];
}

function findBody(
  ask: Ask,
  wanted: Wanted,
  asked: number,
): { readonly body: ReplyBody } | NotFound {
  const speech = speak(ask);
  const { words } = speech;
  const { query, topic, organization, from, to, pick } = wanted;
  const narrowed = {
    limit: PAGE_SIZE,
    ...(topic === undefined ? {} : { topic: topic.key }),
    ...(organization === undefined ? {} : { organization: organization.key }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(pick ? { pick } : {}),
  };
  const find = (offset: number): ReturnType<typeof search> =>
    search(ask.desk, query, { ...narrowed, offset });
  const first = find(Math.max(0, asked - 1) * PAGE_SIZE);
  if (first.total === 0) return first;
  const place = findPage(asked, first.total, PAGE_SIZE);
  const { hits } = place.page === asked ? first : find(place.before);
  const filters = [
    ...listFilters(wanted, words),
    ...(place.pages > 1 ? [words.pageOf(place.page, place.pages)] : []),
  ];
  const lines = hits.map((hit, n) => writeHit(hit, place.before + n + 1, speech, true));
  const footer = filters.length > 0 ? filters.join(' · ') : 'Paperboy';
  return {
    body: makeBody(
      [makeTextEmbed(words.results(first.total, query), lines, footer)],
      [
        makeMenu(
          'paper',
          'o',
          words.openPaper,
          hits.map((hit) => listEntry(hit, speech)),
        ),
        makePager('search', words, place, (page) => writeSearch(wanted, page)),
      ],
    ),
  };
}
