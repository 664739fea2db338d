import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkDiscordMessage,
  type DiscordEmbed,
  type DiscordEmbedMessage,
  discordFormatter,
} from '../../formatters/discord.ts';
import type { FormatOptions } from '../../formatters/draft.ts';
import type { Item } from '../../formatters/item.ts';
import { bylineOf, makeItem, paragraphs } from './make-item.ts';
import { anyText, withoutBlanks } from './text/arbitrary-text.ts';
import { readDiscord } from './text/discord-reader.ts';

const format = (item: Item, options: Partial<FormatOptions> = {}): DiscordEmbedMessage[] =>
  discordFormatter
    .format(item, { languages: ['en'], ...options })
    .posts.flatMap((post) => (post.embeds === undefined ? [] : [post]));

const embedsOf = (item: Item, options?: Partial<FormatOptions>): DiscordEmbed[] =>
  format(item, options).flatMap(({ embeds }) => embeds);

/** Counted by hand, in code points and in UTF-16 units. */
function expectWithinLimits({ embeds, allowed_mentions }: DiscordEmbedMessage): void {
  expect(allowed_mentions).toEqual({ parse: [] });
  const texts = embeds.map(
    ({ title = '', description, footer }) => title + description + footer.text,
  );
  expect(texts.join('').length).toBeLessThanOrEqual(6000);
  for (const { title = '', description, footer } of embeds) {
    expect(title.length).toBeLessThanOrEqual(256);
    expect(description.length).toBeLessThanOrEqual(4096);
    expect([...description].length).toBeLessThanOrEqual(4096);
    expect(footer.text.length).toBeLessThanOrEqual(2048);
  }
}

const message = (over: Partial<DiscordEmbed>, count = 1): DiscordEmbedMessage => ({
  embeds: Array.from({ length: count }, () => ({
    description: 'a',
    color: 0,
    footer: { text: 'f' },
    ...over,
  })),
  allowed_mentions: { parse: [] },
});

