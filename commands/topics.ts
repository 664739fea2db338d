import {
  findHashed,
  hashName,
  listTopicPapers,
  listTopics,
  type Name,
} from '../src/desk/list-topics.ts';
import type { Ask, Command, Press, Pressed, Reply } from './command.ts';
import { makeButton, makeMenu, makePager, makeRow } from './parts/controls.ts';
import { defineCommand, defineSwitch } from './parts/define.ts';
import { makeTextEmbed } from './parts/embeds.ts';
import { listEntry, writeHit } from './parts/hits.ts';
import { fitLine, fitMarkdown } from './parts/line.ts';
import { isPrivate, makeBody, type ReplyBody, say } from './parts/reply.ts';
import { speak } from './parts/speak.ts';

const TOPICS_SIZE = 20;
const PAPERS_SIZE = 8;
const LABEL_MOST = 90;

/** `/topics`: all topics, those of most papers first, and the papers on each. */
export default {
  definition: defineCommand('topics', [defineSwitch('private')]),
  async answer(ask: Ask): Promise<Reply> {
    const body = makeTopicsBody(ask, 1);
    return body === undefined
      ? say(speak(ask).words.noTopics)
      : { body, isPrivate: isPrivate(ask) };
  },
  press,
} satisfies Command;

/**
 * "p2" is a page of the topics, "h⟨topic⟩.2" of the papers on one; a menu says the topic itself.
 * Another member gets a list of their own.
 */
async function press(ask: Ask, { state, values, isOwn }: Press): Promise<Pressed | undefined> {
  const { words } = speak(ask);
  const [chosen] = values;
  if (state === 'c' && chosen !== undefined) return openTopic(ask, chosen, 1, !isOwn);
  if (state === 'a') return turn(1);
  const [, page, hash, paperPage] =
    /^[<=>](?:p(\d{1,4})|h([\w-]{5})\.(\d{1,4}))$/.exec(state) ?? [];
  if (page !== undefined) return turn(Number(page));
  return hash === undefined ? undefined : openTopic(ask, hash, Number(paperPage), !isOwn);

  function turn(to: number): Pressed {
    const body = makeTopicsBody(ask, to);
    return body === undefined
      ? { ...say(words.noTopics), isNew: true }
      : { body, isPrivate: true, isNew: !isOwn };
  }
}

function openTopic(ask: Ask, hash: string, page: number, isNew: boolean): Pressed | undefined {
  const topic = findHashed(ask.desk, 'topic', hash);
  if (topic === undefined) return undefined;
  return { body: makePapersBody(ask, topic, page), isPrivate: true, isNew };
}

function makeTopicsBody(ask: Ask, asked: number): ReplyBody | undefined {
  const { words } = speak(ask);
  const page = listTopics(ask.desk, asked, TOPICS_SIZE);
  if (page.total === 0) return undefined;
  const lines = page.entries.map(
    ({ label, count }) => `**${fitMarkdown(label, LABEL_MOST)}** · ${words.countPapers(count)}`,
  );
  const footer = [
    words.countTopics(page.total),
    ...(page.pages > 1 ? [words.pageOf(page.page, page.pages)] : []),
  ];
  return makeBody(
    [makeTextEmbed(words.topics, lines, footer.join(' · '), '\n')],
    [
      makeMenu(
        'topics',
        'c',
        words.openTopic,
        page.entries.map(({ key, label, count }) => ({
          label: fitLine(label, LABEL_MOST),
          value: hashName(key),
          description: words.countPapers(count),
        })),
      ),
      makePager('topics', words, page, (number) => `p${number}`),
    ],
  );
}

function makePapersBody(ask: Ask, { key, label }: Name, asked: number): ReplyBody {
  const speech = speak(ask);
  const { words } = speech;
  const page = listTopicPapers(ask.desk, key, asked, PAPERS_SIZE);
  const lines = page.entries.map((hit, n) => writeHit(hit, page.before + n + 1, speech, false));
  const footer = [
    words.countPapers(page.total),
    ...(page.pages > 1 ? [words.pageOf(page.page, page.pages)] : []),
  ];
  const hash = hashName(key);
  return makeBody(
    [makeTextEmbed(words.papersOn(fitLine(label, LABEL_MOST)), lines, footer.join(' · '))],
    [
      makeMenu(
        'paper',
        'o',
        words.openPaper,
        page.entries.map((hit) => listEntry(hit, speech)),
      ),
      makePager('topics', words, page, (number) => `h${hash}.${number}`),
      makeRow([makeButton('topics', 'a', { label: words.allTopics, emoji: '🏷️' })]),
    ],
  );
}
