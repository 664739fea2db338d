import fc from 'fast-check';
import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';
import { describe, expect, it } from 'vitest';
import { makeIssueDigest } from '../../formatters/digest.ts';
import type { FormatOptions } from '../../formatters/draft.ts';
import { htmlFormatter } from '../../formatters/html.ts';
import type { Item } from '../../formatters/item.ts';
import type { Block } from '../../src/issue/schema.ts';
import { bylineOf, makeItem, paragraphs } from './make-item.ts';
import { anyText, withoutBlanks } from './text/arbitrary-text.ts';

const format = (item: Item, options: Partial<FormatOptions> = {}): string => {
  const { posts } = htmlFormatter.format(item, { languages: ['en'], ...options });
  expect(posts).toHaveLength(1);
  return posts[0]?.text ?? '';
};

type Read = {
  readonly names: Set<string>;
  readonly attributes: Set<string>;
  readonly urls: string[];
  text: string;
  readonly errors: string[];
};

/** Reads a fragment as a browser does. */
function read(html: string): Read {
  const found: Read = {
    names: new Set(),
    attributes: new Set(),
    urls: [],
    text: '',
    errors: [],
  };
  const walk = (node: DefaultTreeAdapterTypes.ChildNode): void => {
    if ('value' in node) found.text += node.value;
    if (!('tagName' in node)) {
      if (node.nodeName !== '#text') found.names.add(node.nodeName);
      return;
    }
    found.names.add(node.tagName);
    for (const { name, value } of node.attrs) {
      found.attributes.add(`${node.tagName} ${name}`);
      if (name === 'href' || name === 'src') found.urls.push(value);
    }
    node.childNodes.forEach(walk);
  };
  const onParseError = ({ code }: { code: string }): void => {
    found.errors.push(code);
  };
  parseFragment(html, { onParseError }).childNodes.forEach(walk);
  return found;
}

const ELEMENTS = new Set(
  'article section h2 h3 p br em strong code a ul ol li figure figcaption img hr'.split(' '),
);
const ATTRIBUTES = new Set([
  'article lang',
  'section lang',
  'a href',
  'a rel',
  ...['src', 'alt', 'width', 'height', 'style'].map((name) => `img ${name}`),
]);

function expectOurs({ names, attributes, urls, errors }: Read): void {
  expect([...names].filter((name) => !ELEMENTS.has(name))).toEqual([]);
  expect([...attributes].filter((name) => !ATTRIBUTES.has(name))).toEqual([]);
  expect(urls.filter((url) => !/^https?:\/\//i.test(url))).toEqual([]);
  expect(errors).toEqual([]);
}

const hostile = fc
  .array(
    fc.constantFrom(
      '<script>alert(1)</script>',
      '<img src=x onerror=alert(1)>',
      '</article>',
      '</p>',
      '<!--',
      '-->',
      '<![CDATA[',
      '<?x',
      '"',
      "'",
      ' onclick=',
      '&lt;',
      '&#0;',
      '&',
      '\u0000',
      '\ufffe',
      '`',
      '[x](javascript:alert(1))',
      '[x](https://x.example/"onmouseover="a)',
      "<https://x.example/'>",
      '[[a](https://x.example/1)](https://x.example/2)',
      '**b *i***',
      'word',
      ' ',
      '\n',
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));
const text = fc.oneof(hostile, anyText).filter((it) => it !== '');
const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ kind: fc.constant('paragraph' as const), text }),
  fc.record({ kind: fc.constant('heading' as const), text }),
  fc.record({
    kind: fc.constant('list' as const),
    ordered: fc.boolean(),
    items: fc.array(text, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    kind: fc.constant('figure' as const),
    caption: text,
    alt: text,
    imageUrl: fc.oneof(
      fc.constantFrom('https://img.example/a"b.png', 'javascript:alert(1)', 'data:text/html,x'),
      text,
    ),
  }),
);

