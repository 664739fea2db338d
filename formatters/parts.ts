import type { Byline, Issue, Paper, Period } from '../src/issue/schema.ts';
import type { FormatOptions } from './draft.ts';
import type { DigestItem, DigestScope, PaperItem } from './item.ts';
import { readFormulas } from './text/find-formulas.ts';
import { type Prose, parseProse, plainProse } from './text/prose.ts';
import { listHashtags, listTopics } from './text/topics.ts';
import { fillTemplate, type Values } from './voice/fill-template.ts';
import { pickVoice } from './voice/index.ts';
import type { TemplateName, Voice } from './voice/voice.ts';

/** The lines around a paper's text, each a prose with its links; empty where there is nothing. */
export type PaperParts = {
  /** Linked to the paper. */
  readonly title: Prose;
  readonly byline: Prose;
  /** The byline without the organizations. */
  readonly names: Prose;
  /** Likes, topics, the editor's pick. */
  readonly labels: Prose;
  /** Names the issue, linked to its page. */
  readonly closing: Prose;
};

/** The lines of a digest, each a prose with its links; empty where there is nothing. */
export type DigestParts = {
  /** Not linked: the closing is. */
  readonly title: Prose;
  /** Headings above the news and the papers; empty where the digest has only one of them. */
  readonly newsHeading: Prose;
  readonly papersHeading: Prose;
  /**
   * One line a paper, in order, its title linked to the paper. Without an address of its own it is
   * linked to its issue, if the digest gathers from several: of one, the closing is link enough.
   */
  readonly entries: readonly Prose[];
  /** One line each, in order. */
  readonly news: readonly Prose[];
  /** Names the issue, of several the newest, linked to its page. */
  readonly closing: Prose;
  /** The page of that issue. */
  readonly url: string | undefined;
};

/** Topics are hashtags on networks that have them, and words elsewhere. */
export type PartsStyle = { readonly topics: 'hashtags' | 'words' };

/** The fixed parts of a paper's posts, in the voice and with the templates of the options. */
export function makePaperParts(
  item: PaperItem,
  options: FormatOptions,
  style: PartsStyle,
): PaperParts {
  const write = makeWriter(options);
  const { issue, paper } = item;
  const values = {
    ...valuesOfIssue(issue, issue.period, write.voice),
    ...valuesOfPaper(paper, paper.url, write, style),
  };
  return {
    title: write.line('title', values),
    byline: write.line('byline', values),
    names: isNames(paper.byline) ? values.byline : values.names,
    labels: write.line('labels', values),
    closing: write.line('closing', values),
  };
}

const TITLES = {
  issue: 'issueDigest',
  news: 'newsDigest',
  topic: 'topicDigest',
  month: 'monthDigest',
} as const satisfies Record<DigestScope, TemplateName>;

/** The fixed parts of a digest's posts. */
export function makeDigestParts(
  item: DigestItem,
  options: FormatOptions,
  style: PartsStyle,
): DigestParts {
  const write = makeWriter(options);
  const { voice } = write;
  const { issue, entries, news } = item;
  const issues = new Set([issue.number, ...entries.map((entry) => entry.issue.number)]).size;
  const about = {
    month: plainProse(voice.formatMonth(item.period.end.slice(0, 7))),
    topic: readTitle(item.topic ?? ''),
    issues: plainProse(String(issues)),
  };
  const ofIssue = { ...about, ...valuesOfIssue(issue, issue.period, voice) };
  const closing = pickClosing(item, issues, options);
  const hasBoth = entries.length > 0 && news.length > 0;
  return {
    title: write.line(TITLES[item.scope], {
      ...about,
      ...valuesOfIssue({ ...issue, url: undefined }, item.period, voice),
    }),
    newsHeading: plainProse(hasBoth ? voice.words.news : ''),
    papersHeading: plainProse(hasBoth ? voice.words.papers : ''),
    entries: entries.map(({ issue: from, paper }) =>
      write.line('entry', {
        ...about,
        ...valuesOfIssue(from, from.period, voice),
        ...valuesOfPaper(paper, paper.url ?? (issues > 1 ? from.url : undefined), write, style),
        issue: plainProse(issues > 1 ? `#${from.number}` : ''),
      }),
    ),
    news: news.map(({ likes, text }) =>
      write.line('newsLine', { ...ofIssue, likes: write.likes(likes), news: parseProse(text) }),
    ),
    closing: closing === undefined ? plainProse('') : write.line(closing, ofIssue),
    url: issue.url,
  };
}

