import { expect, test } from 'vitest';
import { formatItem } from '../../formatters/index.ts';
import { listExtras } from '../../formatters/list-extras.ts';
import { isSpoken } from '../../src/cli/is-spoken.ts';
import { parseLength, toItemRequest } from '../../src/cli/item-options.ts';
import { makeItem, paragraphs } from '../formatters/make-item.ts';

const item = makeItem({
  title: 'A Paper',
  url: 'https://arxiv.org/abs/1',
  body: [
    ...paragraphs('It is [here](https://code.example).'),
    { kind: 'figure', imageUrl: 'https://img.example/1.png', alt: 'A curve' },
    ...paragraphs('More of it. '.repeat(40)),
  ],
});

test('a preview tells where links lead, and what is shown beside the text', () => {
  const extras = (platform: 'bluesky' | 'mastodon' | 'discord' | 'x'): string =>
    listExtras(formatItem(item, platform, { languages: ['en'] }))
      .flat()
      .join('\n');

  expect(extras('bluesky')).toContain('[link: A Paper → https://arxiv.org/abs/1]');
  expect(extras('bluesky')).toContain('[link: here → https://code.example]');
  expect(extras('bluesky')).toContain('[card → https://arxiv.org/abs/1]');
  expect(extras('bluesky')).toContain('[image: A curve (https://img.example/1.png)]');
  expect(extras('mastodon')).toContain('[image: A curve (https://img.example/1.png)]');
  expect(extras('discord')).toContain('[image: https://img.example/1.png]');
  expect(extras('x')).toBe('');
});

test.each([
  [{ paper: 'a', digest: true as const }],
  [{ digest: true as const, news: true as const }],
  [{ topic: 'a', month: '2026-02' }],
  [{ since: '2026-01-01' }],
  [{ digest: true as const, since: '2026-01-01' }],
])('%j does not say which item is meant', (options) => {
  expect(() => toItemRequest(options)).toThrow(/^Cannot /);
});

test('options that agree make a request', () => {
  expect(toItemRequest({ topic: 'a', since: '2026-01-01' })).toEqual({
    topic: 'a',
    since: '2026-01-01',
  });
  expect(toItemRequest({ news: true })).toEqual({ digest: 'news' });
  expect([parseLength('brief'), parseLength('3')]).toEqual(['brief', { maxPosts: 3 }]);
  expect(() => parseLength('0')).toThrow('1 to 100');
});

test('a language is spoken where it has a wording of its own', () => {
  expect(['en', 'en-GB', 'de-AT', 'fr', 'constructor'].map(isSpoken)).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
});