describe('htmlFormatter', () => {
  it('writes an article of title, byline, labels, text and closing line', () => {
    const item = makeItem(
      {
        title: 'Small & *Fast*',
        url: 'https://arxiv.example/1?a=1&b=2',
        byline: bylineOf('Osei et al. [MIT]'),
        likes: 882,
        topics: ['Data filtering'],
        pick: true,
        body: [
          { kind: 'heading', text: 'Why' },
          ...paragraphs('It is [*very* small](https://x.example), `1 < 2`.'),
          { kind: 'list', ordered: true, items: ['one', '**two**'] },
          {
            kind: 'figure',
            caption: 'The _size_',
            alt: 'A "bar"',
            imageUrl: 'https://img.example/a.png',
            width: 640,
            height: 480,
          },
          { kind: 'figure', caption: 'No image' },
        ],
      },
      { url: 'https://news.example/7' },
    );

    expect(format(item)).toBe(
      [
        '<article lang="en">',
        '<h2><a href="https://arxiv.example/1?a=1&amp;b=2" rel="noopener">Small &amp; *Fast*</a></h2>',
        '<p><em>Osei et al. [MIT]</em><br>',
        '♥ 882 · Data filtering · ⭐ Editor’s pick</p>',
        '<h3>Why</h3>',
        '<p>It is <a href="https://x.example" rel="noopener"><em>very</em> small</a>, <code>1 &lt; 2</code>.</p>',
        '<ol>',
        '<li>one</li>',
        '<li><strong>two</strong></li>',
        '</ol>',
        '<figure>',
        '<img src="https://img.example/a.png" alt="A &quot;bar&quot;" width="640" height="480" style="max-width:100%;height:auto">',
        '<figcaption>The <em>size</em></figcaption>',
        '</figure>',
        '<p>From issue #7, Apr 1 – 7, 2026: <a href="https://news.example/7" rel="noopener">An Issue</a></p>',
        '</article>',
      ].join('\n'),
    );
  });

  it('yields no element, attribute or address but its own, whatever the text', () => {
    const body = fc.array(block, { maxLength: 5 });
    fc.assert(
      fc.property(text, text, text, body, text, (title, byline, topic, blocks, language) => {
        const item = makeItem({ title, byline: bylineOf(byline), topics: [topic], body: blocks });

        expectOurs(read(format(item, { languages: [language] })));
        expectOurs(read(format(item, { length: 'brief', ownText: byline })));
        expectOurs(
          read(
            format(
              makeIssueDigest({ ...item.issue, title, news: [{ text: byline, figures: [] }] }),
            ),
          ),
        );
      }),
      { numRuns: 150 },
    );
  });

  it('shows every letter of what is no Markdown', () => {
    const letters = fc
      .array(fc.constantFrom('<b>', '&amp;', '"', "'", '</p>', 'a', 'ß', '日本', '👩‍👩‍👧', ' '), {
        minLength: 1,
      })
      .map((parts) => parts.join(''))
      .filter((it) => it.trim() !== '');
    fc.assert(
      fc.property(letters, (title) => {
        const shown = read(format(makeItem({ title }))).text;

        expect(withoutBlanks(shown).startsWith(withoutBlanks(title))).toBe(true);
      }),
    );
  });

  it('chooses sentences for a brief page, and leaves figures out', () => {
    const sentences = Array.from({ length: 80 }, (_, k) => `Finding ${k} is about item ${k}.`);
    const image: Block = { kind: 'figure', imageUrl: 'https://img.example/a.png' };
    const item = makeItem({ title: 'T', body: [...paragraphs(sentences.join(' ')), image] });

    const html = format(item, { length: 'brief' });

    expect(read(html).text.length).toBeLessThan(750);
    expect(html).not.toContain('<img');
    expect(html).toContain('Finding ');
  });

  it('puts an editor’s own text between title and closing line', () => {
    const item = makeItem({ title: 'T', topics: ['Size'], body: paragraphs('Not this.') });

    const html = format(item, { ownText: 'One <i>.\n\nTwo.\n---\n*Three.*' });

    expect(html.split('\n')).toEqual([
      '<article lang="en">',
      '<h2>T</h2>',
      '<p>One &lt;i&gt;.</p>',
      '<p>Two.</p>',
      '<hr>',
      '<p><em>Three.</em></p>',
      '<p>From issue #7, Apr 1 – 7, 2026: An Issue</p>',
      '</article>',
    ]);
  });

  it('has a caption read aloud once, and says of an image without words what it is', () => {
    const image = { kind: 'figure', imageUrl: 'https://img.example/a.png' } as const;
    const altOf = (words: { alt?: string; caption?: string }): string | undefined =>
      format(makeItem({ body: [{ ...image, ...words }] })).match(/alt="([^"]*)"/)?.[1];

    expect(altOf({ alt: 'Two bars', caption: 'The size' })).toBe('Two bars');
    expect(altOf({ alt: 'Two bars' })).toBe('Two bars');
    expect(altOf({ caption: 'The size' })).toBe('');
    expect(altOf({ alt: 'The size ', caption: 'The *size*' })).toBe('');
    expect(altOf({})).toBe('Figure from the paper');
  });

  it('keeps the lines of an editor’s own text in one paragraph', () => {
    const html = format(makeItem({ title: 'T' }), {
      ownText: 'Two things:\n- it is *small*\n- it is <fast>\n\nRead on.',
    });

    expect(html.split('\n').slice(2, -2)).toEqual([
      '<p>Two things:<br>',
      '• it is <em>small</em><br>',
      '• it is &lt;fast&gt;</p>',
      '<p>Read on.</p>',
    ]);
  });

  it('writes a digest as a section of lists, with the images of its news', () => {
    const { issue } = makeItem(
      { title: 'Small', url: 'https://arxiv.example/1', likes: 5 },
      { url: 'https://news.example/7' },
    );
    const figures = [{ kind: 'figure' as const, imageUrl: 'https://img.example/n.png' }];
    const digest = makeIssueDigest({ ...issue, news: [{ text: 'It is *out*.', figures }] });

    expect(format(digest, { emoji: false }).split('\n')).toEqual([
      '<section lang="en">',
      '<h2>Issue #7: An Issue · Apr 1 – 7, 2026</h2>',
      '<h3>Papers</h3>',
      '<ul>',
      '<li><a href="https://arxiv.example/1" rel="noopener">Small</a> · 5 likes</li>',
      '</ul>',
      '<h3>News</h3>',
      '<ul>',
      '<li>It is <em>out</em>.',
      '<figure>',
      '<img src="https://img.example/n.png" alt="Figure from the paper" style="max-width:100%;height:auto">',
      '</figure></li>',
      '</ul>',
      '<p>Read issue #7: <a href="https://news.example/7" rel="noopener">An Issue</a></p>',
      '</section>',
    ]);
  });
});
