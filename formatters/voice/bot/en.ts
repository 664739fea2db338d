import type { BotVoice } from './bot-voice.ts';
import { editorEn } from './editor-en.ts';
import { followEn } from './follow-en.ts';

const count = (number: number, one: string, many: string): string =>
  `${number} ${number === 1 ? one : many}`;

/** English. */
export const en: BotVoice = {
  language: 'en',
  locales: ['en-US', 'en-GB'],
  commands: {
    paper: { name: 'paper', description: 'Find a paper by title, topic, organization or author' },
    latest: { name: 'latest', description: 'The newest issue and its papers' },
    issue: { name: 'issue', description: 'An issue by its number' },
    news: { name: 'news', description: 'The industry news of an issue, in a line each' },
    search: { name: 'search', description: 'Search everything the newsletter ever wrote' },
    topics: { name: 'topics', description: 'All topics, and the papers on each' },
    catchup: { name: 'catchup', description: 'What came out since you last caught up' },
    follow: { name: 'follow', description: 'Get new issues in a channel or by direct message' },
    following: { name: 'following', description: 'What is followed here, and by you' },
    unfollow: { name: 'unfollow', description: 'Stop following something' },
    random: { name: 'random', description: 'A paper from the archive, by chance' },
    about: { name: 'about', description: 'What this bot is, and what it knows' },
    help: { name: 'help', description: 'What you can ask' },
    'find-this-paper': {
      name: 'Find this paper',
      description: 'Find the paper a message is about',
    },
  },
  options: {
    query: { name: 'query', description: 'Words of a title or text, a name, or a link to a paper' },
    number: { name: 'number', description: 'The number of the issue' },
    topic: { name: 'topic', description: 'Only papers on this topic' },
    organization: { name: 'organization', description: 'Only papers from this organization' },
    from: { name: 'from', description: 'The first issue to look in' },
    to: { name: 'to', description: 'The last issue to look in' },
    pick: { name: 'pick', description: 'Only editor’s picks' },
    where: { name: 'where', description: 'Where it comes to: this channel, a forum, or you alone' },
    forum: { name: 'forum', description: 'The forum: each paper gets a post of its own there' },
    what: { name: 'what', description: 'Papers, digests or news' },
    how: { name: 'how', description: 'Each paper by itself, or one digest an issue' },
    role: { name: 'role', description: 'A role to ping once an issue; without it nobody is' },
    follow: { name: 'follow', description: 'What to stop following' },
    private: { name: 'private', description: 'Show the answer to you alone' },
  },

  news: 'News',
  older: 'Older',
  newer: 'Newer',
  another: 'Another one',
  allTopics: 'All topics',
  openPaper: 'Open a paper …',
  openTopic: 'Open a topic …',
  issue: (number) => `Issue #${number}`,
  otherMatches: (found) => `${count(found, 'more match', 'more matches')} …`,
  otherPapers: (number) => `The papers of issue #${number} …`,
  pageOf: (page, pages) => `page ${page} of ${pages}`,

  kinds: { topic: 'topic', organization: 'organization', author: 'author' },
  countPapers: (papers) => count(papers, 'paper', 'papers'),
  countIssues: (issues) => count(issues, 'issue', 'issues'),
  countTopics: (topics) => count(topics, 'topic', 'topics'),

  topics: 'Topics',
  results: (found, query) =>
    query === ''
      ? count(found, 'result', 'results')
      : `${count(found, 'result', 'results')} for “${query}”`,
  papersOn: (topic) => `Papers on ${topic}`,
  missed: (from, to) => (from === to ? `New in issue #${to}` : `New in issues #${from} to #${to}`),
  picksOnly: 'editor’s picks',
  range(from, to) {
    if (from === undefined) return `up to #${to}`;
    return to === undefined ? `since #${from}` : from === to ? `#${from}` : `#${from} to #${to}`;
  },

  noIssue: 'There is no issue yet. Look in again after the next one.',
  noSuchIssue: (number, newest) => `There is no issue #${number}. The newest is #${newest}.`,
  noNews: (number) => `Issue #${number} has no news.`,
  nothingFound(query, filters) {
    const where = filters.length === 0 ? '' : ` (${filters.join(' · ')})`;
    return query === '' ? `Nothing found${where}.` : `Nothing found for “${query}”${where}.`;
  },
  foundElsewhere: (found) => `${count(found, 'result', 'results')} without that.`,
  near: (names) => `Near it: ${names}`,
  noTopic: (topic) => `No paper has the topic “${topic}”. See all of them with /topics.`,
  noOrganization: (name) => `No paper is from an organization called “${name}”.`,
  noTopics: 'No paper has a topic yet.',
  badRange: 'The first issue of a range must not come after the last one.',
  gone: (number) => `That is no longer in issue #${number}, which has been revised since.`,
  noPaperInMessage:
    'None of our papers is in that message: it has no link, number or title of one.',
  perhaps: 'This may be it:',
  upToDate: (number) => `You are up to date: nothing has come out since issue #${number}.`,
  firstCatchUp: 'Nice to meet you. This is the newest issue; next time you see what came after it.',
  stale: (command) =>
    `This is from an older message and does not work any more. Ask again with ${command}.`,
  unknownCommand: 'This command is not there any more. Type / to see what is.',
  cooldown: (seconds) =>
    `That was quick. Ask again in ${count(seconds, 'second', 'seconds')}, please.`,
  failed: (errorId) =>
    `Sorry, that went wrong on our side. If it stays so, tell the team: ${errorId}.`,
  stopping: 'I am being restarted. Ask again in a moment.',

  follow: followEn,
  editor: editorEn,

  aboutTitle: 'About this bot',
  about: ({ issues, papers, newest }) => [
    'It knows every paper that the newsletter has written about, and looks them up for you.',
    newest === undefined
      ? 'The archive is still empty.'
      : `In the archive: ${papers} in ${issues}, up to #${newest}.`,
    'It reads no messages but those you point it to, pings nobody who did not ask for it, and keeps nothing about you but the issue up to which you caught up, under a code in place of your name, and what you follow.',
  ],
  helpTitle: 'What you can ask',
  help: [
    'Quotation marks keep words together, spelling may be off, and abbreviations are understood: “MoE”, RL, distilation.',
    'Papers, issues and searches are shown in the channel; with private: True, to you alone. Catching up, following and this help are for you alone.',
    'In a message’s menu, under Apps, Find this paper looks up what the message is about.',
  ],
};