/**
 * An invitation to read the issue is worth nothing without the way to it. Then the digest says at
 * its end where it is from, unless that was its title.
 */
function pickClosing(
  { issue, scope }: DigestItem,
  issues: number,
  { templates }: FormatOptions,
): TemplateName | undefined {
  if (issues > 1) return 'severalClosing';
  if (issue.url !== undefined || templates?.digestClosing !== undefined) return 'digestClosing';
  return scope === 'issue' ? undefined : 'closing';
}

/** Writes in one voice, with the switches and templates of the options. */
type Writer = {
  readonly voice: Voice;
  readonly options: FormatOptions;
  line(name: TemplateName, values: Values): Prose;
  likes(likes: number | undefined): Prose;
};

function makeWriter(options: FormatOptions): Writer {
  const voice = pickVoice(options.languages[0]);
  return {
    voice,
    options,
    line: (name, values) =>
      fillTemplate(options.templates?.[name] ?? voice.templates[name], values),
    likes(likes) {
      if (likes === undefined || options.likes === false) return plainProse('');
      const { emoji = true } = options;
      return plainProse(emoji ? `♥ ${voice.formatLikes(likes)}` : voice.nameLikes(likes));
    },
  };
}

function valuesOfIssue(
  { number, title, url }: Pick<Issue, 'number' | 'title'> & { url?: string | undefined },
  period: Period,
  voice: Voice,
): { readonly [Name in 'number' | 'period' | 'issueTitle']: Prose } {
  const days = voice.formatPeriod(period);
  return {
    number: plainProse(String(number)),
    period: { text: days, spans: [{ kind: 'atom', start: 0, end: days.length }] },
    issueTitle: linkTitle(title, url),
  };
}

function valuesOfPaper(
  paper: Paper,
  url: string | undefined,
  { voice, options, likes }: Writer,
  style: PartsStyle,
): Values & { readonly [Name in 'byline' | 'names']: Prose } {
  const { hashtags = true } = options;
  const isTagged = hashtags && style.topics === 'hashtags';
  const topics = isTagged ? listHashtags(paper.topics) : readTitle(listTopics(paper.topics));
  const star = options.emoji === false ? '' : '⭐ ';
  return {
    title: linkTitle(paper.title, url),
    byline: lineProse(paper.byline.text),
    names: lineProse(listNames(paper.byline, voice)),
    likes: likes(paper.likes),
    topics,
    hashtags: topics,
    pick: plainProse(paper.pick ? star + voice.words.pick : ''),
  };
}

/** More authors than this are named by the first. */
const AUTHORS_MOST = 3;

/**
 * The authors that the issue knows of, in the voice's words; where it knows of none, the byline
 * without the organizations in brackets at its end.
 */
function listNames({ text, authors, etAl }: Byline, voice: Voice): string {
  if (authors.length > AUTHORS_MOST) return voice.listNames(authors.slice(0, 1), true);
  if (authors.length > 0) return voice.listNames(authors, etAl);
  const printed = text.trim();
  const bracket = printed.endsWith(']') ? printed.lastIndexOf('[') : -1;
  return bracket > 0 ? printed.slice(0, bracket).trim() : printed;
}

/** True for a byline that is nothing but names: as printed, it need not be said in two ways. */
function isNames({ text, authors, organizations }: Byline): boolean {
  const printed = text.trim();
  const isShort = authors.length > 0 && authors.length <= AUTHORS_MOST;
  return isShort && organizations.length === 0 && printed !== '' && !printed.endsWith(']');
}

/** Words that are a link as a whole, where there is an address. */
export function linkWhole(words: string, url: string | undefined): Prose {
  const { text } = lineProse(words);
  return {
    text,
    spans: url === undefined ? [] : [{ kind: 'link', url, start: 0, end: text.length }],
  };
}

/** A title, which is plain text, with its formulas readable. */
export function readTitle(title: string): Prose {
  return readFormulas(lineProse(title));
}

/** The same, linked as a whole where there is an address. */
function linkTitle(title: string, url: string | undefined): Prose {
  const { text, spans } = readTitle(title);
  if (url === undefined) return { text, spans };
  return { text, spans: [{ kind: 'link', url, start: 0, end: text.length }, ...spans] };
}

/** Words of an issue on one line. */
function lineProse(words: string): Prose {
  return plainProse(words.replace(/[\n\v\f\r\u0085\u2028\u2029]/g, ' '));
}
