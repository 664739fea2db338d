import { describe, expect, it } from 'vitest';
import { makeIssueDigest } from '../../formatters/digest.ts';
import type { FormatOptions } from '../../formatters/draft.ts';
import type { Item } from '../../formatters/item.ts';
import { measure, xWeight } from '../../formatters/text/measure.ts';
import { xFormatter } from '../../formatters/x.ts';
import { bylineOf, makeItem, paragraphs } from './make-item.ts';

const write = (item: Item, options: Partial<FormatOptions> = {}): string[] =>
  xFormatter.format(item, { languages: ['en'], ...options }).posts.map(({ text }) => text);

const about = {
  title: 'Small Models',
  byline: bylineOf('Osei et al. [MIT]'),
  likes: 4300,
  url: 'https://arxiv.org/abs/2601.01234',
};
const issue = { url: 'https://news.example.org/p/7' };

describe('xFormatter', () => {
  it('writes posts to copy, with every address in the last one', () => {
    const sentence = 'Some words that say what it is about, and some more of them.';
    const item = makeItem({ ...about, body: paragraphs(...Array(8).fill(sentence)) }, issue);

    const posts = write(item);

    expect(posts.length).toBeGreaterThan(2);
    expect(posts[0]).toMatch(/^Small Models\n\nOsei et al\. \[MIT\]\n♥ 4\.3k\n\nSome words/);
    for (const post of posts.slice(0, -1)) expect(post).not.toContain('http');
    expect(posts.at(-1)).toMatch(
      /Read the paper: https:\/\/arxiv\.org\/abs\/2601\.01234\nFrom issue #7, Apr 1 – 7, 2026: An Issue\nhttps:\/\/news\.example\.org\/p\/7$/,
    );
  });

  it('ends a post that stands alone with the address of the paper, or of the issue', () => {
    const body = paragraphs('It is small.');

    expect(write(makeItem({ ...about, body }, issue), { length: 'brief' })).toEqual([
      'Small Models\n\nOsei et al.\n♥ 4.3k\n\nIt is small.\n\nhttps://arxiv.org/abs/2601.01234',
    ]);
    expect(write(makeItem({ title: 'T', body }, issue), { length: 'brief' })).toEqual([
      'T\n\nIt is small.\n\nhttps://news.example.org/p/7',
    ]);
  });

  it('shows no more than two hashtags', () => {
    const [post = ''] = write(makeItem({ topics: ['A b', 'C', 'D', 'E'] }));

    expect(post).toContain('#AB · #C');
    expect(post).not.toContain('#D');
  });

  it('counts an address as 23, however long it is, and keeps it whole', () => {
    const url = `https://arxiv.org/abs/${'a'.repeat(900)}`;
    const [post = ''] = write(makeItem({ ...about, url, body: paragraphs('It is small.') }), {
      length: 'brief',
    });

    expect(post.endsWith(`\n\n${url}`)).toBe(true);
    expect(measure(post, xWeight)).toBeLessThanOrEqual(280);
  });

  it('counts Chinese twice', () => {
    const posts = write(makeItem({ body: paragraphs('大'.repeat(300)) }));

    expect(posts.length).toBeGreaterThan(2);
    for (const post of posts) expect(measure(post, xWeight)).toBeLessThanOrEqual(280);
  });

  it('tells of images, which it cannot bring', () => {
    const tell = (count: number, options: Partial<FormatOptions> = {}) => {
      const figure = { kind: 'figure', imageUrl: 'https://img.example.org/a.png' } as const;
      const figures = Array.from({ length: count }, () => ({ ...figure }));
      const body = [...paragraphs('It is small.'), ...figures];
      return xFormatter.format(makeItem({ body }), { languages: ['en'], ...options }).told;
    };

    expect(tell(0)).toBeUndefined();
    expect(tell(1)).toEqual(['Its image cannot go along: X gets text alone.']);
    expect(tell(3)).toEqual(['Its 3 images cannot go along: X gets text alone.']);
    expect(tell(3, { ownText: 'Mine.' })).toBeUndefined();
  });

  it('mentions nobody', () => {
    const posts = write(
      makeItem({ title: 'By @alice', body: paragraphs('With @bob, RT@carol, ＠dave.') }),
    );

    expect(posts.join('\n')).toContain('By @\u2060alice');
    expect(posts.join('\n')).not.toMatch(/[@＠]\w/u);
  });

  it('writes the words of a link with its address behind them', () => {
    const [post] = write(makeItem({ body: paragraphs('See [the code](https://github.com/a/b).') }));

    expect(post).toContain('See the code (https://github.com/a/b).');
  });

  it('lists the papers of a digest without addresses, and leads to the issue', () => {
    const { issue: whole } = makeItem({ ...about }, issue);

    const posts = write(makeIssueDigest(whole));

    expect(posts.join('\n\n')).not.toContain('arxiv.org');
    expect(posts.at(-1)).toMatch(/\nhttps:\/\/news\.example\.org\/p\/7$/);
  });
});
