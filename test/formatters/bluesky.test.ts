import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BLUESKY_LIMITS,
  type BlueskyPost,
  blueskyFormatter,
  checkBlueskyPost,
} from '../../formatters/bluesky.ts';
import { makeIssueDigest } from '../../formatters/digest.ts';
import type { Item } from '../../formatters/item.ts';
import type { Block } from '../../src/issue/schema.ts';
import { bylineOf, makeItem, paragraphs } from './make-item.ts';
import { anyText, hardProse, isOver, withoutBlanks } from './text/arbitrary-text.ts';

const format = (item: Item): readonly BlueskyPost[] =>
  blueskyFormatter.format(item, { languages: ['en'] }).posts;

/** What each facet of a post covers, cut out of its bytes, and where it leads. */
function listFacets(post: BlueskyPost | undefined): { words: string; to: string }[] {
  const octets = Buffer.from(post?.text ?? '');
  return (post?.facets ?? []).flatMap(({ index, features }) =>
    features.map((feature) => ({
      words: octets.subarray(index.byteStart, index.byteEnd).toString(),
      to: feature.$type === 'app.bsky.richtext.facet#link' ? feature.uri : `#${feature.tag}`,
    })),
  );
}

const post = (text: string, over: Partial<BlueskyPost> = {}): BlueskyPost => ({
  $type: 'app.bsky.feed.post',
  text,
  langs: ['en'],
  ...over,
});

