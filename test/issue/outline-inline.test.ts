import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Inline } from '../../src/issue/outline/outline.ts';
import { readWords, writeInline } from '../../src/issue/outline/write-inline.ts';
import { readCommonMark } from '../support/read-common-mark.ts';

const text = (value: string): Inline => ({ kind: 'text', text: value });
const strong = (...inline: Inline[]): Inline => ({ kind: 'strong', inline });
const emphasis = (...inline: Inline[]): Inline => ({ kind: 'emphasis', inline });
const link = (url: string, ...inline: Inline[]): Inline => ({ kind: 'link', url, inline });
const code = (value: string): Inline => ({ kind: 'code', text: value });

describe('writeInline writes', () => {
  test.each<[string, Inline[]]>([
    ['plain words', [text('  plain \n words ')]],
    ['a **b** c', [text('a'), strong(text(' b ')), text('c')]],
    ['a **b**c', [text('a '), strong(text('b')), text('c')]],
    ['***b***', [strong(emphasis(text('b')))]],
    ['***b***', [emphasis(strong(text('b')))]],
    ['[**b**](https://e.org/)', [strong(link('https://e.org/', text('b')))]],
    [
      '[a b](https://e.org/)',
      [link('https://e.org/', text('a ')), link('https://e.org/', text('b'))],
    ],
    ['see [a](https://e.org/) b', [text('see'), link('https://e.org/', text(' a ')), text('b')]],
    ['Look\\![a](https://e.org/)', [text('Look!'), link('https://e.org/', text('a'))]],
    ['[a\\]b](https://e.org/)', [link('https://e.org/', text('a]b'))]],
    ['[a](https://e.org/%28b%29)', [link('https://e.org/(b)', text('a'))]],
    ['a"b"c', [text('a'), strong(text('"b"')), text('c')]],
    ['**a**b', [strong(text('a')), emphasis(text('b'))]],
    ['``a`b``', [code('a`b')]],
    ['Hübotter', [text('HĂĽbotter')]],
    ['a', [text('a'), link('https://e.org/', text(' '))]],
  ])('%s', (expected, inline) => {
    expect(writeInline(inline)).toBe(expected);
  });
});

test('writeInline keeps the words for whoever reads its CommonMark', () => {
  const word = fc.constantFrom(
    'a',
    'b.',
    ' ',
    '(c)',
    '*',
    '_',
    '!',
    '[',
    ']',
    '](',
    '<b>',
    '\\',
    '&amp;',
    '`',
    '"',
    '\n',
    'é',
    '#',
    '1.',
  );
  const { inline } = fc.letrec<{ inline: Inline[]; part: Inline }>((tie) => ({
    inline: fc.array(tie('part'), { maxLength: 4 }),
    part: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.array(word, { maxLength: 4 }).map((words) => text(words.join(''))),
      fc.constantFrom('x', 'a b', '*').map(code),
      tie('inline').map((inner) => strong(...inner)),
      tie('inline').map((inner) => emphasis(...inner)),
      tie('inline').map((inner) => link('https://e.org/a_b', ...inner)),
    ),
  }));

  fc.assert(
    fc.property(inline, (parts) => {
      expect(readCommonMark(writeInline(parts))).toBe(readWords(parts));
    }),
    { numRuns: 3_000 },
  );
});

test('writeInline takes marks nested 50,000 deep', () => {
  let inline: Inline = text('deep');
  for (let depth = 0; depth < 50_000; depth += 1) {
    inline = depth % 2 === 0 ? strong(inline) : emphasis(inline);
  }

  expect(writeInline([inline])).toBe('***deep***');
});
