import type { FormatOptions } from './draft.ts';
import type { DigestItem, PaperItem } from './item.ts';
import { makeHashtag } from './text/labels.ts';
import { type Prose, parseProse, plainProse, type Span } from './text/prose.ts';
import { pickVoice } from './voice/index.ts';
import { fillTemplate, type Values } from './voice/template.ts';
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

export type DigestParts = {
  readonly title: Prose;
  /** One line a paper, in order, linked to the paper or the issue. */
  readonly entries: readonly Prose[];
  readonly news: readonly Prose[];
  readonly closing: Prose;
};

/** Topics are hashtags on networks that have them, and words elsewhere. */
export type PartsStyle = { readonly topics: 'hashtags' | 'words' };

/** The fixed parts of a paper's posts, in the voice and with the templates of the options. */
export function makePaperParts(
  item: PaperItem,
  options: FormatOptions,
  style: PartsStyle,
): PaperParts {
  const { issue, paper } = item;
  const voice = pickVoice(options.languages[0]);
  const values: Values = {
    title: linkWhole(paper.title, paper.url),
    byline: plainProse(paper.byline.text),
    names: plainProse(paper.byline.text.replace(/\s*\[[^\]]*\]$/, '')),
    likes: plainProse(formatLikes(paper.likes, voice, options)),
    topics: makeTopics(paper.topics, options, style),
    pick: plainProse(formatPick(paper.pick, voice, options)),
    number: plainProse(String(issue.number)),
    period: plainProse(voice.formatPeriod(issue.period)),
    issueTitle: linkWhole(issue.title, issue.url),
  };
  const fill = (name: TemplateName): Prose =>
    fillTemplate(options.templates?.[name] ?? voice.templates[name], values);
  return {
    title: fill('title'),
    byline: fill('byline'),
    names: values['names'] ?? plainProse(''),
    labels: fill('labels'),
    closing: fill('closing'),
  };
}

/** The fixed parts of a digest's posts. */
export function makeDigestParts(
  item: DigestItem,
  options: FormatOptions,
  style: PartsStyle,
): DigestParts {
  const { issue, period, topic = '' } = item;
  const voice = pickVoice(options.languages[0]);
  const of = (values: Values, name: TemplateName): Prose =>
    fillTemplate(options.templates?.[name] ?? voice.templates[name], values);
  const values: Values = {
    number: plainProse(String(issue.number)),
    period: plainProse(voice.formatPeriod(period)),
    month: plainProse(voice.formatMonth(period.start.slice(0, 7))),
    topic: plainProse(topic),
    issueTitle: linkWhole(issue.title, issue.url),
  };
  const scopeTemplate = {
    issue: 'issueDigest',
    news: 'newsDigest',
    topic: 'topicDigest',
    month: 'monthDigest',
  } as const;
  const entries = item.entries.map(({ issue: of_, paper }) =>
    of(
      {
        ...values,
        number: plainProse(String(of_.number)),
        title: linkWhole(paper.title, paper.url ?? of_.url),
        names: plainProse(paper.byline.text.replace(/\s*\[[^\]]*\]$/, '')),
        byline: plainProse(paper.byline.text),
        likes: plainProse(formatLikes(paper.likes, voice, options)),
        topics: makeTopics(paper.topics, options, style),
        pick: plainProse(formatPick(paper.pick, voice, options)),
      },
      'entry',
    ),
  );
  const news = item.news.map(({ likes, text }) =>
    of(
      {
        ...values,
        likes: plainProse(formatLikes(likes, voice, options)),
        news: parseProse(text),
      },
      'newsLine',
    ),
  );
  return {
    title: of(values, scopeTemplate[item.scope]),
    entries,
    news,
    closing: of(values, 'closing'),
  };
}

function formatLikes(likes: number | undefined, voice: Voice, options: FormatOptions): string {
  if (likes === undefined || options.likes === false) return '';
  const count = voice.formatLikes(likes);
  return options.emoji === false ? `${count} ${voice.words.likes}` : `♥ ${count}`;
}

function formatPick(pick: boolean, voice: Voice, options: FormatOptions): string {
  if (!pick) return '';
  return options.emoji === false ? voice.words.pick : `⭐ ${voice.words.pick}`;
}

function makeTopics(
  topics: readonly string[],
  { hashtags }: FormatOptions,
  { topics: style }: PartsStyle,
): Prose {
  if (style === 'words') return plainProse(topics.join(' · '));
  if (hashtags === false) return plainProse('');
  const tags = [...new Set(topics.flatMap((topic) => makeHashtag(topic) ?? []))];
  let text = '';
  const spans: Span[] = [];
  for (const tag of tags) {
    if (text !== '') text += ' · ';
    spans.push({ kind: 'tag', tag, start: text.length, end: text.length + tag.length + 1 });
    text += `#${tag}`;
  }
  return { text, spans };
}

/** Words that are a link as a whole, where there is an address. */
export function linkWhole(text: string, url: string | undefined): Prose {
  return {
    text: text.toWellFormed(),
    spans: url === undefined ? [] : [{ kind: 'link', url, start: 0, end: text.length }],
  };
}
