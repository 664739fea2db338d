import { describe, expect, test } from 'vitest';
import { readHtml } from '../../src/issue/html/read-html.ts';
import type { Inline, OutlineNode } from '../../src/issue/outline/outline.ts';
import { writeInline } from '../../src/issue/outline/write-inline.ts';

const BASE = 'https://news.example.org/p/one';

function read(source: string): readonly OutlineNode[] {
  return readHtml(source, BASE).nodes;
}

/** The nodes in short: "# Heading", "- item", "![alt](url) caption", "---", or a paragraph. */
function outline(source: string): string[] {
  return read(source).flatMap(write);
}

function write(node: OutlineNode): string[] {
  switch (node.kind) {
    case 'heading':
      return [`${'#'.repeat(node.level)} ${writeInline(node.inline)}`];
    case 'paragraph':
      return [writeInline(node.inline)];
    case 'list':
      return node.items.map(
        (item, n) => `${node.ordered ? `${n + 1}.` : '-'} ${writeInline(item)}`,
      );
    case 'image': {
      const image = `![${node.alt ?? ''}](${node.url ?? ''})`;
      return [`${image} ${writeInline(node.caption ?? [])}`.trim()];
    }
    case 'rule':
      return ['---'];
  }
}

function inline(source: string): readonly Inline[] {
  const [node] = read(source);
  return node?.kind === 'paragraph' ? node.inline : [];
}

describe('readHtml reads blocks:', () => {
  test.each([
    ['headings and paragraphs', '<h2>A</h2><p>b</p>', ['## A', 'b']],
    ['text outside any block', 'a<p>b</p>c<div>d</div>e', ['a', 'b', 'c', 'd', 'e']],
    ['cells of a table', '<table><tr><td>a<td>b</table>', ['a', 'b']],
    ['definitions', '<dl><dt>a<dd>b</dl>', ['a', 'b']],
    ['a rule between paragraphs', '<p>a<hr>b', ['a', '---', 'b']],
    ['no block without words', '<p> &nbsp; </p><h2></h2><ul><li></ul><br>', []],
    ['an unclosed heading that ends with its line', '<h2>A<p>b', ['## A', 'b']],
    ['a heading with its text in a paragraph', '<h2><p>A</p></h2>b', ['## A', 'b']],
    ['two line breaks as the end of a paragraph', 'a<br> <br>b', ['a', 'b']],
    ['nested lists, flattened', '<ul><li>a<ul><li>b</ul>c<li>d</ul>', ['- a', '- b', '- c', '- d']],
    ['an ordered list', '<ol><li><p>a</p><p>b</p><li>c</ol>', ['1. a b', '2. c']],
    [
      'an image in an item, after it',
      '<ol><li>a <img src=/i.png></ol>',
      ['1. a', '![](https://news.example.org/i.png)'],
    ],
    [
      'headings laid out in a list',
      '<ul><li><h3>A</h3><p>b</p><li><h3>C</h3>d</ul>',
      ['### A', 'b', '### C', 'd'],
    ],
    [
      'an image in a heading, after it',
      '<h2>A <img src=/i.png> B</h2>',
      ['## A B', '![](https://news.example.org/i.png)'],
    ],
  ])('%s', (_what, source, nodes) => {
    expect(outline(source)).toEqual(nodes);
  });

  test('with the place of their first word', () => {
    const nodes = read('<h2>\n  A\n</h2>\n<p>\n\n   b <img src=/i.png></p>');

    expect(nodes.map(({ line, column }) => [line, column])).toEqual([
      [2, 3],
      [6, 4],
      [6, 6],
    ]);
  });
});

