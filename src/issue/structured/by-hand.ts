import { makeSlug } from '../slug.ts';
import { parseByline } from '../text/parse-byline.ts';

type Mapping = Readonly<Record<string, unknown>>;

const NO_BYLINE = { text: '', authors: [], etAl: false, organizations: [] };

/**
 * Fills in what somebody who writes an issue by hand may leave out or write short: lists that are
 * empty, `pick: false`, a slug (made of the title), a byline as the text that it is, and a paragraph
 * as its words alone. What is there is left as it is; what fits nothing is told by the schema.
 * `$schema`, by which editors of JSON find the schema, is taken off.
 */
export function fillByHand(value: Mapping): Mapping {
  const { $schema: _schema, ...issue } = value;
  const { papers } = issue;
  const slugs = new Set<string>();
  for (const paper of Array.isArray(papers) ? papers : []) {
    if (isMapping(paper) && typeof paper.slug === 'string') slugs.add(paper.slug);
  }
  const fill = (paper: unknown): unknown => (isMapping(paper) ? fillPaper(paper, slugs) : paper);
  return {
    news: [],
    promotions: [],
    ...issue,
    ...(Array.isArray(issue.news) ? { news: issue.news.map(fillNews) } : {}),
    ...(Array.isArray(papers) ? { papers: papers.map(fill) } : {}),
  };
}

function fillPaper(paper: Mapping, slugs: Set<string>): Mapping {
  const { title, body, byline = '' } = paper;
  const written = typeof byline === 'string' ? readByline(byline) : byline;
  const paragraph = (text: unknown): unknown =>
    typeof text === 'string' ? { kind: 'paragraph', text } : text;
  const filled = {
    ...(typeof title === 'string' ? { slug: makeSlug(title, (slug) => slugs.has(slug)) } : {}),
    topics: [],
    pick: false,
    ...paper,
    byline: written,
    ...(Array.isArray(body) ? { body: body.map(paragraph) } : {}),
  };
  if (paper.slug === undefined && typeof filled.slug === 'string') slugs.add(filled.slug);
  return filled;
}

function fillNews(news: unknown): unknown {
  if (typeof news === 'string') return { text: news, figures: [] };
  return isMapping(news) ? { figures: [], ...news } : news;
}

function readByline(text: string): Mapping {
  const parsed = parseByline(text);
  if (parsed === undefined) return { ...NO_BYLINE, text };
  const { isSure: _isSure, ...byline } = parsed;
  return byline;
}

function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
