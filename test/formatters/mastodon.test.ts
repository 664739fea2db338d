import { describe, expect, it } from 'vitest';
import type { DraftFor, FormatOptions } from '../../formatters/draft.ts';
import type { Item } from '../../formatters/item.ts';
import {
  checkMastodonStatus,
  type MastodonStatus,
  mastodonFormatter,
} from '../../formatters/mastodon.ts';
import type { Block } from '../../src/issue/schema.ts';
import { bylineOf, makeItem, paragraphs } from './make-item.ts';

const format = (item: Item, options: Partial<FormatOptions> = {}): DraftFor<'mastodon'> =>
  mastodonFormatter.format(item, { languages: ['en'], ...options });
const write = (item: Item, options: Partial<FormatOptions> = {}): readonly MastodonStatus[] =>
  format(item, options).posts;

const figure = (name: string, over: object = {}): Block => ({
  kind: 'figure',
  imageUrl: `https://img.example.org/${name}.png`,
  ...over,
});
const post = (over: Partial<MastodonStatus>): MastodonStatus => ({
  status: 'Words.',
  visibility: 'public',
  language: 'en',
  ...over,
});
const sentences = (count: number): string => 'Some words that say what it is about. '.repeat(count);

describe('mastodonFormatter', () => {
  it('opens with the address of the paper below its labels, and closes with that of the issue', () => {
    const item = makeItem(
      {
        title: 'Small Models',
        url: 'https://arxiv.org/abs/1',
        byline: bylineOf('Osei et al. [MIT]'),
        likes: 4300,
        topics: ['LLM Scaling Law'],
        body: paragraphs('It is [small](https://x.org/a).'),
      },
      { url: 'https://news.example.org/p/7' },
    );

    expect(write(item)).toEqual([
      {
        status: [
          'Small Models',
          'Osei et al. [MIT]\n♥ 4.3k · #LLMScalingLaw\nhttps://arxiv.org/abs/1',
          'It is small (https://x.org/a).',
          'From issue #7, Apr 1 – 7, 2026: An Issue\nhttps://news.example.org/p/7',
        ].join('\n\n'),
        visibility: 'public',
        language: 'en',
      },
    ]);
  });

  it('is public in its first post, and unlisted in every other', () => {
    const posts = write(makeItem({ body: paragraphs(sentences(60)) }));

    expect(posts.length).toBeGreaterThan(3);
    expect(posts.map(({ visibility }) => visibility)).toEqual([
      'public',
      ...posts.slice(1).map(() => 'unlisted'),
    ]);
  });

  it('names the language without its region', () => {
    const languageOf = (...languages: string[]) => write(makeItem(), { languages })[0]?.language;

    expect([languageOf('de-AT', 'en'), languageOf('zh-Hant'), languageOf()]).toEqual([
      'de',
      'zh',
      'en',
    ]);
  });

  it('keeps to what the server allows', () => {
    const body = paragraphs(`${sentences(20)} https://x.org/${'a'.repeat(2_000)}`);
    const small = { maxCharacters: 120, charactersPerUrl: 40 };
    const large = { maxCharacters: 5_000, charactersPerUrl: 23 };

    const posts = write(makeItem({ body }), { mastodon: small });

    expect(posts.length).toBeGreaterThan(7);
    expect(posts.map((one) => checkMastodonStatus(one, small))).toEqual(posts.map(() => undefined));
    expect(write(makeItem({ body }), { mastodon: large })).toHaveLength(1);
  });

  it('mentions nobody', () => {
    const item = makeItem({ body: paragraphs('With @bob@x.org and .@carol.') });

    const text = write(item)[0]?.status ?? '';

    expect(text).toContain('With @\u2060bob@\u2060x.org and .@\u2060carol.');
  });

  it('brings the images of the figures in a post, four at most, the rest in the next one', () => {
    const many = ['a', 'b', 'c', 'd', 'e'].map((name) => figure(name));
    const body = [...paragraphs(sentences(12)), ...many, ...paragraphs(sentences(12))];

    const { posts, told } = format(makeItem({ body }));

    const names = posts.map(({ media = [] }) => media.map(({ url }) => url.at(-5)));
    expect(names.flat()).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(names.every((list) => list.length <= 4)).toBe(true);
    expect(told).toBeUndefined();
  });

  it('tells of images that found no place', () => {
    const many = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => figure(name));

    const { posts, told } = format(makeItem({ body: [...paragraphs('Words.'), ...many] }));

    expect(posts).toHaveLength(1);
    expect(posts[0]?.media).toHaveLength(4);
    expect(told).toEqual(['2 of its images found no place.']);
  });

  it('describes an image by its alternative text, its caption, or as a figure', () => {
    const body = [
      ...paragraphs('Words.'),
      figure('a', { alt: 'A curve.', caption: 'Scores' }),
      figure('b', { caption: '*Scores* of [it](https://x.org)' }),
      figure('c', { alt: 'a'.repeat(1_600) }),
      figure('d'),
    ];

    const [first] = write(makeItem({ body }));

    expect(first?.media?.map(({ description }) => description)).toEqual([
      'A curve.',
      'Scores of it',
      `${'a'.repeat(1_499)}…`,
      'Figure from the paper',
    ]);
  });
});

describe('checkMastodonStatus', () => {
  const media = (description: string, url = 'https://img.example.org/a.png') => [
    { url, description },
  ];

  it('passes what is exactly at the limits', () => {
    expect(checkMastodonStatus(post({ status: 'a'.repeat(500) }))).toBeUndefined();
    const status = `${'a'.repeat(476)} https://x.org/${'b'.repeat(900)}`;
    expect(checkMastodonStatus(post({ status }))).toBeUndefined();
    expect(checkMastodonStatus(post({ media: media('a'.repeat(1_500)) }))).toBeUndefined();
  });

  it.each([
    ['501 characters', { status: 'a'.repeat(501) }, 'its text has 501 characters, at most 500'],
    ['a long description', { media: media('a'.repeat(1_501)) }, '1501 code points, at most 1500'],
    ['five images', { media: Array(5).fill(media('a')).flat() }, 'it has 5 images, at most 4'],
    ['an image not of the web', { media: media('a', 'file:///a') }, 'no image can be loaded from'],
  ])('refuses %s', (_what, over, why) => {
    expect(checkMastodonStatus(post(over))).toContain(why);
  });

  it('asks the server’s own limits', () => {
    const server = { maxCharacters: 10, charactersPerUrl: 23 };

    expect(checkMastodonStatus(post({ status: 'a'.repeat(11) }), server)).toContain('at most 10');
  });
});
