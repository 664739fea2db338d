import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { importMarkdown } from '../../src/issue/markdown/import-markdown.ts';
import { issueSchema } from '../../src/issue/schema.ts';
import { findExponent, LINEAR_AT_MOST } from '../support/find-exponent.ts';
import { codes, NOW } from './samples.ts';

const OPTIONS = { now: NOW };
const HEAD = '# Title\n\nJan 1st ~ Jan 7th\n\n\\#1\n\n';
const PAPER = '## A Paper\n\n*Xu et al. [A]*\n\n♥ 1 Topic\n\n';

function check(source: string): void {
  const { issue, findings } = importMarkdown(source, OPTIONS);
  expect(issue === undefined).toBe(findings.some(({ severity }) => severity === 'error'));
  if (issue !== undefined) expect(issueSchema.parse(issue)).toEqual(issue);
}

test('importMarkdown never throws, for any text', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '\n',
      '\n\n',
      '# ',
      '## ',
      '*',
      '**',
      '_',
      '[',
      '](',
      ')',
      '![',
      '> ',
      '- ',
      '1. ',
      '`',
      '```\n',
      '<',
      '>',
      '<div>',
      '<!--',
      '---',
      '\n---\n',
      '\\',
      '&amp;',
      '\t',
      '    ',
      ']: https://e.org/\n',
      'https://e.org/a',
      'Xu et al.',
      '♥ 1k LLM',
      'Text that is prose. ',
      '\u0000',
      '\ud800',
      '\u202e',
      '\r',
    ),
    fc.string({ unit: 'binary', maxLength: 20 }),
  );

  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), fc.boolean(), (pieces, isWhole) => {
      const text = pieces.join('');
      check(isWhole ? `${HEAD}${PAPER}${text}\n\n${PAPER}${text}` : text);
    }),
    { numRuns: 1_500 },
  );
});

describe('importMarkdown takes time in proportion to the length of', () => {
  const repeat = (unit: string) => (size: number) => unit.repeat(Math.ceil(size / unit.length));

  test.each<[string, (size: number) => string, string | undefined]>([
    ['one word', repeat('a'), undefined],
    ['one line', repeat('word '), undefined],
    ['short lines', repeat('some words\n'), undefined],
    ['paragraphs', repeat('Some words, and more of them until the end.\n\n'), undefined],
    ['nested quotations', repeat('>'), 'markdown.marks-ignored'],
    ['nested quotations with blanks', repeat('> '), 'markdown.marks-ignored'],
    ['nested lists', repeat('* - '), 'markdown.marks-ignored'],
    [
      'a deep quotation with lazy lines',
      (size) => `${'>'.repeat(200)}a\n${'b\n'.repeat(size / 2)}`,
      undefined,
    ],
    ['brackets', repeat('['), 'markdown.marks-ignored'],
    ['pairs of brackets', repeat('[]'), undefined],
    ['open links', repeat('[a]('), undefined],
    ['links', repeat('[a](https://e.org/) '), undefined],
    ['images', repeat('![a](https://e.org/a.png)\n\n'), undefined],
    ['emphasis', repeat('*a '), 'markdown.marks-ignored'],
    ['crossed emphasis', repeat('*a_ '), 'markdown.marks-ignored'],
    ['nested emphasis', (size) => `${'*'.repeat(size / 2)}a${'*'.repeat(size / 2)}`, undefined],
    ['open code', repeat('`a`` '), undefined],
    ['tags', repeat('<a '), undefined],
    ['comments', repeat('<!-- '), undefined],
    ['references', repeat('&amp;'), undefined],
    ['backslashes', repeat('\\'), undefined],
    [
      'definitions',
      (size) => Array.from({ length: size / 20 }, (_, n) => `[a${n}]: https://e.org\n`).join(''),
      undefined,
    ],
    ['headings', repeat('# a\n\n'), undefined],
    ['underlines', repeat('a\n-\n'), undefined],
    ['ordered lists', repeat('1. a\n'), undefined],
    ['front matter', (size) => `---\n${'a: b\n'.repeat(size / 5)}`, undefined],
    ['papers', repeat(PAPER), undefined],
    ['blanks', (size) => `a${' '.repeat(size)}b`, undefined],
    ['hearts', repeat('♥ 1\n\n'), undefined],
  ])('%s', (_what, make, code) => {
    const size = 12_000;
    const checkAll = (text: string): void => {
      for (const source of [text, `${HEAD}${PAPER}Text.\n\n${text}`]) check(source);
    };

    expect(findExponent(make, checkAll, size, 4 * size)).toBeLessThan(LINEAR_AT_MOST);
    if (code === undefined) return;
    expect(codes(importMarkdown(make(size), OPTIONS).findings)).toContain(code);
  });
});

test.each([
  ['plain words', 'word '],
  ['brackets', '['],
  ['emphasis', '*a_ '],
  ['quotations', '>'],
])('importMarkdown reads a line of 1 MB of %s', (_what, unit) => {
  check(`${HEAD}${PAPER}${unit.repeat(1_000_000 / unit.length)}`);
});
