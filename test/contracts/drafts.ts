import type { Draft, FormatOptions, Platform } from '../../formatters/draft.ts';
import { formatItem } from '../../formatters/index.ts';
import { listItems } from '../../formatters/item.ts';
import type { Issue } from '../../src/issue/schema.ts';

type Options = Partial<FormatOptions>;

/** More paragraphs than any draft of the contract has. */
const MOST_PARAGRAPHS = 100;

const paragraph = (n: number, word: string): string =>
  `${word} ${n} has words with ümlauts, 日本語 and 👩‍👩‍👧 in it, and a link to [the paper’s page](https://example.org/paper?n=${n}&ä=1). See also https://example.org/plain/${n}, which stands bare in the text. It says this in three sentences, so that there is something to cut.`;

/** An issue with a paper that makes several posts on Bluesky, and from 20 paragraphs on Discord. */
export function makeIssue(paragraphs: number, word = 'Paragraph'): Issue {
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
          text: paragraph(n + 1, word),
        })),
      },
    ],
  };
}

/** The draft of that paper for a platform. */
export function makeDraft(platform: Platform, paragraphs: number, options: Options = {}): Draft {
  return formatIssue(makeIssue(paragraphs), platform, options);
}

/**
 * The drafts of that paper as a rig wants them: with several posts, and in other words with one post
 * more and with one fewer.
 */
export function makeDrafts(
  platform: Platform,
  paragraphs: number,
  options: Options = {},
): { readonly draft: Draft; readonly correctedDraft: Draft; readonly shorterDraft: Draft } {
  const draft = makeDraft(platform, paragraphs, options);
  const reword = (posts: number): Draft => {
    for (let length = 1; length <= MOST_PARAGRAPHS; length += 1) {
      const other = formatIssue(makeIssue(length, 'Corrected paragraph'), platform, options);
      if (other.posts.length === posts) return other;
    }
    throw new Error(`no draft for ${platform} has ${posts} posts`);
  };
  const { length } = draft.posts;
  return { draft, correctedDraft: reword(length + 1), shorterDraft: reword(length - 1) };
}

function formatIssue(issue: Issue, platform: Platform, options: Options): Draft {
  const [item] = listItems(issue);
  if (item === undefined) throw new Error('the issue has no item');
  return formatItem(item, platform, { languages: ['en'], ...options });
}