describe('discordFormatter', () => {
  it('writes one card of title, byline, labels, words and footer', () => {
    const item = makeItem({
      title: 'Small *Models*',
      url: 'https://arxiv.example/1',
      byline: bylineOf('Osei et al. [MIT]'),
      likes: 882,
      topics: ['Data filtering'],
      pick: true,
      body: [
        { kind: 'heading', text: 'Why' },
        ...paragraphs('It is [small](https://x.example).'),
        { kind: 'figure', caption: 'None', imageUrl: 'https://img.example/a.png' },
      ],
    });

    const messages = format(item);

    expect(messages).toEqual([
      {
        embeds: [
          {
            title: 'Small \\*Models\\*',
            url: 'https://arxiv.example/1',
            description:
              '*Osei et al. \\[MIT\\]*\n♥ 882 · Data filtering · ⭐ Editor’s pick\n\n**Why**\n\nIt is [small](https://x.example).',
            color: 0xe0a526,
            image: { url: 'https://img.example/a.png' },
            footer: { text: 'Issue #7 · Apr 1 – 7, 2026 · paper 1 of 1' },
          },
        ],
        allowed_mentions: { parse: [] },
      },
    ]);
  });

  it('shows title, byline, topics and words letter for letter, and pings nobody', () => {
    const trouble = fc
      .array(
        fc.constantFrom(
          '@everyone',
          '<@123>',
          '`',
          '||',
          '# ',
          '> ',
          '-# ',
          '1. ',
          '[x](y)',
          ':smile:',
          '_',
          '*',
          'word',
          ' ',
          '~~',
          '<#1>',
          'https://x.example/a_b',
          '\\',
        ),
        { minLength: 1, maxLength: 12 },
      )
      .map((parts) => parts.join('').trim())
      .filter((text) => text !== '');
    fc.assert(
      fc.property(trouble, trouble, trouble, (title, byline, topic) => {
        const [message] = format(makeItem({ title, byline: bylineOf(byline), topics: [topic] }));

        const [embed] = message?.embeds ?? [];
        const shown = readDiscord(embed?.description ?? '');
        expect(readDiscord(embed?.title ?? '')).toEqual({ text: title, marks: [] });
        expect(shown.text).toBe(`${byline}\n${topic}`);
        // An address is a link to itself, and to nothing else.
        const marks = shown.marks.filter((mark) => !mark.startsWith('link https://x.example/'));
        expect(marks).toEqual(['emphasis']);
        expect(message?.allowed_mentions).toEqual({ parse: [] });
      }),
      { numRuns: 500 },
    );
  });

  it('shows what Markdown in a paragraph leaves as letters', () => {
    const text = 'Hi @everyone <@123> ||no|| ~~no~~ :smile: `a_b` 2 < 3 # x - y';

    const [embed] = embedsOf(makeItem({ body: paragraphs(text) }));

    expect(readDiscord(embed?.description ?? '')).toEqual({
      text: 'Hi @everyone <@123> ||no|| ~~no~~ :smile: a_b 2 < 3 # x - y',
      marks: ['code'],
    });
  });

  it.each([
    ['prose', 'The model is small, and it runs on a phone. '.repeat(460)],
    ['asterisks', 'a 2 * 3 * 4 * 5 * 6 * 7 * 8 is. '.repeat(640)],
    ['one endless word', 'x'.repeat(20_000)],
    ['emoji', '👨‍👩‍👧‍👦'.repeat(2_000)],
    ['astral letters', '𝒳𝒴 '.repeat(7_000)],
    ['dense links', `[a b](https://x.example/${'p'.repeat(300)}) `.repeat(500)],
    ['long links', `[a](https://x.example/${'p'.repeat(4_900)}). `.repeat(5)],
    ['a long bare URL', `See https://x.example/${'p_'.repeat(9_000)} now.`],
    ['single stressed letters', '***a*** '.repeat(3_000)],
    ['underscores', '_'.repeat(20_000)],
  ])('cuts a long paper of %s into parts within every limit', (_what, text) => {
    const messages = format(makeItem({ title: '*'.repeat(300), body: paragraphs(text) }));

    expect(messages.length).toBeGreaterThan(0);
    for (const one of messages) {
      expectWithinLimits(one);
      expect(checkDiscordMessage(one)).toBeUndefined();
    }
  });

  it('keeps every word of a long paper in order, and each part’s footer its own', () => {
    const sentences = Array.from(
      { length: 900 },
      (_, k) => `Sentence ${k} is ${k % 9 ? 'here' : '*here*'}.`,
    );

    const embeds = embedsOf(makeItem({ body: paragraphs(sentences.join(' ')) }));

    const shown = embeds.map(({ description }) => readDiscord(description).text).join(' ');
    expect(withoutBlanks(shown)).toBe(withoutBlanks(sentences.join('').replaceAll('*', '')));
    expect(embeds.length).toBeGreaterThan(3);
    expect(new Set(embeds.map(({ footer }) => footer.text)).size).toBe(embeds.length);
    expect(embeds.at(-1)?.footer.text).toMatch(/ · part (\d+) of \1$/);
    expect(embeds.map(({ title }) => title !== undefined)).toEqual(embeds.map((_, k) => k === 0));
  });

  it('stays within every limit whatever the text', () => {
    fc.assert(
      fc.property(anyText, anyText, fc.integer({ min: 1, max: 60 }), (title, text, times) => {
        fc.pre(title !== '' && text !== '');
        const messages = format(makeItem({ title, body: paragraphs(text.repeat(times)) }));

        expect(messages.length).toBeGreaterThan(0);
        for (const one of messages) expectWithinLimits(one);
      }),
      { numRuns: 80 },
    );
  });

  it('writes a card for a paper of which only the title is known', () => {
    const messages = format(makeItem({ title: 'Alone' }));

    expect(messages.map(({ embeds }) => embeds[0]?.title)).toEqual(['Alone']);
    expect(messages.map(checkDiscordMessage)).toEqual([undefined]);
  });

  it('leaves out an address that Discord would refuse', () => {
    const long = `https://x.example/${'a'.repeat(2_048)}`;
    const image = { kind: 'figure', imageUrl: long } as const;

    const [embed] = embedsOf(makeItem({ url: long, body: [image] }));

    expect(embed).not.toHaveProperty('url');
    expect(embed).not.toHaveProperty('image');
  });
});

describe('checkDiscordMessage', () => {
  it('passes what is exactly at the limits', () => {
    const most = { title: 'a'.repeat(256), description: 'b'.repeat(4096) };

    expect(checkDiscordMessage(message(most))).toBeUndefined();
    expect(checkDiscordMessage(message({ description: 'b'.repeat(599) }, 10))).toBeUndefined();
  });

  it.each([
    ['a long title', message({ title: 'a'.repeat(257) }), '257'],
    [
      'a long description',
      message({ description: 'a'.repeat(4097) }),
      '4097 code points, at most 4096',
    ],
    [
      'a description long in UTF-16',
      message({ description: '𝒳'.repeat(2049) }),
      '4098 UTF-16 units',
    ],
    ['a long footer', message({ footer: { text: 'a'.repeat(2049) } }), 'at most 2048'],
    [
      '6,001 in all',
      message({ description: 'a'.repeat(3000), footer: { text: '' }, title: 'b' }, 2),
      '6002',
    ],
    ['eleven embeds', message({}, 11), 'it has 11 embeds, at most 10'],
    ['a long address', message({ url: `https://x.example/${'a'.repeat(2_048)}` }), 'at most 2048'],
    ['no embed', message({}, 0), 'it is empty'],
  ])('refuses %s', (_what, wrong, why) => {
    expect(checkDiscordMessage(wrong)).toContain(why);
  });
});