describe('readHtml reads text as a browser shows it:', () => {
  test.each([
    ['blanks collapsed across tags', ' a  <b> b </b>\n <i>\tc</i> ', 'a **b** *c*'],
    ['a space that only stands in a link', 'a<a href="//b.c/"> d </a>e', 'a [d](https://b.c/) e'],
    ['neighbours of one mark joined', '<b>a</b><b>b</b><strong> c</strong>', '**ab c**'],
    ['a mark once, however often it is opened', '<b><strong><b>a</b></strong></b>', '**a**'],
    ['marks in the order of the source', '<a href="//b.c/"><b>a</b></a>', '[**a**](https://b.c/)'],
    ['code', 'a <code>b  <b>c</b></code>', 'a `b c`'],
    ['entities', '&lt;b&gt; &amp; &hearts; &#x2665;', '\\<b> & ♥ ♥'],
    ['a bold wrapper that is none', '<b style="font-weight:normal">a</b>', 'a'],
    ['an emoji kept as an image', '<img src=/e.png alt="🗞️"> News', '🗞️ News'],
    ['what is no link without its address', '<a href="javascript:alert(1)">a</a> <a>b</a>', 'a b'],
    [
      'a link without its tracking',
      '<a href="/a?utm_source=x&b=1">a</a>',
      '[a](https://news.example.org/a?b=1)',
    ],
    ['no soft hyphen and no invisible space', 'dis&shy;til&#8203;la&#xFEFF;tion', 'distillation'],
  ])('%s', (_what, source, text) => {
    expect(writeInline(inline(source))).toBe(text);
  });

  test('a line break is the only line feed in a text', () => {
    expect(inline('a\n b <br/>\n c')).toEqual([{ kind: 'text', text: 'a b\nc' }]);
  });

  test('marks that cross blocks hold in each', () => {
    expect(outline('<b>a<p>b</p></b>c')).toEqual(['**a**', '**b**', 'c']);
  });

  test.each([
    '<p style="color:red; display: none">x</p>',
    '<div style="DISPLAY:NONE!important">x<p>x</div>',
    '<p hidden>x</p>',
    '<div style="mso-hide:all">x</div>',
    '<script>x</script>',
    '<style>x</style>',
    '<template><p>x</p></template>',
    '<noscript>x</noscript>',
    '<svg><text>x</text></svg>',
    '<form>x</form>',
    '<nav>x</nav>',
    '<footer>x</footer>',
    '<div class="a beehiiv__footer">x</div>',
    '<!-- x -->',
    '<textarea>x</textarea>',
  ])('nothing of %s', (source) => {
    expect(outline(`a${source}b`).join(' ').replace(' ', '')).toBe('ab');
  });
});

describe('readHtml reads images:', () => {
  const SIZED = { width: 12, height: 8 };

  test.each([
    ['sizes in attributes', '<img src=/i width=12 height="8px">', SIZED],
    ['sizes in the style', '<img src=/i style="max-width:9px;width:12px; height: 8.5px">', SIZED],
    ['no size that is a share', '<img src=/i width="100%" style="height:auto">', {}],
    ['alternative text', '<img src=/i alt=" a\n b ">', { alt: 'a b' }],
    [
      'the link around',
      '<a href="/t?utm_source=x"><img src=/i></a>',
      { link: 'https://news.example.org/t' },
    ],
  ])('%s', (_what, source, facts) => {
    expect(read(source)).toMatchObject([
      { kind: 'image', url: 'https://news.example.org/i', ...facts },
    ]);
    expect(Object.keys(read(source)[0] ?? {})).toHaveLength(4 + Object.keys(facts).length);
  });

  test.each([
    '<img src="data:image/gif;base64,R0l" data-src="/i">',
    '<img srcset="/a 300w, /i 900w, /b 600w">',
    '<img src="" srcset="/a, /i 2x">',
    '<img data-srcset="/i 1x">',
  ])('the address in %s', (source) => {
    expect(outline(source)).toEqual(['![](https://news.example.org/i)']);
  });

  test('one whose address is no web address stays, without it', () => {
    expect(outline('<img src="cid:1" alt="a">')).toEqual(['![a]()']);
  });

  test.each(['<img src=/i width=1 height=1>', '<img src=/i style="height:0px">', '<img>'])(
    'none for %s, which nobody sees',
    (source) => {
      expect(outline(source)).toEqual([]);
    },
  );
});

