import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { importHtml } from '../../src/issue/html/import-html.ts';
import { readHtml } from '../../src/issue/html/read-html.ts';
import type { Inline, OutlineNode } from '../../src/issue/outline/outline.ts';
import { readWords, writeInline } from '../../src/issue/outline/write-inline.ts';
import { findExponent, LINEAR_AT_MOST } from '../support/find-exponent.ts';
import { NOW } from './samples.ts';

const repeat = (unit: string) => (size: number) => unit.repeat(Math.ceil(size / unit.length));
const numbered = (write: (n: number) => string) => (count: number) =>
  Array.from({ length: count }, (_, n) => write(n)).join('');

function inlines(node: OutlineNode): (readonly Inline[])[] {
  if (node.kind === 'list') return [...node.items];
  if (node.kind === 'image') return [node.caption ?? []];
  return 'inline' in node ? [node.inline] : [];
}

/** Reads, imports and writes, as nothing after the reader may overflow either. */
function readText(source: string): string {
  importHtml(source, { now: NOW });
  const { nodes } = readHtml(source, 'https://a.b/');
  return nodes
    .flatMap(inlines)
    .map((inline) => (writeInline(inline) === '' ? '' : readWords(inline)))
    .join(' ');
}

describe('readHtml survives', () => {
  test.each([
    ['20,000 nested blocks', `${'<div>'.repeat(20_000)}x`],
    ['20,000 nested inline tags', `${'<b>'.repeat(20_000)}x`],
    ['20,000 nested marks', `${'<a href=/><b><i><code>'.repeat(5_000)}x`],
    ['20,000 nested tables', `${'<table><td>'.repeat(20_000)}x`],
    ['20,000 nested lists', `${'<ul><li>'.repeat(20_000)}x`],
    ['20,000 nested templates', `${'<template>'.repeat(20_000)}x`],
    ['20,000 nested articles', `${'<article>'.repeat(20_000)}x`],
    ['20,000 nested figures', `${'<figure>'.repeat(20_000)}x`],
    ['100,000 attributes', `<p ${numbered((n) => `a${n}=1 `)(100_000)}>x`],
    [
      'everything unclosed',
      '<html><body><table><tr><td><ul><li><b><a href="/x"><h1><p>x<img src="',
    ],
    ['an unclosed attribute', `<p>x</p><a href="${'y'.repeat(100_000)}`],
    ['an unclosed comment', `<p>x</p><!--${'-'.repeat(100_000)}`],
    ['NULs', `\0<p\0>\0x\0</p\0>`],
    ['lone surrogates', '<p>x\ud800</p>\udc00<a href="\ud800">x</a>'],
    ['right-to-left overrides', '<p>\u202ex\u202c</p>'],
    ['<plaintext>', '<p>x<plaintext></p><script>'],
    ['CDATA', '<p>x</p><![CDATA[<p>y</p>]]><svg><![CDATA[z]]></svg>'],
    [
      'an entity bomb',
      `<!DOCTYPE x [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><p>x${'&b;'.repeat(10_000)}`,
    ],
    ['numbers of no character', '<p>x&#0;&#xD800;&#x110000;&#99999999999;'],
    ['10 MB of one line', `<p>${'x'.repeat(10_000_000)}`],
    [
      'a style of a megabyte in force everywhere',
      `<b style="${'a'.repeat(1_000_000)}">${'<p>x'.repeat(5_000)}`,
    ],
  ])('%s', (_what, source) => {
    const isSurelySeen = !source.includes('<template>');

    const text = readText(source);

    expect(text.includes('x')).toBe(isSurelySeen);
  });

  test('formatting that multiplies, by stopping and saying so', () => {
    const source = numbered((n) => `<b a${n}><p>x`)(2_000);

    expect(readHtml(source).isCut).toBe(true);
  });

  test.each([
    'javascript:alert(1)',
    ' JaVa\nScript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'vbscript:x',
    'https://user:word@a.b/',
    '//',
  ])('a link to %j, by keeping the words alone', (href) => {
    const { nodes } = readHtml(
      `<a href="${href}">x</a> <img src="${href}" alt="y">`,
      'https://a.b/',
    );

    expect(nodes).toMatchObject([
      { inline: [{ kind: 'text', text: 'x' }] },
      { kind: 'image', alt: 'y' },
    ]);
    expect(JSON.stringify(nodes)).not.toContain('"url"');
  });
});

