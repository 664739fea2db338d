import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeIssueDigest } from '../../formatters/digest.ts';
import {
  checkDiscordMessage,
  type DiscordEmbed,
  type DiscordEmbedMessage,
  discordFormatter,
} from '../../formatters/discord.ts';
import type { FormatOptions } from '../../formatters/draft.ts';
import { type Item, listItems } from '../../formatters/item.ts';
import type { Block } from '../../src/issue/schema.ts';
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

const body = Array.from({ length: 18 }, (_, k) => `Finding ${k} is about item ${k}. `.repeat(20));

describe('a card’s length', () => {
  const item = makeItem({ byline: bylineOf('Osei'), body: paragraphs(...body) });

  it('brief: one short card of the text’s own sentences, in order', () => {
    const [embed, ...others] = embedsOf(item, { length: 'brief' });

    const [byline, ...texts] = embed?.description.split('\n\n') ?? [];
    expect(others).toEqual([]);
    expect(byline).toBe('*Osei*');
    expect(texts.join('\n\n').length).toBeLessThanOrEqual(600);
    expect(texts.length).toBeGreaterThan(0);
    let from = 0;
    for (const sentence of texts.join(' ').match(/[^.]+\./g) ?? []) {
      from = body.join('').indexOf(sentence.trim(), from) + 1;
      expect(from).toBeGreaterThan(0);
    }
  });

  it('maxPosts: all of the text where it fits, else at most so many messages', () => {
    const whole = embedsOf(item);

    expect(whole.length).toBe(3);
    expect(embedsOf(item, { length: { maxPosts: 3 } })).toEqual(whole);
    expect(embedsOf(item, { length: { maxPosts: 9 } })).toEqual(whole);
    expect(embedsOf(item, { length: { maxPosts: 2 } })).toHaveLength(2);
    const [one] = embedsOf(item, { length: { maxPosts: 1 } });
    expect(one?.description.length).toBeGreaterThan(2500);
    expect(one?.footer.text).not.toContain('part');
  });

  it('is kept whatever the text', () => {
    const layouts = fc.constantFrom('embeds' as const, 'components' as const);
    const posts = fc.integer({ min: 1, max: 3 });
    const times = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(anyText, anyText, times, posts, layouts, (byline, text, n, maxPosts, layout) => {
        const long = makeItem({ byline: bylineOf(byline), body: paragraphs(text.repeat(n)) });
        const { posts: written } = discordFormatter.format(long, {
          languages: ['en'],
          length: { maxPosts },
          discord: { layout },
        });

        expect(written.length).toBeGreaterThan(0);
        expect(written.length).toBeLessThanOrEqual(maxPosts);
        expect(written.map(checkDiscordMessage).filter((why) => why !== undefined)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

describe('an editor’s own text', () => {
  it('takes the place of the description, a message for each post', () => {
    const item = makeItem({ title: 'Small', topics: ['Size'], body: paragraphs('Not this.') });

    const embeds = embedsOf(item, { ownText: 'Read *this*.\n\nAnd this.\n---\nThen this.' });

    expect(embeds.map(({ title, description }) => [title, description])).toEqual([
      ['Small', 'Read *this*.\n\nAnd this.'],
      [undefined, 'Then this.'],
    ]);
  });
});

describe('the lines of an editor’s own text', () => {
  it('stay lines', () => {
    const ownText = 'Two things:\n- it is *small*\n- it is fast\n\nRead on.';

    const [embed] = embedsOf(makeItem(), { ownText });

    expect(embed?.description).toBe('Two things:\n• it is *small*\n• it is fast\n\nRead on.');
  });
});

describe('a digest', () => {
  const { issue, paper } = makeItem(
    { title: 'Small Models', url: 'https://arxiv.example/1', likes: 4300, pick: true },
    { url: 'https://news.example/7' },
  );
  const second = { ...paper, slug: 'b', title: 'Big [Models]', likes: 12, pick: false };
  const news = [
    { likes: 99, text: 'A [model](https://m.example) is out. It is big.', figures: [] },
    { text: 'Another one is not. It is late.', figures: [] },
  ];
  const whole = { ...issue, papers: [paper, second], news };

  it('of an issue lists linked papers and news under headings', () => {
    const [embed, ...others] = embedsOf(makeIssueDigest(whole));

    expect(others).toEqual([]);
    expect(embed).toEqual({
      title: 'Issue #7: An Issue · Apr 1 – 7, 2026',
      url: 'https://news.example/7',
      description: [
        '**Papers**',
        '',
        '• [Small Models](https://arxiv.example/1) · ♥ 4.3k · ⭐ Editor’s pick',
        '• [Big \\[Models\\]](https://arxiv.example/1) · ♥ 12',
        '',
        '**News**',
        '',
        '♥ 99 · A [model](https://m.example) is out. It is big.',
        '',
        'Another one is not. It is late.',
      ].join('\n'),
      color: 0x2f6f9f,
      footer: { text: 'Issue #7 · Apr 1 – 7, 2026' },
    });
  });

  it('tells its news in a sentence each where it must be short', () => {
    const [embed] = embedsOf(makeIssueDigest(whole), { length: 'brief' });

    expect(embed?.description).toMatch(
      /♥ 99 · A \[model\]\(https:\/\/m.example\) is out.\n\nAnother one is not.$/,
    );
  });

  it('keeps within the messages that it may have', () => {
    const papers = Array.from({ length: 80 }, (_, k) => ({
      ...paper,
      slug: `p-${k}`,
      title: `Paper ${k} ${'of a long title '.repeat(8)}`,
    }));
    const long = makeIssueDigest({ ...whole, papers });

    const all = format(long);
    const two = format(long, { length: { maxPosts: 2 } });

    expect(all.length).toBeGreaterThan(2);
    expect(two).toHaveLength(2);
    for (const one of [...all, ...two]) expectWithinLimits(one);
    const shown = all.flatMap(({ embeds }) => embeds.map(({ description }) => description));
    expect(shown.join('\n').match(/Paper \d+ /g)).toEqual(papers.map((_, k) => `Paper ${k} `));
  });

  it('has a footer unlike that of any other item, whatever the templates say', () => {
    const templates = { title: 'x', issueDigest: 'x', newsDigest: 'x', topicDigest: 'x' };
    const issueDigest = makeIssueDigest(whole);
    const items: Item[] = [
      ...listItems(whole),
      issueDigest,
      { ...issueDigest, scope: 'news', key: 'news', entries: [] },
      { ...issueDigest, scope: 'topic', key: 'topic/a', topic: 'Alignment', news: [] },
      { ...issueDigest, scope: 'topic', key: 'topic/b', topic: 'Size', news: [] },
      { ...issueDigest, scope: 'month', key: 'month/2026-04', news: [] },
    ];

    const footers = items.flatMap((item) =>
      embedsOf(item, { templates }).map(({ footer }) => footer.text),
    );

    expect(new Set(footers).size).toBe(items.length);
  });

  it('of several issues leads to the newest in its last line', () => {
    const other = { ...whole, number: 6 };
    const item = {
      ...makeIssueDigest(whole),
      scope: 'topic',
      topic: 'Size',
      news: [],
      entries: [
        { issue: whole, paper },
        { issue: other, paper: second },
      ],
    } as const;

    const [embed] = embedsOf(item);

    expect(embed?.title).toBe('Size, Apr 1 – 7, 2026');
    expect(embed?.footer.text).toBe('Papers · Size · #6 – #7');
    expect(embed?.url).toBeUndefined();
    expect(embed?.description).toMatch(/\n\n[^\n]+\[An Issue\]\(https:\/\/news.example\/7\)$/);
  });
});

describe('what a person should know', () => {
  it('is that a word was longer than a message', () => {
    const item = makeItem({ body: paragraphs(`See ${'x'.repeat(9_000)} there.`) });

    const { told } = discordFormatter.format(item, { languages: ['en'] });

    expect(told).toHaveLength(1);
    expect(told?.[0]).toMatch(/^“x+…” .* cut\.$/);
  });

  it('is that an embed has one image', () => {
    const body = Array.from({ length: 8 }, (_, k) => ({
      kind: 'figure' as const,
      imageUrl: `https://img.example/${k}`,
    }));
    const long = { kind: 'figure', imageUrl: `https://x.example/${'a'.repeat(2_048)}` } as const;
    const tell = (options: Partial<FormatOptions>, blocks: Block[] = body) =>
      discordFormatter.format(makeItem({ body: blocks }), { languages: ['en'], ...options }).told;

    expect(tell({})).toEqual(['7 of its images found no place.']);
    expect(tell({}, [long])).toEqual(['1 of its images found no place.']);
    expect(tell({ discord: { layout: 'components' } })).toBeUndefined();
    expect(tell({ length: 'brief' })).toBeUndefined();
  });

  it('is nothing otherwise', () => {
    const item = makeItem({ body: paragraphs('All is well.') });

    expect(discordFormatter.format(item, { languages: ['en'] })).not.toHaveProperty('told');
  });
});
