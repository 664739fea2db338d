import type { Item, PaperItem } from '../../../formatters/item.ts';
import type { Issue } from '../../issue/schema.ts';
import { sha256 } from '../../kit/ids.ts';

/**
 * The SHA-256 of what an item says: a verdict about it is one about these words. Likes are left out,
 * as they grow by the hour and are nobody's words.
 */
export function hashWords(item: Item): string {
  return sha256(JSON.stringify(item.kind === 'paper' ? readPaper(item) : readDigest(item)));
}

/** The closing line names the issue, its days and its address. */
function readPaper({ issue: { title, period, url }, paper }: PaperItem): unknown {
  const { likes: _likes, ...words } = paper;
  return { ...words, issue: { title, period, url } };
}

function readDigest({ scope, issue, entries, news }: Extract<Item, { kind: 'digest' }>): unknown {
  const { title, subtitle, period, url, ownText }: Issue = issue;
  return {
    scope,
    title,
    subtitle,
    period,
    url,
    // Its own words are those of the issue's digest alone.
    ownText: scope === 'issue' ? ownText : undefined,
    papers: entries.map(({ paper: { title: name, byline, topics, pick, url: link } }) => ({
      name,
      byline,
      topics,
      pick,
      link,
    })),
    news: news.map(({ text }) => text),
  };
}
