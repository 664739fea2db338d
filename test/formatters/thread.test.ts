import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeBlueskyTraits } from '../../formatters/bluesky.ts';
import type { ThreadTraits } from '../../formatters/cutter.ts';
import { makeIssueDigest, makeNewsDigest } from '../../formatters/digest.ts';
import type { FormatOptions, Length } from '../../formatters/draft.ts';
import type { Item } from '../../formatters/item.ts';
import { makeMastodonTraits } from '../../formatters/mastodon.ts';
import { muteMentions } from '../../formatters/mentions.ts';
import { findExceeded } from '../../formatters/text/measure.ts';
import { parseProse } from '../../formatters/text/prose.ts';
import { checkOwnText, makeThread } from '../../formatters/thread.ts';
import { xTraits } from '../../formatters/x.ts';
import { bylineOf, makeItem, paragraphs, readItems } from './make-item.ts';
import { anyText, hardProse } from './text/arbitrary-text.ts';

const english: FormatOptions = { languages: ['en'] };
const platforms: readonly (readonly [string, (options: FormatOptions) => ThreadTraits])[] = [
  ['Bluesky', makeBlueskyTraits],
  ['Mastodon', makeMastodonTraits],
  ['X', () => xTraits],
];
const bluesky = makeBlueskyTraits(english);
const samples = ['issue-093', 'issue-102'].flatMap((name) =>
  readItems(new URL(`../../issues/${name}.txt`, import.meta.url)),
);

const write = (item: Item, options: Partial<FormatOptions> = {}, traits = bluesky): string[] =>
  makeThread(item, { ...english, ...options }, traits).posts.map(({ text }) => text);

const anyLength: fc.Arbitrary<Length> = fc.oneof(
  fc.constantFrom<Length>('thread', 'brief'),
  fc.integer({ min: 1, max: 5 }).map((maxPosts) => ({ maxPosts })),
);
const anyOptions: fc.Arbitrary<FormatOptions> = fc.record({
  languages: fc.constantFrom(['en'], ['de-AT', 'en'], []),
  length: anyLength,
  counters: fc.boolean(),
  hashtags: fc.boolean(),
  emoji: fc.boolean(),
  likes: fc.boolean(),
  compact: fc.boolean(),
});
const someText = fc.oneof(
  anyText,
  hardProse.map(({ prose }) => prose.text),
);
const anyItem: fc.Arbitrary<Item> = fc
  .record({
    title: someText.map((text) => text || 'T'),
    byline: fc.oneof(fc.constant(''), someText).map(bylineOf),
    topics: fc.array(fc.constantFrom('LLM Scaling Law', 'MoE', 'Attention'), { maxLength: 3 }),
    pick: fc.boolean(),
    likes: fc.nat(),
    url: fc.constantFrom('https://arxiv.org/abs/2601.01234', `https://x.org/${'p/'.repeat(600)}`),
    body: fc.array(someText, { maxLength: 4 }).map((texts) => paragraphs(...texts)),
    isDigest: fc.boolean(),
  })
  .map(({ isDigest, ...paper }) => {
    const item = makeItem(paper, {
      url: 'https://news.example.org/p/7',
      title: paper.title,
      news: paper.body.flatMap((block) =>
        block.kind === 'paragraph' ? [{ text: block.text, figures: [], likes: 5 }] : [],
      ),
    });
    return isDigest ? makeIssueDigest(item.issue) : item;
  });

/** A sentence of so many words of four letters, each word its own. */
const long = (words: number, from = 0): string => {
  const list = Array.from({ length: words }, (_, index) => {
    const n = from + index;
    return ['w', n / 400, (n / 20) % 20, n % 20]
      .map((part) => (typeof part === 'string' ? part : String.fromCharCode(97 + Math.floor(part))))
      .join('');
  });
  return `W${list.join(' ').slice(1)}.`;
};

