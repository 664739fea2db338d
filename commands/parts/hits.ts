import { readTitle } from '../../formatters/parts.ts';
import { renderDiscord } from '../../formatters/text/discord-markdown.ts';
import type { Voice } from '../../formatters/voice/voice.ts';
import type { Hit } from '../../src/desk/bot-desk.ts';
import type { MenuEntry } from './controls.ts';
import { fitLine, fitMarkdown, fitTitle } from './line.ts';
import type { Speech } from './speak.ts';

const TITLE_MOST = 200;
const BYLINE_MOST = 80;
const TOPICS_MOST = 80;
const LABEL_MOST = 100;
/** The snippet is shorter; its marks and backslashes take room too. */
const SNIPPET_MOST = 400;

/** A paper or a news line in a list, as Markdown: at most about 450 characters, 900 with its text. */
export function writeHit(
  hit: Hit,
  position: number,
  { voice, words }: Speech,
  hasSnippet: boolean,
): string {
  const title = fitMarkdown(readTitle(hit.title.slice(0, TITLE_MOST * 2)).text, TITLE_MOST);
  const details = [
    `#${hit.issue}`,
    ...(hit.kind === 'news' ? [words.news] : []),
    ...(hit.byline.trim() === '' ? [] : [fitMarkdown(hit.byline, BYLINE_MOST)]),
    ...(hit.likes === undefined ? [] : [`♥ ${voice.formatLikes(hit.likes)}`]),
    ...(hit.topics.length === 0 ? [] : [fitMarkdown(hit.topics.join(', '), TOPICS_MOST)]),
    ...(hit.pick ? [`⭐ ${voice.words.pick}`] : []),
  ];
  const snippet = hasSnippet ? writeSnippet(hit) : '';
  return `**${position}. ${title}**\n${details.join(' · ')}${snippet}`;
}

/** A hit as an entry of a menu that opens it. */
export function listEntry(hit: Hit, { voice, words }: Speech): MenuEntry {
  const label = fitTitle(hit.title, LABEL_MOST);
  if (hit.kind === 'news') {
    return {
      label,
      value: `n:${hit.issue}/${hit.position}`,
      description: nameNews(hit, words.news),
    };
  }
  return { label, value: `${hit.issue}/${hit.slug}`, description: describeEntry(hit, voice) };
}

/** "#93 · Xin et al. · ♥ 4.3k" */
export function describeEntry(
  paper: { readonly issue: number; readonly byline: string; readonly likes?: number | undefined },
  voice: Voice,
): string {
  return [
    `#${paper.issue}`,
    ...(paper.byline.trim() === '' ? [] : [fitLine(paper.byline, BYLINE_MOST - 20)]),
    ...(paper.likes === undefined ? [] : [`♥ ${voice.formatLikes(paper.likes)}`]),
  ].join(' · ');
}

function nameNews({ issue }: Hit, news: string): string {
  return `#${issue} · ${news}`;
}

/** Where the words stand that were asked for, as a quotation. */
function writeSnippet({ snippet: { text, marks } }: Hit): string {
  if (text.trim() === '') return '';
  const spans = marks.map(({ start, end }) => ({ kind: 'strong', start, end }) as const);
  const written = renderDiscord({ text, spans });
  return `\n> ${written.length <= SNIPPET_MOST ? written : fitMarkdown(text, SNIPPET_MOST)}`;
}
