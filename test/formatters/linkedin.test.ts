import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeIssueDigest } from '../../formatters/digest.ts';
import type { FormatOptions } from '../../formatters/draft.ts';
import type { Item } from '../../formatters/item.ts';
import { linkedinFormatter } from '../../formatters/linkedin.ts';
import { bylineOf, makeItem, paragraphs } from './make-item.ts';
import { anyText, withoutBlanks } from './text/arbitrary-text.ts';

const format = (item: Item, options: Partial<FormatOptions> = {}): string[] =>
  linkedinFormatter.format(item, { languages: ['en'], ...options }).posts.map(({ text }) => text);

const sentences = Array.from({ length: 200 }, (_, k) => `Finding ${k} is about item ${k}.`);
const long = makeItem(
  {
    title: 'Small Models',
    url: 'https://arxiv.example/1',
    topics: ['Data filtering', 'MoE'],
    body: paragraphs(sentences.slice(0, 100).join(' '), sentences.slice(100).join(' ')),
  },
  { url: 'https://news.example/7' },
);

describe('linkedinFormatter', () => {
  it('writes one post: the text early, links spelled out, hashtags at the end', () => {
    const item = makeItem(
      {
        title: 'Small Models',
        url: 'https://arxiv.example/1',
        byline: bylineOf('Osei et al. [MIT]'),
        likes: 882,
        topics: ['Data filtering'],
        pick: true,
        body: [
          ...paragraphs('It is **small**, as [a phone](https://phone.example) needs.'),
          { kind: 'list', ordered: false, items: ['one', 'two'] },
        ],
      },
      { url: 'https://news.example/7' },
    );

    expect(format(item)).toEqual([
      `Small Models
Osei et al. [MIT]

It is small, as a phone (https://phone.example) needs.

• one
• two

Read the paper: https://arxiv.example/1

From issue #7, Apr 1 – 7, 2026: An Issue
https://news.example/7

♥ 882 · #DataFiltering · ⭐ Editor’s pick`,
    ]);
  });

  it('keeps the authors under the title, with all their organizations where a line has room', () => {
    const byline = 'Osei et al. [ETH Zurich, Max Planck Institute for Intelligent Systems, MIT]';

    const [text] = format(makeItem({ byline: bylineOf(byline), body: paragraphs('It is small.') }));

    expect(text).toMatch(
      /^A Paper\nOsei et al\. \[ETH [^\n]+ MIT\]\n\nIt is small\.\n\nFrom issue/,
    );
  });

  it('lists many organizations at the end, so that the text is seen before "see more"', () => {
    const byline = `Osei et al. [${'University of a Long Name, '.repeat(6)}MIT]`;
    const item = makeItem({
      url: 'https://arxiv.example/1',
      byline: bylineOf(byline),
      body: paragraphs('It is small.'),
    });

    const [text] = format(item);
    const [bare] = format(item, { templates: { byline: '' } });

    expect(text?.split('\n\n').slice(0, 3)).toEqual([
      'A Paper\nOsei et al.',
      'It is small.',
      `Read the paper: https://arxiv.example/1\n${byline}`,
    ]);
    expect(bare).not.toContain('Osei');
  });

  it('tells a person of the images that it does not show', () => {
    const image = { kind: 'figure', imageUrl: 'https://img.example/a.png' } as const;
    const body = [image, ...paragraphs('It is small.'), image, { kind: 'figure' } as const];
    const tell = (options: Partial<FormatOptions>): readonly string[] | undefined =>
      linkedinFormatter.format(makeItem({ body }), { languages: ['en'], ...options }).told;

    expect(tell({})).toEqual(['2 of its images found no place.']);
    expect(tell({ length: 'brief' })).toBeUndefined();
    expect(tell({ ownText: 'Mine.' })).toBeUndefined();
  });

  it('shortens a long text to one post of its own sentences, in order', () => {
    const [text, ...others] = format(long);

    expect(others).toEqual([]);
    expect(text?.length).toBeLessThanOrEqual(3000);
    expect(text?.length).toBeGreaterThan(2000);
    expect(text).toMatch(/#DataFiltering · #MoE$/);
    const numbers = [...(text ?? '').matchAll(/Finding (\d+) is about item \1\./g)].map(Number);
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
  });

  it('writes all of it in several posts when a thread is asked for', () => {
    const posts = format(long, { length: 'thread' });

    expect(posts.length).toBeGreaterThan(2);
    for (const text of posts) expect(text.length).toBeLessThanOrEqual(3000);
    expect(withoutBlanks(posts.join(''))).toContain(withoutBlanks(sentences.join('')));
    expect(format(long, { length: { maxPosts: 20 } })).toEqual(posts);
  });

  it('writes a short post for brief', () => {
    const [text, ...others] = format(long, { length: 'brief' });

    expect(others).toEqual([]);
    expect(text).toContain('Finding ');
    expect(text?.length).toBeLessThan(800);
  });

  it('takes an editor’s own text for all of it', () => {
    expect(format(long, { ownText: 'One [a](https://x.example).\n---\nTwo.' })).toEqual([
      'One a (https://x.example).',
      'Two.',
    ]);
  });

  it('keeps the lines of an editor’s own text', () => {
    const ownText = 'Two things:\n- it is *small*\n- it is fast\n\nRead on.';

    expect(format(long, { ownText })).toEqual([
      'Two things:\n• it is small\n• it is fast\n\nRead on.',
    ]);
  });

  it('writes a digest with the hashtags of its papers at the end', () => {
    const { issue, paper } = long;
    const papers = [paper, { ...paper, slug: 'b', topics: ['MoE', 'Size', '!'] }];

    const [text] = format(makeIssueDigest({ ...issue, papers }));
    const [bare] = format(makeIssueDigest({ ...issue, papers }), { hashtags: false });

    expect(text).toMatch(/^Issue #7: An Issue · [\s\S]*\n\n#DataFiltering #MoE #Size$/);
    expect(bare).not.toContain('#DataFiltering');
  });

  it('stays within the limit and the number of posts whatever the text', () => {
    const times = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(anyText, anyText, anyText, times, (title, byline, text, n) => {
        fc.pre(text !== '');
        const item = makeItem({
          title: title.repeat(n) || 'T',
          byline: bylineOf(byline.repeat(n)),
          body: paragraphs(text.repeat(n)),
        });

        const one = format(item);

        expect(one.length).toBeLessThanOrEqual(1);
        for (const post of [...one, ...format(item, { length: 'thread' })]) {
          expect(post.length).toBeLessThanOrEqual(3000);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('tells a person of a word that was cut', () => {
    const item = makeItem({ body: paragraphs('x'.repeat(7000)) });

    const { told } = linkedinFormatter.format(item, { languages: ['en'], length: 'thread' });

    expect(told).toHaveLength(1);
  });
});
