import type { Block, Issue } from '../../src/issue/schema.ts';

/** How an issue's text differs from the first that was imported. */
export type Change = 'none' | 'longer' | 'shorter';

/** What an issue for torture is made of. */
export type IssueParts = {
  readonly number: number;
  readonly papers: number;
  /** The index of the first paper's token. */
  readonly from?: number;
  /** Of each paper; about 250 characters each. */
  readonly paragraphs: number;
  readonly change?: Change;
  readonly imageUrl?: string | undefined;
};

/** Names a paper in every sentence of it, so that every post tells whose it is. */
const TOKEN = /P\d{4}/;

/** The token of the paper at a place, from 0. */
export function makeToken(index: number): string {
  return `P${String(index).padStart(4, '0')}`;
}

/** The slug of a paper in a {@link makeIssue}. */
export function makeSlug(token: string): string {
  return `paper-${token.toLowerCase()}`;
}

/** Whose words they are; undefined when they are nobody's. */
export function readToken(words: string): string | undefined {
  return TOKEN.exec(words)?.[0];
}

/**
 * An issue whose papers are alike but for their tokens: to post one takes the same steps as to post
 * another. A change rewrites every sentence, and adds or takes away two fifths of the paragraphs.
 */
export function makeIssue(parts: IssueParts): Issue {
  const { number, papers, from = 0, imageUrl } = parts;
  return {
    number,
    title: 'Steps and falls',
    period: { start: '2026-11-16', end: '2026-11-22' },
    news: [],
    papers: Array.from({ length: papers }, (_, index) => {
      const token = makeToken(from + index);
      const image: Block[] =
        imageUrl === undefined
          ? []
          : [{ kind: 'figure', imageUrl, caption: `The figure of ${token}.` }];
      return {
        slug: makeSlug(token),
        title: `On ${token}`,
        byline: { text: `Ito [${token}]`, authors: ['Ito'], etAl: false, organizations: [] },
        topics: [],
        pick: false,
        body: [...makeParagraphs(token, parts), ...image],
      };
    }),
    promotions: [],
  };
}

const FACTOR = { none: 1, longer: 1.4, shorter: 0.6 } as const satisfies Record<Change, number>;

function makeParagraphs(token: string, { paragraphs, change = 'none' }: IssueParts): Block[] {
  const verb = { none: 'finds', longer: 'now finds', shorter: 'only finds' }[change];
  return Array.from({ length: Math.round(paragraphs * FACTOR[change]) }, (_, index) => ({
    kind: 'paragraph',
    text: [1, 2, 3]
      .map(
        (part) =>
          `${token} ${verb} in trial ${index + 1}.${part} that small steps lead further than long ones.`,
      )
      .join(' '),
  }));
}
