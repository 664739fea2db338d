import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeIssueDigest } from '../../formatters/digest.ts';
import type { FormatOptions } from '../../formatters/draft.ts';
import type { Item } from '../../formatters/item.ts';
import { parseProse } from '../../formatters/text/prose.ts';
import { textFormatter } from '../../formatters/text.ts';
import { bylineOf, makeItem, paragraphs } from './make-item.ts';
import { anyText, listClusters, withoutBlanks } from './text/arbitrary-text.ts';

const format = (item: Item, options: Partial<FormatOptions> = {}): string => {
  const { posts } = textFormatter.format(item, { languages: ['en'], ...options });
  expect(posts).toHaveLength(1);
  return posts[0]?.text ?? '';
};

describe('textFormatter', () => {
  it('writes a mail with an underlined title, wrapped text and numbered links', () => {
    const item = makeItem(
      {
        title: 'Small Models',
        url: 'https://arxiv.example/1',
        byline: bylineOf('Osei et al. [MIT]'),
        likes: 882,
        topics: ['Data filtering'],
        body: [
          { kind: 'heading', text: 'Why *now*' },
          ...paragraphs(
            'A [phone](https://phone.example) has little room, and so the model has to be small to run on it at all. See [a phone](https://phone.example), [the code](https://code.example/a) or https://bare.example/b.',
          ),
          {
            kind: 'list',
            ordered: false,
            items: [
              'The first point is long enough that it does not fit on a single line of a mail.',
              'Second.',
            ],
          },
          { kind: 'list', ordered: true, items: ['one', 'two'] },
          { kind: 'figure', caption: 'The **size**', imageUrl: 'https://img.example/a.png' },
          { kind: 'figure', caption: 'No image' },
        ],
      },
      { url: 'https://news.example/7' },
    );

    expect(format(item).replaceAll('\u00a0', '~')).toBe(
      `Small Models
============

Osei et al. [MIT]
♥ 882 · Data filtering

Why now
-------

A phone~[1] has little room, and so the model has to be small to run on
it at all. See a phone~[1], the code~[2] or https://bare.example/b.

- The first point is long enough that it does not fit on a single line
  of a mail.
- Second.

1. one
2. two

[The size]
https://img.example/a.png

Read the paper:
https://arxiv.example/1

From issue #7, Apr~1~–~7,~2026: An Issue
https://news.example/7

[1] https://phone.example
[2] https://code.example/a`,
    );
  });

  it('has every word of the text in order', () => {
    const word = fc.stringMatching(/^[a-zäöü日本👩]{1,30}[.,;]?$/u);
    const texts = fc.array(
      fc.array(word, { minLength: 1, maxLength: 60 }).map((words) => words.join(' ')),
      { minLength: 1, maxLength: 5 },
    );
    fc.assert(
      fc.property(texts, (list) => {
        const shown = format(makeItem({ body: paragraphs(...list) }));

        expect(withoutBlanks(shown)).toContain(withoutBlanks(list.join('')));
      }),
    );
  });

  it('has no line over 72 columns but those of a single word, whatever the text', () => {
    fc.assert(
      fc.property(anyText, anyText, (title, text) => {
        fc.pre(title.trim() !== '' && parseProse(text).spans.length === 0 && text !== '');
        const shown = format(makeItem({ title, byline: bylineOf(text), body: paragraphs(text) }));

        for (const line of shown.split('\n')) {
          const isOneWord = !/[^\S\u00a0\u202f]/u.test(line.replace(/(?: [·–—])+$/u, ''));
          if (!isOneWord) expect(listClusters(line).length).toBeLessThanOrEqual(72);
        }
      }),
    );
  });

  it('keeps a separating dot with what is before it, and a period on one line', () => {
    const title = 'A Title That Is Exactly As Long As One Line Of Such A Mail Can Be, So';
    const { issue } = makeItem(
      { title, likes: 5 },
      { title: 'An Issue That Has Quite A Long Title' },
    );

    const lines = format(
      makeIssueDigest({ ...issue, title: 'A Very Long Title Of An Issue Indeed, So Be It' }),
    ).split('\n');

    expect(lines.filter((line) => /^\s*·/.test(line))).toEqual([]);
    expect(lines.slice(0, 3)).toEqual([
      'Issue #7: A Very Long Title Of An Issue Indeed, So Be It ·',
      'Apr 1 – 7, 2026'.replaceAll(' ', '\u00a0'),
      '='.repeat(58),
    ]);
  });

  it('puts an editor’s own text between title and closing line', () => {
    const item = makeItem({ title: 'T', topics: ['Size'], body: paragraphs('Not this.') });

    const text = format(item, { ownText: 'One [link](https://x.example).\n---\nTwo.' });

    expect(text.split('\n\n')).toEqual([
      'T\n=',
      'One link\u00a0[1].',
      '* * *',
      'Two.',
      'From issue #7, Apr 1 – 7, 2026: An Issue'.replace(
        'Apr 1 – 7, 2026',
        'Apr\u00a01\u00a0–\u00a07,\u00a02026',
      ),
      '[1] https://x.example',
    ]);
  });

  it('keeps the lines of an editor’s own text', () => {
    const word = 'and it is so small that one line of a mail has no room to say how small';

    const text = format(makeItem(), {
      ownText: `Two things:\n- ${word}\n- it is fast\n\nRead on.`,
    });

    expect(text.split('\n\n').slice(1, 3)).toEqual([
      'Two things:\n• and it is so small that one line of a mail has no room to say how\n  small\n• it is fast',
      'Read on.',
    ]);
  });

  it('says what an image shows, and has its caption below it', () => {
    const image = { kind: 'figure', imageUrl: 'https://img.example/a.png' } as const;
    const write = (words: { alt?: string; caption?: string }): string =>
      format(makeItem({ body: [{ ...image, ...words }] })).split('\n\n')[1] ?? '';

    const url = 'https://img.example/a.png';
    expect(write({ alt: 'Two bars', caption: 'The *size*' })).toBe(`[Two bars]\n${url}\nThe size`);
    expect(write({ alt: 'The size', caption: 'The size' })).toBe(`[The size]\n${url}`);
    expect(write({ alt: 'Two bars' })).toBe(`[Two bars]\n${url}`);
    expect(write({})).toBe(`[Figure from the paper]\n${url}`);
  });

  it('chooses sentences for a brief mail', () => {
    const sentences = Array.from({ length: 80 }, (_, k) => `Finding ${k} is about item ${k}.`);

    const text = format(makeItem({ body: paragraphs(sentences.join(' ')) }), { length: 'brief' });

    expect(text).toContain('Finding ');
    expect(text.length).toBeLessThan(750);
  });

  it('lists a digest with the address of each paper below it', () => {
    const { issue } = makeItem(
      { title: 'Small', url: 'https://arxiv.example/1', likes: 5 },
      { url: 'https://news.example/7' },
    );
    const news = [{ likes: 7, text: 'It is [out](https://m.example).', figures: [] }];

    expect(format(makeIssueDigest({ ...issue, news })).replaceAll('\u00a0', ' ')).toBe(
      `Issue #7: An Issue · Apr 1 – 7, 2026
====================================

Papers
------

- Small · ♥ 5
  https://arxiv.example/1

News
----

- ♥ 7 · It is out [1].

Read issue #7: An Issue
https://news.example/7

[1] https://m.example`,
    );
  });
});