describe('readHtml takes time in proportion to', () => {
  test.each([
    ['nested blocks', repeat('<div>')],
    ['nested marks', repeat('<b>')],
    ['different marks', (size: number) => numbered((n) => `<b a${n}>`)(size / 8)],
    ['nested lists', repeat('<ul><li>x')],
    ['nested containers', repeat('<div id=content-blocks>x')],
    ['containers', repeat('<div id=content-blocks>x</div>')],
    ['paragraphs', repeat('<p>x</p>')],
    ['marked words', repeat('<b>x</b> <i>y</i> ')],
    ['links', repeat('<a href=/x>x</a> ')],
    ['line breaks', repeat('x<br>')],
    ['blank line breaks', repeat(' <br>')],
    ['images', repeat('<img src=/x.png>')],
    ['captions', repeat('<img src=/x.png><small><p>x</p></small>')],
    ['small type', repeat('<img src=/x.png><small>x</small>')],
    ['sources of an image', (size: number) => `<img srcset="${repeat('a 1x, ')(size)}">`],
    ['text in a table', repeat('<table>x<b>y</b></table>')],
    ['text put out of a table', (size: number) => `<table>${repeat('x<i>y</i>')(size)}`],
    ['attributes', (size: number) => `<p ${numbered((n) => `a${n} `)(size / 6)}>`],
    ['blanks', (size: number) => `a${' '.repeat(size)}b`],
    ['blanks in marks', repeat('<b> </b>')],
    ['less-than signs', repeat('<')],
    ['ampersands', repeat('&')],
    ['comments', repeat('<!---->')],
    ['end tags', (size: number) => repeat('<div>')(size / 2) + repeat('</p></b>')(size / 2)],
  ])('%s', (_what, make) => {
    const read = (source: string): unknown => readHtml(source, 'https://a.b/');

    expect(findExponent(make, read, 40_000, 160_000)).toBeLessThan(LINEAR_AT_MOST);
  });
});

const TAGS =
  'a b i em strong code p div span h1 h2 h3 ul ol li table tr td th tbody br hr img figure figcaption small section blockquote pre dl dt dd center font u'.split(
    ' ',
  );
const tag = fc
  .tuple(
    fc.constantFrom('<', '<', '</'),
    fc.constantFrom(...TAGS),
    fc.constantFrom(
      '',
      ' href="/x"',
      ' src=/i.png',
      ' class="t"',
      ' class=image__source_text',
      '/',
    ),
  )
  .map((parts) => `${parts.join('')}>`);

describe('readHtml, for any soup of tags,', () => {
  test('never throws, also for strings that only look like HTML', () => {
    const piece = fc.oneof(
      tag,
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.constantFrom('<', '&', '<!--', '-->', '<![CDATA[', ']]>', '<!', '</', '"', "'", '=', '\0'),
      fc.constantFrom(
        '<svg>',
        '<math>',
        '<template>',
        '<select>',
        '<script>',
        '<plaintext>',
        '<frameset>',
      ),
      fc.constantFrom(
        '<html>',
        '<head>',
        '<body>',
        '<title>',
        '<article>',
        '<main>',
        '<base href=":">',
      ),
    );

    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        expect(typeof readText(pieces.join(''))).toBe('string');
      }),
      { numRuns: 2_000 },
    );
  });

  test('keeps every visible word, once', () => {
    const word = fc.stringMatching(/^[a-z]{3,6}$/).map((letters) => ` ${letters} `);

    fc.assert(
      fc.property(fc.array(fc.oneof(word, tag), { maxLength: 50 }), (pieces) => {
        const words = pieces.filter((one) => one.startsWith(' ')).map((one) => one.trim());

        const found = readText(pieces.join(''))
          .split(/\s+/)
          // A dot stands between the cells of a table of data.
          .filter((one) => one !== '' && one !== '·');

        // Browsers move text out of tables: the words stay, their order need not.
        expect(found.toSorted()).toEqual(words.toSorted());
      }),
      { numRuns: 3_000, examples: [[['<table>', '<th>', ' one ', '<th>', ' two ']]] },
    );
  });
});
