import { readFileSync } from 'node:fs';
import type { Block, Figure, Issue } from '../../../src/issue/schema.ts';
import { importText } from '../../../src/issue/text/import-text.ts';

/*
 * One issue in every form. The words are those of `issues/issue-093.txt`; the forms that can carry
 * more carry this much more, and all the same:
 *
 * - the issue's address: https://news.example.org/p/one-tensor
 * - the title of paper p links to https://arxiv.org/abs/2601.0000p
 * - figure f of paper p (from 1, counting all) is the image
 *   https://media.example.org/93/p⟨p⟩-f⟨f⟩.png, 1200 by 800 where the form states sizes, and its
 *   alt text, where the form has one, is "Figure ⟨f⟩"
 * - the figure of news line n is https://media.example.org/93/news-⟨n⟩.png, likewise
 * - in the first paragraph of paper 1 the words "4-bit numbers" are bold
 * - in the first paragraph of paper 2 the words "the open web" link to
 *   https://example.org/open-web (in the source with ?utm_source=newsletter&utm_medium=email)
 */
export type FormAbilities = {
  readonly url: boolean;
  readonly sizes: boolean;
  readonly alts: boolean;
  readonly promotions: boolean;
};

export const NOW = new Date('2026-05-01T12:00:00Z');
const ISSUE_URL = 'https://news.example.org/p/one-tensor';

/** The issue that a form with these abilities must give. */
export function expectedIssue(can: FormAbilities): Issue {
  const text = readFileSync(new URL('../../../issues/issue-093.txt', import.meta.url), 'utf8');
  const { issue } = importText(text, { now: NOW });
  if (issue === undefined) throw new Error('the sample cannot be read');
  const figure = (image: string, f: number, { caption }: Figure): Figure => ({
    kind: 'figure',
    ...(caption === undefined ? {} : { caption }),
    imageUrl: `https://media.example.org/93/${image}.png`,
    ...(can.alts ? { alt: `Figure ${f}` } : {}),
    ...(can.sizes ? { width: 1200, height: 800 } : {}),
  });
  return {
    ...issue,
    ...(can.url ? { url: ISSUE_URL } : {}),
    promotions: can.promotions ? issue.promotions : [],
    news: issue.news.map((news, n) => ({
      ...news,
      figures: news.figures.map((one, f) => figure(`news-${n + 1}`, f + 1, one)),
    })),
    papers: issue.papers.map((paper, index) => {
      const p = index + 1;
      let f = 0;
      let paragraph = 0;
      const body = paper.body.map((block): Block => {
        if (block.kind === 'figure') {
          f += 1;
          return figure(`p${p}-f${f}`, f, block);
        }
        if (block.kind !== 'paragraph') return block;
        paragraph += 1;
        return paragraph === 1 ? { ...block, text: decorate(p, block.text) } : block;
      });
      const { slug, title, byline, likes, topics, pick } = paper;
      const url = `https://arxiv.org/abs/2601.0000${p}`;
      return {
        slug,
        title,
        byline,
        ...(likes === undefined ? {} : { likes }),
        topics,
        pick,
        url,
        body,
      };
    }),
  };
}

function decorate(paper: number, text: string): string {
  if (paper === 1) return text.replace('4-bit numbers', '**4-bit numbers**');
  if (paper === 2)
    return text.replace('the open web', '[the open web](https://example.org/open-web)');
  return text;
}
