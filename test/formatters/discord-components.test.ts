import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkDiscordMessage, discordFormatter } from '../../formatters/discord.ts';
import type { DiscordComponentMessage } from '../../formatters/discord-components.ts';
import type { FormatOptions } from '../../formatters/draft.ts';
import { formatItem, readDraft } from '../../formatters/index.ts';
import type { Item } from '../../formatters/item.ts';
import { findMessageProblems } from '../fakes/discord/rules.ts';
import { bylineOf, makeItem, paragraphs } from './make-item.ts';
import { anyText, withoutBlanks } from './text/arbitrary-text.ts';
import { readDiscord } from './text/discord-reader.ts';

const OPTIONS: FormatOptions = { languages: ['en'], discord: { layout: 'components' } };

const format = (item: Item, options: Partial<FormatOptions> = {}): DiscordComponentMessage[] =>
  discordFormatter
    .format(item, { ...OPTIONS, ...options })
    .posts.flatMap((post) => (post.components === undefined ? [] : [post]));

const childrenOf = (message: DiscordComponentMessage | undefined) =>
  message?.components[0]?.components ?? [];

const textsOf = (message: DiscordComponentMessage | undefined): string[] =>
  childrenOf(message).flatMap((one) => (one.type === 10 ? [one.content] : []));

/** What the rules of Discord's own say, apart from the code under test. */
function expectAccepted(message: DiscordComponentMessage): void {
  const context = { isV2: true, fileNames: [] };
  expect(findMessageProblems(JSON.parse(JSON.stringify(message)), context)).toEqual([]);
  expect(checkDiscordMessage(message)).toBeUndefined();
  expect(textsOf(message).join('').length).toBeLessThanOrEqual(4000 - 20);
}

describe('discordFormatter with components', () => {
  it('writes title, byline, words, images, buttons and a small footer in a frame', () => {
    const item = makeItem(
      {
        title: 'Small *Models*',
        url: 'https://arxiv.example/1',
        byline: bylineOf('Osei et al.'),
        likes: 882,
        pick: true,
        body: [
          ...paragraphs('It is small.'),
          { kind: 'figure', caption: 'The *size*', imageUrl: 'https://img.example/a.png' },
          { kind: 'figure', caption: 'Nothing', alt: '' },
          { kind: 'figure', imageUrl: 'https://img.example/b.png' },
        ],
      },
      { url: 'https://news.example/7' },
    );

    expect(format(item)).toEqual([
      {
        flags: 32768,
        components: [
          {
            type: 17,
            accent_color: 0xe0a526,
            components: [
              { type: 10, content: '## [Small \\*Models\\*](https://arxiv.example/1)' },
              {
                type: 10,
                content: '*Osei et al.*\n♥ 882 · ⭐ Editor’s pick\n\nIt is small.',
              },
              {
                type: 12,
                items: [
                  { media: { url: 'https://img.example/a.png' }, description: 'The size' },
                  {
                    media: { url: 'https://img.example/b.png' },
                    description: 'Figure from the paper',
                  },
                ],
              },
              {
                type: 1,
                components: [
                  { type: 2, style: 5, label: 'Read the paper', url: 'https://arxiv.example/1' },
                  { type: 2, style: 5, label: 'Read the issue', url: 'https://news.example/7' },
                ],
              },
              { type: 14 },
              { type: 10, content: '-# Issue #7 · Apr 1 – 7, 2026 · paper 1 of 1' },
            ],
          },
        ],
        allowed_mentions: { parse: [] },
      },
    ]);
  });

  it('speaks the language of the destination', () => {
    const item = makeItem({ url: 'https://arxiv.example/1' });

    const row = childrenOf(format(item, { languages: ['de-AT'] })[0]).find(
      ({ type }) => type === 1,
    );

    expect(row).toMatchObject({ components: [{ label: 'Zum Paper' }] });
  });

  it('splits a long text over messages, with every word in order and a footer for each', () => {
    const sentences = Array.from({ length: 500 }, (_, k) => `Sentence ${k} is here.`);
    const item = makeItem({
      url: 'https://arxiv.example/1',
      body: paragraphs(sentences.join(' ')),
    });

    const messages = format(item);

    messages.forEach(expectAccepted);
    const texts = messages.map(textsOf);
    const shown = texts.flatMap((list, index) => list.slice(index === 0 ? 1 : 0, -1));
    expect(withoutBlanks(shown.map((text) => readDiscord(text).text).join(' '))).toBe(
      withoutBlanks(sentences.join(' ')),
    );
    expect(messages.length).toBe(4);
    expect(texts.map((list) => list.at(-1)?.split(' · ').at(-1))).toEqual(
      messages.map((_, index) => `part ${index + 1} of 4`),
    );
    const hasButtons = messages.map((one) => childrenOf(one).some(({ type }) => type === 1));
    expect(hasButtons).toEqual([false, false, false, true]);
  });

  it('shows each image under the words that it stands by, and one on a brief card', () => {
    const image = (name: string) =>
      ({ kind: 'figure', caption: name, imageUrl: `https://img.example/${name}` }) as const;
    const part = (k: number) => paragraphs(`Part ${k} is about this. `.repeat(150));
    const item = makeItem({
      body: [image('first'), ...part(1), image('one'), ...part(2), image('two'), image('three')],
    });
    const namesOf = (message: DiscordComponentMessage | undefined): string[] =>
      childrenOf(message).flatMap((one) =>
        one.type === 12 ? one.items.map(({ description }) => description) : [],
      );

    const messages = format(item);
    const [brief] = format(item, { length: 'brief' });

    expect(messages.map(namesOf)).toEqual([
      ['first', 'one'],
      ['two', 'three'],
    ]);
    expect(namesOf(brief)).toEqual(['first']);
  });

  it('tells of images that no gallery has room for', () => {
    const body = Array.from({ length: 12 }, (_, k) => ({
      kind: 'figure' as const,
      imageUrl: `https://img.example/${k}`,
    }));

    const { told } = discordFormatter.format(makeItem({ body }), OPTIONS);

    expect(told).toHaveLength(1);
    expect(told?.[0]).toMatch(/\b2\b/);
  });

  it.each([
    ['an endless title', { title: '*'.repeat(5000) }],
    ['a title that is an address', { title: 'https://x.example/a', url: 'https://x.example/a' }],
    ['an endless address', { url: `https://x.example/${'a'.repeat(3000)}` }],
    ['an address of 1,000 characters', { url: `https://x.example/${'a'.repeat(982)}` }],
    ['a title of many lines', { title: 'a\n# b\n@everyone' }],
    [
      'forty images',
      {
        body: Array.from({ length: 40 }, (_, k) => ({
          kind: 'figure' as const,
          caption: 'x'.repeat(3000),
          imageUrl: `https://img.example/${k}.png`,
        })),
      },
    ],
  ])('stays within every limit for %s', (_what, paper) => {
    const messages = format(makeItem(paper));

    expect(messages.length).toBeGreaterThan(0);
    messages.forEach(expectAccepted);
  });

  it('stays within every limit whatever the text, and links nothing but what is ours', () => {
    fc.assert(
      fc.property(anyText, anyText, fc.integer({ min: 1, max: 40 }), (title, text, times) => {
        fc.pre(title.trim() !== '' && text !== '');
        const topics = [text.slice(0, 40)].filter((topic) => topic !== '');
        const messages = format(makeItem({ title, topics, body: paragraphs(text.repeat(times)) }));

        messages.forEach(expectAccepted);
      }),
      { numRuns: 60 },
    );
  });

  it('is read back with its buttons', () => {
    const item = makeItem({ url: 'https://arxiv.example/1', body: paragraphs('Words.') });

    expect(readDraft(formatItem(item, 'discord', OPTIONS))).toEqual([
      '## [A Paper](https://arxiv.example/1)\n\nWords.\n\n[ Read the paper ]\n\n-# Issue #7 · Apr 1 – 7, 2026 · paper 1 of 1',
    ]);
  });
});