describe('readHtml gives an image the caption', () => {
  const IMAGE = '<img src=/i>';

  test.each([
    ['of its figure', `<figure>${IMAGE}<figcaption><p>c</p></figcaption></figure>`],
    ['above it', `<figure><figcaption>c</figcaption>${IMAGE}</figure>`],
    ['of a block without a figure', `<div><div>${IMAGE}</div><figcaption>c</figcaption></div>`],
    [
      'that feeds write',
      `<div class=image>${IMAGE}<div class=image__source><span class=image__source_text><p>c</p></span></div></div>`,
    ],
    ['that the API writes', `<div>${IMAGE}<small><p>c</p></small></div>`],
    ['that the API writes beside a link', `<div><a href=/x>${IMAGE}</a> <small>c</small></div>`],
    [
      'that mails write',
      `<table><tr><td>${IMAGE}</td></tr><tr><td class="t x"><p>c</p></td></tr></table>`,
    ],
  ])('%s', (_what, source) => {
    expect(outline(`${source}<p>d</p>`)).toEqual(['![](https://news.example.org/i) c', 'd']);
  });

  test.each([
    ['text stands between', `${IMAGE}<p>a</p><small><p>c</p></small>`, ['a', 'c']],
    [
      'it only begins a paragraph in small type',
      `${IMAGE}<p><small>Note:</small> a</p>`,
      ['Note: a'],
    ],
    [
      'it has one already',
      `<figure>${IMAGE}<figcaption>a</figcaption></figure><small><p>c</p></small>`,
      ['c'],
    ],
  ])('but not where %s', (_what, source, rest) => {
    expect(outline(source).slice(1)).toEqual(rest);
  });

  test('and keeps a caption without an image as a paragraph', () => {
    expect(outline('<figure><figcaption>c</figcaption></figure><p>d</p>')).toEqual(['c', 'd']);
  });
});

describe('readHtml takes the article alone:', () => {
  const LONG = 'word '.repeat(50).trim();

  test.each([
    ['the host’s container', `<p>x</p><article>y<div id="content-blocks">a</div></article>`, ['a']],
    [
      'both halves of a container in two',
      '<div id=content-blocks>a</div>x<div id=content-blocks>b</div>',
      ['a', 'b'],
    ],
    ['a container that a mailbox renamed', '<p>x</p><div id="m_-12content-blocks">a</div>', ['a']],
    ['not an empty container', '<p>a</p><div id="content-blocks"> </div>', ['a']],
    ['an <article> with most of the text', `<p>x</p><article>${LONG}</article>`, [LONG]],
    ['not an <article> with little of it', `<p>${LONG}</p><article>x</article>`, [LONG, 'x']],
    [
      '<main> around two articles',
      `<p>x</p><main><article>${LONG}</article><article>${LONG}</article></main>`,
      [LONG, LONG],
    ],
    ['the whole page without any', '<p>a</p><div>b</div>', ['a', 'b']],
  ])('%s', (_what, source, nodes) => {
    expect(outline(source)).toEqual(nodes);
  });

  const CONTAINER = '<div id="content-blocks">a</div>';

  test.each([
    ['with the title above it', `<h1>T</h1>${CONTAINER}`, ['# T', 'a']],
    ['with the subtitle under that', `<h1>T</h1><p>s</p><p>x</p>${CONTAINER}`, ['# T', 's', 'a']],
    [
      'with no date for a subtitle',
      `<h1>T</h1><p>Feb 3, 2026</p><h2>s</h2>${CONTAINER}`,
      ['# T', '## s', 'a'],
    ],
    [
      'with the subtitle that the page describes itself with',
      `<meta name=description content=s><h1>T</h1><p>x</p><p>s</p>${CONTAINER}`,
      ['# T', 's', 'a'],
    ],
    [
      'with the description as subtitle where it shows none',
      `<meta name=description content=s><h1>T</h1>${CONTAINER}`,
      ['# T', 's', 'a'],
    ],
  ])('%s', (_what, source, nodes) => {
    expect(outline(source)).toEqual(nodes);
  });
});

describe('readHtml reads of the page itself', () => {
  test('title and address, the shared ones first', () => {
    const { title, url } = readHtml(
      '<title>A | B</title><meta property="og:title" content="A"><link rel=canonical href="https://a.b/p?utm_source=x"><meta property="og:url" content="https://c.d/">',
    );

    expect({ title, url }).toEqual({ title: 'A', url: 'https://a.b/p' });
  });

  test('what its relative links are relative to', () => {
    const { nodes } = readHtml('<link rel=canonical href="https://a.b/p/q"><a href="r">a</a>');

    expect(nodes).toMatchObject([{ inline: [{ kind: 'link', url: 'https://a.b/p/r' }] }]);
  });

  test('that the rest is for paying readers', () => {
    expect(readHtml('<p>a</p><div class="x paywall">Upgrade</div>').isPaywalled).toBe(true);
    expect(readHtml('<p class="paywalls">a paywall</p>').isPaywalled).toBe(false);
  });
});
