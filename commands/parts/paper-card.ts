import { listItems, type PaperItem } from '../../formatters/item.ts';
import type { Hit } from '../../src/desk/bot-desk.ts';
import { matchPapers } from '../../src/desk/find-paper.ts';
import type { Ask } from '../command.ts';
import { makeButton, makeLink, makeMenu, makeRow } from './controls.ts';
import { STATE_MOST } from './custom-id.ts';
import { makeItemEmbeds } from './embeds.ts';
import { describeEntry, listEntry } from './hits.ts';
import { fitTitle } from './line.ts';
import { makeBody, type ReplyBody, type Row } from './reply.ts';
import { type Speech, speak } from './speak.ts';

const LABEL_MOST = 100;
/** More is seen by /search, in pages; each that is found costs time. */
const MATCHES_MOST = 16;

/** The card of a paper, with its links, the way to its issue, and rows of the caller’s. */
export function makePaperBody(
  ask: Ask,
  item: PaperItem,
  rows: readonly Row[],
  content = '',
): ReplyBody {
  const { words, voice, format } = speak(ask);
  const { issue, paper } = item;
  const buttons = [
    ...makeLink(voice.words.readPaper, paper.url),
    ...makeLink(voice.words.readIssue, issue.url),
    makeButton('issue', `o${issue.number}`, { label: words.issue(issue.number), emoji: '📰' }),
  ];
  return makeBody(makeItemEmbeds(item, format), [makeRow(buttons), ...rows], content);
}

/** A menu of what else a query finds. */
export function makeMatchMenu(
  ask: Ask,
  query: string,
  { hits, total }: { readonly hits: readonly Hit[]; readonly total: number },
  shown: PaperItem,
): Row {
  const speech = speak(ask);
  const others = hits.filter(
    (hit) => hit.issue !== shown.issue.number || hit.slug !== shown.paper.slug,
  );
  return makeMenu(
    'paper',
    `m${clipQuery(query)}`,
    speech.words.otherMatches(Math.max(others.length, total - 1)),
    others.map((hit) => listEntry(hit, speech)),
  );
}

/** What a query finds: the best matches, for the card and its menu. */
export function matchAll(ask: Ask, query: string): ReturnType<typeof matchPapers> {
  return matchPapers(ask.desk, query, MATCHES_MOST);
}

/** A menu of the other papers of the same issue. */
export function makeSiblingMenu(ask: Ask, shown: PaperItem): Row {
  const speech = speak(ask);
  const others = listItems(shown.issue).filter(({ paper }) => paper.slug !== shown.paper.slug);
  const { number } = shown.issue;
  return makeMenu(
    'paper',
    `i${number}`,
    speech.words.otherPapers(number),
    listItemEntries(others, speech),
  );
}

/** Papers of an issue as entries of a menu. */
export function listItemEntries(
  items: readonly PaperItem[],
  { voice }: Speech,
): { label: string; value: string; description: string }[] {
  return items.map(({ issue, paper }) => ({
    label: fitTitle(paper.title, LABEL_MOST),
    value: `${issue.number}/${paper.slug}`,
    description: describeEntry(
      { issue: issue.number, byline: paper.byline.text, likes: paper.likes },
      voice,
    ),
  }));
}

/** As much of a query as a state holds, whole characters. */
function clipQuery(query: string): string {
  return query
    .slice(0, STATE_MOST - 1)
    .toWellFormed()
    .replace(/\uFFFD$/, '');
}