describe('checkDiscordMessage of components', () => {
  const [sound] = format(makeItem({ body: paragraphs('Words.') }));
  const withChildren = (...components: ReturnType<typeof childrenOf>[number][]) =>
    ({
      ...(sound as DiscordComponentMessage),
      components: [{ type: 17, accent_color: 0, components }],
    }) satisfies DiscordComponentMessage;
  const text = (content: string) => ({ type: 10, content }) as const;
  const button = (label: string, url: string) =>
    ({ type: 1, components: [{ type: 2, style: 5, label, url }] }) as const;
  const image = (url: string, description: string) => ({ media: { url }, description });

  it.each([
    ['too many components', withChildren(...Array(40).fill(text('a'))), '41 components'],
    ['too much text', withChildren(text('a'.repeat(2000)), text('b'.repeat(2000))), 'at most 39'],
    ['an empty text', withChildren(text('')), 'empty'],
    ['no text', withChildren({ type: 14 }), 'empty'],
    ['a long label', withChildren(text('a'), button('x'.repeat(81), 'https://x.example')), '81'],
    [
      'a long button address',
      withChildren(text('a'), button('x', `https://x.example/${'a'.repeat(500)}`)),
      'at most 512',
    ],
    ['an empty gallery', withChildren(text('a'), { type: 12, items: [] }), '0 images'],
    [
      'a long alternative text',
      withChildren(text('a'), { type: 12, items: [image('https://x.example', 'x'.repeat(1025))] }),
      '1025',
    ],
    [
      'a long image address',
      withChildren(text('a'), {
        type: 12,
        items: [image(`https://x.example/${'a'.repeat(2048)}`, 'x')],
      }),
      'at most 2048',
    ],
  ])('refuses %s', (_what, wrong, why) => {
    expect(checkDiscordMessage(wrong)).toContain(why);
  });
});