describe.each(platforms)('makeThread for %s', (_name, makeTraits) => {
  it('lets no post over a limit and no thread over its length, whatever item and options', () => {
    fc.assert(
      fc.property(anyItem, anyOptions, (item, options) => {
        const traits = makeTraits(options);

        const { posts } = makeThread(item, options, traits);

        for (const { text } of posts) expect(findExceeded(text, traits.limits)).toBeUndefined();
        const { length } = options;
        const most =
          length === 'brief' ? 1 : typeof length === 'object' ? length.maxPosts : Infinity;
        expect(posts.length).toBeLessThanOrEqual(most);
        expect(posts.length).toBeGreaterThan(0);
      }),
      { numRuns: 30 },
    );
  });

  it('lets no post of an editor over a limit either', () => {
    fc.assert(
      fc.property(fc.array(someText, { minLength: 1, maxLength: 4 }), (texts) => {
        const options = { ...english, ownText: texts.join('\n---\n') };
        const traits = makeTraits(options);

        const { posts } = makeThread(makeItem(), options, traits);

        for (const { text } of posts) expect(findExceeded(text, traits.limits)).toBeUndefined();
      }),
      { numRuns: 30 },
    );
  });

  it('is the whole thread where that has no more posts than are wanted', () => {
    for (const item of samples) {
      const options = { ...english };
      const whole = write(item, options, makeTraits(options));

      expect(write(item, { length: { maxPosts: whole.length } }, makeTraits(options))).toEqual(
        whole,
      );
    }
  });

  it('writes sentences of the paper and nothing else, in their order, title first', () => {
    for (const item of samples) {
      const body = item.paper.body.flatMap((block) =>
        block.kind === 'paragraph' ? [block.text] : [],
      );
      const source = body.join(' ').replace(/\s+/g, ' ');
      for (const length of ['brief', { maxPosts: 2 }] as const) {
        const text = write(item, { length }, makeTraits(english)).join('\n\n');

        expect(text.startsWith(item.paper.title)).toBe(true);
        const shown = text
          .slice(item.paper.title.length)
          .split(/(?<=[.?!])\s+/u)
          .filter((part) => source.includes(part));
        const places = shown.map((part) => source.indexOf(part));
        expect(places.length).toBeGreaterThan(0);
        expect(places).toEqual([...places].sort((a, b) => a - b));
      }
    }
  });
});