describe('blueskyFormatter', () => {
  it('opens with title, byline and labels, and closes with the issue', () => {
    const item = makeItem(
      {
        title: 'Small Models',
        url: 'https://arxiv.example/1',
        byline: bylineOf('Osei et al. [MIT]'),
        likes: 4300,
        topics: ['LLM Scaling Law', 'MoE'],
        pick: true,
        body: paragraphs('It is small.'),
      },
      { url: 'https://news.example/7' },
    );

    const posts = format(item);

    expect(posts).toEqual([
      {
        $type: 'app.bsky.feed.post',
        text: [
          'Small Models\n\nOsei et al. [MIT]\n♥ 4.3k · #LLMScalingLaw · #MoE · ⭐ Editor’s pick',
          'It is small.',
          'From issue #7, Apr 1 – 7, 2026: An Issue',
        ].join('\n\n'),
        langs: ['en'],
        facets: expect.any(Array),
        embed: {
          $type: 'app.bsky.embed.external',
          external: {
            uri: 'https://arxiv.example/1',
            title: 'Small Models',
            description: 'Osei et al. [MIT]',
          },
        },
      },
    ]);
    expect(listFacets(posts[0])).toEqual([
      { words: 'Small Models', to: 'https://arxiv.example/1' },
      { words: '#LLMScalingLaw', to: '#LLMScalingLaw' },
      { words: '#MoE', to: '#MoE' },
      { words: 'An Issue', to: 'https://news.example/7' },
    ]);
  });

  it.each([
    ['the organizations', 100, ['Doe et al.\n♥ 7'], 'Doe et al. [ORGANIZATIONS]'],
    ['the labels too', 278, ['Doe et al.\n\nWord'], 'Doe et al. [ORGANIZATIONS]\n♥ 7'],
    ['the names too', 285, ['A Paper\n\nWord'], 'Doe et al. [ORGANIZATIONS]\n♥ 7'],
  ])(
    'moves %s to the end where they leave the first post without a sentence',
    (_what, length, has, end) => {
      const organizations = `${'University of Somewhere, '.repeat(8)}MIT`;
      const sentence = `${'Word '.repeat(60).slice(0, length - 2)}x.`;
      const text = `${sentence} A second one follows it.`;

      const posts = format(
        makeItem({
          likes: 7,
          byline: bylineOf(`Doe et al. [${organizations}]`),
          body: paragraphs(text),
        }),
      );

      for (const part of has) expect(posts[0]?.text).toContain(part);
      expect(posts[0]?.text).toContain(sentence);
      expect(posts.at(-1)?.text).toContain(end.replace('ORGANIZATIONS', organizations));
    },
  );

  it('tells apart two hashtags of which one begins the other, and lists none twice', () => {
    const posts = format(makeItem({ topics: ['LLM Scaling', 'LLM', 'llm scaling', 'LLM'] }));

    expect(listFacets(posts[0]).map(({ words }) => words)).toEqual([
      '#LLMScaling',
      '#LLM',
      '#LlmScaling',
    ]);
    expect(posts[0]?.text).toContain('#LLMScaling · #LLM · #LlmScaling');
  });

  it('counts facets in bytes of UTF-8, whatever stands before them', () => {
    fc.assert(
      fc.property(hardProse, ({ prose }) => {
        const before = prose.text.replace(/[[\]<>`\\*_&!:/"'“”(){}]/g, '');
        const body = paragraphs(
          `${before} [Größe 尺寸](https://x.example/é) after https://y.example/ü.`,
        );

        const facets = format(makeItem({ body })).flatMap(listFacets);

        const bare = facets.filter(({ to }) => to === 'https://y.example/ü');
        const link = facets.filter(({ to }) => to === 'https://x.example/é');
        expect(link).toEqual([{ words: 'Größe 尺寸', to: 'https://x.example/é' }]);
        expect(bare).toEqual([{ words: 'https://y.example/ü', to: 'https://y.example/ü' }]);
      }),
      { numRuns: 150 },
    );
  });

  it('links the words of a Markdown link whole, emphasis in them or not', () => {
    const posts = format(
      makeItem({
        body: paragraphs(
          'See [the *big* paper](https://x.example/a_(b)) (or https://y.example/c).',
        ),
      }),
    );

    expect(posts[0]?.text).toContain('See the big paper (or https://y.example/c).');
    expect(listFacets(posts[0])).toEqual([
      { words: 'the big paper', to: 'https://x.example/a_(b)' },
      { words: 'https://y.example/c', to: 'https://y.example/c' },
    ]);
  });

  it('shows a URL that no post can hold by its beginning, and links it whole, each of several', () => {
    const first = `https://www.x.example/${'path/'.repeat(900)}end`;
    const second = `https://y.example/${'a'.repeat(400)}`;
    const body = paragraphs(
      `Look at ${first}, then at ${second}, then [here](https://z.example/).`,
    );

    const posts = format(makeItem({ body }));

    const facets = posts.flatMap(listFacets);
    expect(facets.map(({ to }) => to)).toEqual([first, second, 'https://z.example/']);
    expect(facets[0]?.words).toMatch(/^x\.example\/path\/.*…$/);
    expect(facets[1]?.words).toMatch(/^y\.example\/a+…$/);
    expect(facets[2]?.words).toBe('here');
    expect(posts).toHaveLength(1);
  });

  it('links nothing by an address that the record could not hold', () => {
    const url = `https://x.example/${'a'.repeat(9_000)}`;

    const posts = format(makeItem({ url, body: paragraphs(`[words](${url}) here.`) }));

    expect(posts.flatMap(listFacets)).toEqual([]);
    expect(posts[0]).not.toHaveProperty('embed');
    expect(posts[0]?.text).toContain('words here.');
  });

  it('never mentions anybody and never links but to the web, whatever the text', () => {
    const texts = fc.oneof(
      anyText,
      fc.constantFrom(
        'Hello @alice.bsky.social and @did:plc:abc',
        '[@alice](javascript:alert(1)) [x](data:text/html,hi)',
        '<javascript:alert(1)> [a](vbscript:x)',
      ),
    );
    fc.assert(
      fc.property(texts, texts, (text, title) => {
        fc.pre(text !== '' && title.trim() !== '');
        const posts = format(makeItem({ title, topics: [title], body: paragraphs(text) }));

        for (const { facets = [] } of posts) {
          for (const feature of facets.flatMap((facet) => facet.features)) {
            expect(['app.bsky.richtext.facet#link', 'app.bsky.richtext.facet#tag']).toContain(
              feature.$type,
            );
            if ('uri' in feature) expect(feature.uri).toMatch(/^https?:\/\//i);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('lets no post over 300 graphemes or 3,000 bytes, and keeps every word of hard text', () => {
    const plain = hardProse.map(({ prose }) =>
      prose.text
        .toWellFormed()
        .replace(/[[\]<>`\\*_&!]|https?:/g, '')
        .replaceAll('\u0000', ''),
    );
    fc.assert(
      fc.property(fc.array(plain, { minLength: 1, maxLength: 4 }), (texts) => {
        const body = paragraphs(...texts.map((text) => `x${text}`));

        const posts = format(makeItem({ title: 'T', body }, { url: 'https://news.example/7' }));

        for (const one of posts) {
          expect(isOver(one.text, BLUESKY_LIMITS)).toBe(false);
          expect(checkBlueskyPost(one)).toBeUndefined();
        }
        const shown = withoutBlanks(posts.map((one) => one.text).join(''));
        const closing = withoutBlanks('From issue #7, Apr 1 – 7, 2026: An Issue');
        expect(shown).toBe(`T${withoutBlanks(texts.map((text) => `x${text}`).join(''))}${closing}`);
      }),
      { numRuns: 150 },
    );
  });

  it('writes lists with markers, headings with what follows, and no figure', () => {
    const item = makeItem({
      body: [
        { kind: 'heading', text: 'Why' },
        { kind: 'list', ordered: true, items: ['One.', 'Two.'] },
        { kind: 'figure', caption: 'A caption' },
        { kind: 'list', ordered: false, items: ['[Three](https://x.example).'] },
      ],
    });

    const posts = format(item);

    expect(posts[0]?.text).toContain('Why\n\n1. One.\n2. Two.\n\n• Three.\n\n');
    expect(posts[0]?.text).not.toContain('caption');
    expect(listFacets(posts[0])).toEqual([{ words: 'Three', to: 'https://x.example' }]);
  });

  it('writes the same bytes for the same item', () => {
    const item = makeItem({
      body: paragraphs('One. Two [three](https://x.example).'),
      topics: ['A b'],
    });

    expect(JSON.stringify(format(item))).toBe(JSON.stringify(format(item)));
  });
});

describe('figures on Bluesky', () => {
  const figure = (name: string, over: object = {}): Block => ({
    kind: 'figure',
    imageUrl: `https://img.example.org/${name}.png`,
    ...over,
  });
  const sentences = (count: number): string =>
    'Some words that say what it is about. '.repeat(count);
  const imagesOf = (posts: readonly BlueskyPost[]): string[][] =>
    posts.map(({ images = [] }) => images.map(({ url }) => url.at(-5) ?? ''));

  it('show in the post that their place lies in, with words and measures', () => {
    const body = [
      ...paragraphs(sentences(12)),
      figure('a', { alt: 'A curve.', width: 800, height: 600 }),
      ...paragraphs(sentences(4)),
      figure('b', { caption: 'Scores of *it*', width: 800 }),
      figure('c'),
      { kind: 'figure', caption: 'No image is known' } as const,
    ];

    const posts = format(makeItem({ body }));

    expect(posts.flatMap(({ images = [] }) => images)).toEqual([
      {
        url: 'https://img.example.org/a.png',
        alt: 'A curve.',
        aspectRatio: { width: 800, height: 600 },
      },
      { url: 'https://img.example.org/b.png', alt: 'Scores of it' },
      { url: 'https://img.example.org/c.png', alt: 'Figure from the paper' },
    ]);
    expect(posts.map(checkBlueskyPost)).toEqual(posts.map(() => undefined));
    expect(posts.filter(({ images }) => images !== undefined)).toHaveLength(2);
  });

  it('leave the card to the first post, and move to the second', () => {
    const url = 'https://arxiv.org/abs/1';
    const body = [...paragraphs('One.'), figure('a'), ...paragraphs(sentences(20)), figure('b')];

    const posts = format(makeItem({ url, body }));

    expect(posts[0]).toHaveProperty('embed');
    expect(imagesOf(posts.slice(0, 2))).toEqual([[], ['a']]);
    expect(imagesOf(posts).at(-1)).toEqual(['b']);
    expect(posts.slice(1).every(({ embed }) => embed === undefined)).toBe(true);
  });

  it('stay on the first post where it has no card', () => {
    const body = [...paragraphs('One.'), figure('a'), ...paragraphs(sentences(20))];

    expect(imagesOf(format(makeItem({ body })))[0]).toEqual(['a']);
  });

  it('take the place of the card on a post that stands alone', () => {
    const url = 'https://arxiv.org/abs/1';

    const [only, ...others] = format(makeItem({ url, body: [...paragraphs('One.'), figure('a')] }));

    expect(others).toEqual([]);
    expect(only).not.toHaveProperty('embed');
    expect(only?.images).toHaveLength(1);
    expect(listFacets(only)).toContainEqual({ words: 'A Paper', to: url });
  });

  it('are four a post at most: the rest move on, and what finds no place is told', () => {
    const many = 'abcdef'.split('').map((name) => figure(name));
    const long = format(makeItem({ body: [...many, ...paragraphs('One.', sentences(20))] }));
    const draft = blueskyFormatter.format(makeItem({ body: [...paragraphs('One.'), ...many] }), {
      languages: ['en'],
    });

    expect(imagesOf(long).slice(0, 2)).toEqual([
      ['a', 'b', 'c', 'd'],
      ['e', 'f'],
    ]);
    expect(imagesOf(draft.posts)).toEqual([['a', 'b', 'c', 'd']]);
    expect(draft.told).toEqual(['2 of its images found no place.']);
  });
});

describe('the image of a card on Bluesky', () => {
  const url = 'https://arxiv.org/abs/1';
  const figure = (name: string): Block => ({
    kind: 'figure',
    imageUrl: `https://img.example.org/${name}.png`,
  });
  const long = paragraphs('It begins here. '.repeat(30), 'It goes on here. '.repeat(30));
  const body = [...long, { kind: 'figure', caption: 'No image is known' } as const, figure('a')];
  const thumbs = (posts: readonly BlueskyPost[]): (string | undefined)[] =>
    posts.map(({ thumb }) => thumb);

  it('is the first figure of a paper whose short form shows none', () => {
    const item = makeItem({ url, body: [...body, figure('b')] });

    const { posts } = blueskyFormatter.format(item, { languages: ['en'], length: 'brief' });

    expect(thumbs(posts)).toEqual(['https://img.example.org/a.png']);
    expect(posts.map(checkBlueskyPost)).toEqual([undefined]);
  });

  it('is the first figure beside own words of one post, and another is told', () => {
    const item = makeItem({ url, body: [...body, figure('b')] });

    const draft = blueskyFormatter.format(item, { languages: ['en'], ownText: 'Read this.' });

    expect(thumbs(draft.posts)).toEqual(['https://img.example.org/a.png']);
    expect(draft.told).toEqual(['1 of its images found no place.']);
  });

  it.each([
    ['a post of the thread shows it', makeItem({ url, body })],
    ['there is no card', makeItem({ body })],
    ['the paper has no figure', makeItem({ url, body: long })],
    [
      'it is a digest',
      makeIssueDigest(makeItem({ url, body }, { url: 'https://n.example' }).issue),
    ],
  ])('is none where %s', (_when, item) => {
    expect(thumbs(format(item)).filter((thumb) => thumb !== undefined)).toEqual([]);
  });
});

describe('the digest of an issue on Bluesky', () => {
  it('links papers on their titles, and has the card of the issue', () => {
    const { issue } = makeItem({ url: 'https://arxiv.org/abs/1' }, { url: 'https://n.example/7' });

    const [first] = format(makeIssueDigest(issue));

    expect(first?.embed?.external).toEqual({
      uri: 'https://n.example/7',
      title: 'An Issue',
      description: 'Apr 1 – 7, 2026',
    });
    expect(listFacets(first)).toContainEqual({ words: 'A Paper', to: 'https://arxiv.org/abs/1' });
  });
});

describe('an editor’s own text on Bluesky', () => {
  it('keeps each figure with the post of its number, and those of later ones with the last', () => {
    const figure = (name: string): Block => ({
      kind: 'figure',
      imageUrl: `https://img.example.org/${name}.png`,
    });
    const long = paragraphs('It goes on and on here. '.repeat(12));
    const body = [...long, figure('a'), ...long, figure('b'), ...long, figure('c')];
    const item = makeItem({ url: 'https://arxiv.org/abs/1', body });
    const format = (ownText?: string) =>
      blueskyFormatter
        .format(item, { languages: ['en'], ...(ownText === undefined ? {} : { ownText }) })
        .posts.map(({ images = [] }) => images.map(({ url }) => url.at(-5)).join(''));
    const usual = format();
    const parts = usual.map((_, index) => `Part ${index}.`);

    expect(usual.join('')).toBe('abc');
    expect(format(parts.join('\n---\n'))).toEqual(usual);
    expect(format('One.\n---\nTwo.')).toEqual(['', 'abc']);
  });

  it('links words and hashtags, and keeps the card', () => {
    const ownText = 'A #SmallModel, #1 of `#many`: [read](https://x.org/#Not) it.\n\n(#MoE)';

    const { posts } = blueskyFormatter.format(makeItem({ url: 'https://arxiv.org/abs/1' }), {
      languages: ['en'],
      ownText,
    });

    expect(posts).toHaveLength(1);
    expect(posts[0]).toHaveProperty('embed');
    const found = listFacets(posts[0]).sort((a, b) => a.words.localeCompare(b.words));
    expect(found).toEqual([
      { words: '#MoE', to: '#MoE' },
      { words: '#SmallModel', to: '#SmallModel' },
      { words: 'read', to: 'https://x.org/#Not' },
    ]);
  });
});

describe('checkBlueskyPost', () => {
  const link = (byteStart: number, byteEnd: number) => ({
    index: { byteStart, byteEnd },
    features: [{ $type: 'app.bsky.richtext.facet#link', uri: 'https://x.example' }] as const,
  });

  const image = { url: 'https://img.example.org/a.png', alt: 'a'.repeat(2_000) };
  const card: NonNullable<BlueskyPost['embed']> = {
    $type: 'app.bsky.embed.external',
    external: { uri: 'https://x.example', title: 'T', description: '' },
  };

  it('passes what is exactly at the limits', () => {
    expect(checkBlueskyPost(post('a', { images: Array(4).fill(image) }))).toBeUndefined();
    expect(checkBlueskyPost(post('a'.repeat(300)))).toBeUndefined();
    expect(checkBlueskyPost(post('👨‍👩‍👧‍👦'.repeat(120)))).toBeUndefined();
    expect(checkBlueskyPost(post('é', { facets: [link(0, 2)] }))).toBeUndefined();
  });

  it.each([
    ['301 graphemes', post('a'.repeat(301)), 'its text has 301 graphemes, at most 300'],
    ['3,025 bytes', post('👨‍👩‍👧‍👦'.repeat(121)), 'its text has 3025 bytes, at most 3000'],
    ['a facet beyond the end', post('é', { facets: [link(0, 3)] }), 'a link lies outside its text'],
    ['an empty facet', post('ab', { facets: [link(1, 1)] }), 'a link lies outside its text'],
    ['a facet before the beginning', post('ab', { facets: [link(-1, 1)] }), 'a link lies outside'],
    [
      'four languages',
      post('a', { langs: ['a', 'b', 'c', 'd'] }),
      'it names 4 languages, at most 3',
    ],
    ['five images', post('a', { images: Array(5).fill(image) }), 'it has 5 images, at most 4'],
    ['images beside a card', post('a', { images: [image], embed: card }), 'images and a card'],
    ['an image without words', post('a', { images: [{ ...image, alt: ' ' }] }), 'has no words'],
    [
      'too many words for an image',
      post('a', { images: [{ ...image, alt: 'a'.repeat(2_001) }] }),
      'have 2001 graphemes, at most 2000',
    ],
    [
      'an image not of the web',
      post('a', { images: [{ ...image, url: 'file:///etc/passwd' }] }),
      'no image can be loaded from',
    ],
    ['an image for no card', post('a', { thumb: image.url }), 'an image for a card, and no card'],
    [
      'an image of a card not of the web',
      post('a', { embed: card, thumb: 'data:image/png;base64,AA==' }),
      'no image can be loaded from',
    ],
  ])('refuses %s', (_what, wrong, why) => {
    expect(checkBlueskyPost(wrong)).toContain(why);
  });
});
