import type { Draft, Platform } from '../../formatters/draft.ts';
import { formatItem } from '../../formatters/index.ts';
import { listItems } from '../../formatters/item.ts';
import type { Issue } from '../../src/issue/schema.ts';

const paragraph = (n: number): string =>
  `Paragraph ${n} has words with ümlauts, 日本語 and 👩‍👩‍👧 in it, and a link to [the paper’s page](https://example.org/paper?n=${n}&ä=1). See also https://example.org/plain/${n}, which stands bare in the text. It says this in three sentences, so that there is something to cut.`;

/** An issue with a paper that makes several posts on Bluesky, and more than one card on Discord. */
export function makeIssue(paragraphs: number): Issue {
  return {
    number: 7,
    title: 'An issue for contracts',
    period: { start: '2026-01-26', end: '2026-02-02' },
    news: [],
    promotions: [],
    papers: [
      {
        slug: 'contract',
        title: 'A Paper With Several Posts',
        byline: { text: 'Doe et al. [Lab]', authors: ['Doe'], etAl: true, organizations: ['Lab'] },
        likes: 4300,
        topics: ['Data filtering'],
        pick: true,
        url: 'https://arxiv.org/abs/2601.00001',
        body: Array.from({ length: paragraphs }, (_, n) => ({
          kind: 'paragraph' as const,
          text: paragraph(n + 1),
        })),
      },
    ],
  };
}

/** The draft of that paper for a platform. */
export function makeDraft(platform: Platform, paragraphs: number): Draft {
  const [item] = listItems(makeIssue(paragraphs));
  if (item === undefined) throw new Error('the issue has no item');
  return formatItem(item, platform, { languages: ['en'] });
}
