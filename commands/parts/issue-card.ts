import { makeIssueDigest, makeNewsDigest } from '../../formatters/digest.ts';
import { listItems } from '../../formatters/item.ts';
import { escapeDiscord } from '../../formatters/text/discord-markdown.ts';
import { findNeighbours } from '../../src/desk/browse-issues.ts';
import type { Issue } from '../../src/issue/schema.ts';
import type { Ask } from '../command.ts';
import { makeButton, makeLink, makeMenu, makeRow } from './controls.ts';
import { makeItemEmbeds } from './embeds.ts';
import { listItemEntries } from './paper-card.ts';
import { makeBody, type ReplyBody, type Row } from './reply.ts';
import { speak } from './speak.ts';

/**
 * No card has room for more, and every line of a digest is weighed with all the others: an issue
 * that nobody would print must not keep other members waiting.
 */
const PAPERS_MOST = 30;
const NEWS_MOST = 20;
const TITLE_MOST = 200;
const NEWS_TEXT_MOST = 1_000;

/**
 * The digest of an issue, each news in a sentence, with a menu to open each paper and the way to the
 * whole news and to its neighbours.
 */
export async function makeIssueBody(ask: Ask, issue: Issue, content = ''): Promise<ReplyBody> {
  const speech = speak(ask);
  const { words, voice, format } = speech;
  const { number } = issue;
  const news = makeButton('news', `o${number}`, { label: words.news, emoji: '🗞️' });
  return makeBody(
    makeItemEmbeds(makeIssueDigest(clipIssue(issue)), { ...format, length: 'brief' }, issue),
    [
      makeMenu('paper', 'o', words.openPaper, listItemEntries(listItems(issue), speech)),
      makeRow([
        ...(issue.news.length > 0 ? [news] : []),
        ...(await makeSteps(ask, 'issue', number)),
      ]),
      makeRow(makeLink(voice.words.readIssue, issue.url)),
    ],
    content,
  );
}

/** The news of an issue, with the way to the issue and to the news before and after. */
export async function makeNewsBody(ask: Ask, issue: Issue): Promise<ReplyBody> {
  const { words, voice, format } = speak(ask);
  const { number } = issue;
  const digest = makeNewsDigest(clipIssue(issue));
  const back = makeButton('issue', `o${number}`, { label: words.issue(number), emoji: '📰' });
  return makeBody(
    digest === undefined ? [] : makeItemEmbeds(digest, format, issue),
    [
      makeRow([back, ...(await makeSteps(ask, 'news', number))]),
      makeRow(makeLink(voice.words.readIssue, issue.url)),
    ],
    digest === undefined ? escapeDiscord(words.noNews(number)) : '',
  );
}

async function makeSteps(
  ask: Ask,
  command: 'issue' | 'news',
  number: number,
): Promise<Row['components'] & readonly ReturnType<typeof makeButton>[]> {
  const { words } = speak(ask);
  const { hasOlder, hasNewer } = await findNeighbours(ask.desk, number);
  return [
    makeButton(command, `<${number}`, { label: words.older, emoji: '◀️', isDisabled: !hasOlder }),
    makeButton(command, `>${number}`, { label: words.newer, emoji: '▶️', isDisabled: !hasNewer }),
  ];
}

/** As much of an issue as a card can show. */
function clipIssue(issue: Issue): Issue {
  return {
    ...issue,
    title: clip(issue.title, TITLE_MOST),
    papers: issue.papers.slice(0, PAPERS_MOST).map((paper) => ({
      ...paper,
      title: clip(paper.title, TITLE_MOST),
      byline: {
        ...paper.byline,
        text: clip(paper.byline.text, TITLE_MOST),
        authors: paper.byline.authors.map((name) => clip(name, TITLE_MOST)),
      },
    })),
    news: issue.news
      .slice(0, NEWS_MOST)
      .map((line) => ({ ...line, text: clip(line.text, NEWS_TEXT_MOST) })),
  };
}

function clip(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