describe('makeThread', () => {
  const about = {
    title: 'Small Models',
    byline: bylineOf('Osei et al. [MIT]'),
    likes: 12,
    topics: ['MoE'],
    url: 'https://arxiv.org/abs/1',
  };

  it('writes a brief as one post of title, sentences, and names where room is left', () => {
    const short = makeItem({ ...about, body: paragraphs('It is small.') });
    const full = makeItem({ ...about, body: paragraphs(long(55)) });

    expect(write(short, { length: 'brief' })).toEqual([
      'Small Models\n\nOsei et al.\n♥ 12 · #MoE\n\nIt is small.',
    ]);
    expect(write(full, { length: 'brief' })).toEqual([`Small Models\n\n${long(55)}`]);
  });

  it('keeps header and closing line where posts are few', () => {
    const item = makeItem({
      ...about,
      body: paragraphs(...Array.from({ length: 9 }, (_, k) => long(20, 100 * k))),
    });

    const posts = write(item, { length: { maxPosts: 2 } });

    expect(posts).toHaveLength(2);
    expect(posts[0]).toContain('Small Models\n\nOsei et al. [MIT]\n♥ 12 · #MoE\n\nWaaa waab');
    expect(posts[1]).toMatch(/w[a-z]+\.\n\nFrom issue #7, Apr 1 – 7, 2026: An Issue$/);
  });

  it.each([
    ['the closing line', 46, 'Osei et al.\n♥ 12 · #MoE'],
    ['the labels too', 53, 'Osei et al.'],
    ['the names too', 55, ''],
  ])('gives up %s where a single post has no room for it and a sentence', (_what, words, kept) => {
    const item = makeItem({ ...about, body: paragraphs(`${long(words)} ${long(words, 400)}`) });

    const posts = write(item, { length: { maxPosts: 1 } });

    expect(posts).toEqual([['Small Models', kept, long(words)].filter(Boolean).join('\n\n')]);
  });

  it('shows the beginning of a title that is longer than the only post', () => {
    const item = makeItem({ ...about, title: long(100), body: paragraphs('It is small.') });

    for (const length of ['brief', { maxPosts: 1 }] as const) {
      const [post = ''] = write(item, { length });

      expect(post).toMatch(/^Waaa waab .*w[a-z]+…$/);
      expect(post.length).toBeGreaterThan(290);
    }
  });

  it('numbers the posts of a thread, and no post that stands alone', () => {
    const item = makeItem({ ...about, body: paragraphs(long(40), long(40, 400)) });

    const posts = write(item, { counters: true });

    expect(posts.length).toBeGreaterThan(1);
    posts.forEach((post, index) => {
      expect(post.endsWith(`\n\n${index + 1}/${posts.length}`)).toBe(true);
    });
    expect(write(item, { counters: true, length: 'brief' })[0]).not.toMatch(/\d\/\d/);
  });

  it('begins the text in the first post, counters or not', () => {
    const byline = bylineOf(`Doe et al. [${'University of Somewhere, '.repeat(8)}MIT]`);
    const item = makeItem({ byline, body: paragraphs(`${long(30)} ${long(30, 400)}`) });

    for (const counters of [false, true]) {
      expect(write(item, { counters })[0]).toContain('Waaa waab');
    }
  });

  it('says names once, where they are the whole byline and the first sentence leaves no room', () => {
    const item = makeItem({ byline: bylineOf('Xu et al.'), likes: 7, body: paragraphs(long(55)) });

    const text = write(item).join('\n');

    expect(text.split('Xu et al.')).toHaveLength(2);
  });

  it('shows no names to an editor who wants no byline', () => {
    const item = makeItem({ ...about, body: paragraphs(long(50)) });

    for (const length of ['thread', 'brief', { maxPosts: 2 }] as const) {
      expect(write(item, { length, templates: { byline: '' } }).join('\n')).not.toContain('Osei');
    }
  });

  it('gives no post to a closing that leads nowhere, nor a word less of the text', () => {
    const body = paragraphs(long(48), long(56, 400));

    const { posts } = makeThread(makeItem({ ...about, body }), english, bluesky);
    const linked = write(makeItem({ ...about, body }, { url: 'https://news.example.org/p/7' }));

    expect(posts.map(({ text }) => text)).toEqual([
      `Small Models\n\nOsei et al. [MIT]\n♥ 12 · #MoE\n\n${long(48)}`,
      long(56, 400),
    ]);
    expect(linked.at(-1)).toMatch(/^From issue #7/);
    expect(linked).toHaveLength(3);
  });

  it('gives the room of such a closing to the text where posts are few', () => {
    const body = paragraphs(long(48), long(56, 400), long(56, 800));

    const posts = write(makeItem({ ...about, body }), { length: { maxPosts: 2 } });

    expect(posts).toHaveLength(2);
    expect(posts[1]).toMatch(/^W/);
    expect(posts[1]).not.toContain('From issue');
  });

  it('lets the last sentence join a closing that would stand alone, for no post more', () => {
    const body = paragraphs(long(30), `${long(40, 400)} ${long(12, 900)}`);
    const item = makeItem({ ...about, body }, { url: 'https://news.example.org/p/7' });

    const posts = write(item);

    expect(posts).toHaveLength(3);
    expect(posts.at(-1)).toBe(`${long(12, 900)}\n\nFrom issue #7, Apr 1 – 7, 2026: An Issue`);
  });

  it('says whose paper it is where the organizations find room only below the text', () => {
    const byline = bylineOf(`Doe et al. [${'University of Somewhere, '.repeat(6)}MIT]`);
    const item = { ...makeItem({ byline, body: paragraphs(long(30)) }), position: 2, count: 4 };

    const posts = write(item);

    expect(posts[0]).toBe(`A Paper\n\nDoe et al.\n\n${long(30)}`);
    expect(posts[1]).toMatch(/^Paper 2 of 4 · Doe et al\. \[.*MIT\]\nFrom issue #7/);
  });

  it('tells that nothing of the text fits, where it has any', () => {
    const [told, none] = [paragraphs(long(70)), []].map(
      (body) => makeThread(makeItem({ body }), { ...english, length: 'brief' }, bluesky).told,
    );
    const few = makeThread(
      makeItem({ body: paragraphs(long(70)) }),
      { ...english, length: { maxPosts: 1 } },
      bluesky,
    );

    expect(told).toEqual(['No sentence of the text fits beside the title.']);
    expect(none).toEqual([]);
    expect(few.told).toEqual(told);
  });

  it('tells of every word that is longer than a post', () => {
    const item = makeItem({ body: paragraphs(`A ${'a'.repeat(700)} and ${'b'.repeat(400)}.`) });

    const { told } = makeThread(item, english, bluesky);

    expect(told).toEqual([
      '“aaaaaaaaaaaaaaaaaaaaaaa…” is longer than a post and was cut.',
      '“bbbbbbbbbbbbbbbbbbbbbbb…” is longer than a post and was cut.',
    ]);
  });

  it('tells nothing of what was left out because it was asked for', () => {
    for (const length of ['brief', { maxPosts: 1 }] as const) {
      for (const item of samples) {
        expect(makeThread(item, { ...english, length }, bluesky).told).toEqual([]);
      }
    }
  });
});

describe('the digest of an issue', () => {
  const [first] = samples;
  const digest = makeIssueDigest({
    ...(first?.issue ?? makeItem().issue),
    url: 'https://news.example.org/p/93',
  });

  it('keeps every line of a paper whole', () => {
    for (const [, makeTraits] of platforms) {
      const posts = write(digest, {}, makeTraits(english));

      for (const { paper } of digest.entries) {
        const [line = ''] = posts.flatMap((post) =>
          post.split('\n').filter((text) => text.startsWith(paper.title)),
        );
        expect(line).toContain('♥');
      }
    }
  });

  it('keeps the pick and the most liked where posts are few, and no heading for one kind', () => {
    const [post = ''] = write(digest, { length: 'brief' });

    expect(post).toContain('⭐ Editor’s pick');
    expect(post).toContain('♥ 4.3k');
    expect(post).not.toContain('♥ 320');
    expect(post).not.toContain('Papers');
  });

  it('leads to the issue from a post that stands alone', () => {
    const { posts } = makeThread(digest, { ...english, length: 'brief' }, bluesky);
    const [onX = ''] = write(digest, { length: 'brief' }, xTraits);

    expect(posts[0]?.spans).toContainEqual(
      expect.objectContaining({ kind: 'link', url: 'https://news.example.org/p/93', start: 0 }),
    );
    expect(onX).toMatch(/\n\nhttps:\/\/news\.example\.org\/p\/93$/);
  });
});

describe('a short digest', () => {
  const newsOf = (texts: readonly string[], url?: string): Item => {
    const news = texts.map((text, index) => ({ text, figures: [], likes: 9 - index }));
    const digest = makeNewsDigest(makeItem({}, { news, ...(url && { url }) }).issue);
    if (digest === undefined) throw new Error('There are no news.');
    return digest;
  };
  const url = 'https://news.example.org/p/7';
  const title = 'Industry news · Apr 1 – 7, 2026';
  const brief = { length: 'brief' } as const;

  it('tells each piece of news in a sentence before it tells more of any', () => {
    const two = newsOf([`${long(20)} ${long(20, 400)}`, `${long(12, 800)} ${long(40, 1200)}`], url);
    const small = newsOf(
      [`${long(20)} ${long(5, 400)}`, `${long(12, 800)} ${long(40, 1200)}`],
      url,
    );

    expect(write(two, brief)).toEqual([
      [title, `♥ 9 · ${long(20)}`, `♥ 8 · ${long(12, 800)}`].join('\n\n'),
    ]);
    expect(write(small, brief)).toEqual([
      [title, `♥ 9 · ${long(20)} ${long(5, 400)}`, `♥ 8 · ${long(12, 800)}`].join('\n\n'),
    ]);
  });

  it('tells no more of a piece of news where a cut would go through it', () => {
    const second = `${long(20, 800)} ${long(36, 1200)}`;
    const digest = newsOf([`${long(20)} ${long(36, 400)}`, second], url);

    const posts = write(digest, { length: { maxPosts: 3 } }, xTraits);

    expect(write(digest, {}, xTraits).length).toBeGreaterThan(3);
    expect(posts[0]).toBe(`${title}\n\n♥ 9 · ${long(20)}`);
  });

  it('passes over a line that is too long for it, and takes the next', () => {
    const digest = newsOf([long(70), long(20, 800)], url);

    expect(write(digest, brief)).toEqual([`${title}\n\n♥ 8 · ${long(20, 800)}`]);
  });

  it('shows the beginning of the first line where none fits', () => {
    for (const [, makeTraits] of platforms) {
      const [post = '', ...more] = write(
        newsOf([long(120), long(140)], url),
        brief,
        makeTraits(english),
      );

      expect(more).toEqual([]);
      expect(post).toMatch(/^Industry news.*\n\n♥ 9 · Waaa waab .*…/);
    }
  });

  it('cuts its title sooner than to have no line', () => {
    const { issue } = makeItem({ title: long(40), likes: 3 }, { url, title: long(70, 400) });

    const [post = ''] = write(makeIssueDigest(issue), brief);

    expect(post).toMatch(/^Issue #7: Wbaa .*…\n\nWaaa waab .*…$/);
  });

  it('always has a line where there are any', () => {
    fc.assert(
      fc.property(anyItem, anyLength, (item, length) => {
        if (item.kind === 'paper') return;
        const options = { ...english, length };
        for (const [, makeTraits] of platforms) {
          const posts = write(item, { length }, makeTraits(options));
          const lines = posts
            .flatMap((post) => post.split('\n\n'))
            .filter((line) => line !== url && !line.startsWith('Read issue #7'));
          expect(lines.length).toBeGreaterThan(1);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('gives the room of a closing that leads nowhere to its news', () => {
    const full = newsOf([long(20), long(25, 400)]);
    const half = newsOf([long(20)]);

    expect(write(full, brief)[0]).not.toContain('From issue');
    expect(write(half, brief)[0]).toMatch(/From issue #7.*An Issue$/);
  });

  it('keeps a piece of news whole in a thread, where its title leaves it room', () => {
    const news = [0, 400, 800].map((from) => `${long(20, from)} ${long(20, from + 100)}`);

    const posts = write(newsOf(news, url));

    for (const text of news) expect(posts.some((post) => post.includes(text))).toBe(true);
  });
});

describe('an editor’s own text', () => {
  it('takes the place of all the text, a line of --- beginning another post', () => {
    const ownText = 'First *words*.\n\nMore.\n\n---\n\nSecond [words](https://x.org/a).';

    expect(write(makeItem(), { ownText, counters: true, length: 'brief' })).toEqual([
      'First words.\n\nMore.',
      'Second words.',
    ]);
    expect(write(makeItem(), { ownText }, xTraits)[1]).toBe('Second words (https://x.org/a).');
  });

  it('is passed over where it has no words', () => {
    for (const ownText of ['', ' \n', '---\n---']) {
      expect(write(makeItem(), { ownText })[0]).toContain('A Paper');
    }
  });

  it('is refused with the post that is over a limit, and by how much', () => {
    expect(checkOwnText('Fine.', bluesky)).toBeUndefined();
    expect(checkOwnText('a'.repeat(300), bluesky)).toBeUndefined();
    expect(checkOwnText(`Fine.\n---\n${'a'.repeat(301)}`, bluesky)).toBe(
      'post 2 has 301 graphemes, at most 300',
    );
    expect(checkOwnText('é'.repeat(281), xTraits)).toMatch(/^post 1 has 281 .*, at most 280$/);
    expect(checkOwnText(' ', bluesky)).toBe('it has no words');
  });

  it('that is too long is cut and told, not dropped', () => {
    const ownText = `${long(50)} ${long(50, 400)}`;

    const { posts, told } = makeThread(makeItem(), { ...english, ownText }, bluesky);

    expect(posts.map(({ text }) => text)).toEqual([long(50), long(50, 400)]);
    expect(told).toEqual([
      'The own text does not fit and was cut: post 1 has 501 graphemes, at most 300.',
    ]);
  });
});

describe('muteMentions', () => {
  const mute = (markdown: string) => muteMentions(parseProse(markdown));
  /** The platforms' own patterns, in their loosest form. */
  const MASTODON = /(?<![=/\p{L}\p{M}\p{N}_])@[a-z0-9_]+/giu;
  const X =
    /(?:^|[^a-zA-Z0-9_!#$%&*@＠]|(?:^|[^a-zA-Z0-9_+~.-])(?:rt|RT|rT|Rt):?)[@＠][a-zA-Z0-9_]/u;

  it('keeps any text from mentioning anybody, cut where it may be', () => {
    const signs = fc.constantFrom('@bob', '@', '＠bob', 'RT@bob', 'a@b.org', ' ', '.', '(', 'a');
    const addresses = fc.constantFrom(
      ' https://x.org/@bob ',
      ' https://bob@x.org/ ',
      ' [@bob](https://x.org/,@bob) ',
      ' @https://x.org/(@bob) ',
      ' `@bob` ',
      ' https://a.notatld/＠bob ',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(signs, addresses, anyText), { maxLength: 12 }), (parts) => {
        for (const traits of [makeMastodonTraits(english), xTraits]) {
          const text = traits.write(parseProse(parts.join(''))).text;
          for (let at = 0; at <= text.length; at += 1) {
            expect(text.slice(at, at + 3)).not.toMatch(/^[@＠][a-zA-Z0-9_]/u);
          }
          expect(text).not.toMatch(MASTODON);
          expect(text).not.toMatch(X);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('changes nothing that a reader sees', () => {
    const { text } = mute('Thanks to @alice and bob@x.org, see https://x.org/@carol.');

    expect(text).toBe('Thanks to @\u2060alice and bob@\u2060x.org, see https://x.org/%40carol.');
    expect(mute('No sign here.').text).toBe('No sign here.');
  });

  it('leaves links on their words, and leaves user names out of addresses', () => {
    const { text, spans } = mute('By [@alice](https://me@x.org/@alice), or https://x.org/@b here.');

    const links = spans.flatMap((span) =>
      span.kind === 'link' ? [[text.slice(span.start, span.end), span.url]] : [],
    );
    expect(links).toEqual([
      ['@\u2060alice', 'https://x.org/%40alice'],
      ['https://x.org/%40b', 'https://x.org/%40b'],
    ]);
  });
});
