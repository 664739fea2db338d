import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeDiscord, renderDiscord } from '../../../formatters/text/discord-markdown.ts';
import { parseProse, type Span } from '../../../formatters/text/prose.ts';
import { anyText } from './arbitrary-text.ts';
import { readDiscord } from './discord-reader.ts';

const trouble = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '@everyone',
        '@here',
        '<@123>',
        '<@&123>',
        '<#123>',
        '<t:1:R>',
        '<:a:1>',
        '</a b:1>',
        '`',
        '```',
        '||',
        '**',
        '*',
        '__',
        '_',
        '~~',
        '\\',
        '# ',
        '### ',
        '> ',
        '>>> ',
        '-# ',
        '- ',
        '+ ',
        '* ',
        '1. ',
        '2) ',
        '\n',
        '\n\n',
        ' ',
        '[',
        ']',
        '(',
        ')',
        '[x](y)',
        '](',
        ':smile:',
        ':',
        '::',
        'https://x.example/a_b',
        'https://',
        '<https://x.example>',
        '¯\\_(ツ)_/¯',
        'word',
        'a1',
        '"',
        '!',
      ),
      fc.string({ maxLength: 3 }),
    ),
    { maxLength: 25 },
  )
  .map((parts) => parts.join(''));

describe('escapeDiscord', () => {
  it.each([
    '@everyone and @here',
    '<@123> <@!1> <@&5> <#7>',
    'a `b` c',
    '||secret||',
    '# Title',
    '## T',
    '> quote',
    '>>> quote',
    '-# small',
    '- item',
    '* item',
    '+ item',
    '1. one',
    '2) two',
    '[x](y)',
    '[x](https://evil.example)',
    ':smile: :+1:',
    '<:a:123> <t:1> </do:1>',
    '**a** *b* __c__ _d_ ~~e~~',
    'snake_case_name',
    '```js\ncode\n```',
    'a\n# b\n> c\n- d',
    '  # indented',
    '¯\\_(ツ)_/¯',
    'C:\\dir\\*',
    'https://x.example/_a_*b*',
    '[a] (b) [c](d)',
    '12:30:45',
    '#',
    '-',
    '1.',
  ])('shows %j letter for letter', (text) => {
    const shown = readDiscord(escapeDiscord(text));

    expect(shown).toEqual({ text, marks: [] });
  });

  it('shows any text letter for letter, with no mark acted upon', () => {
    fc.assert(
      fc.property(fc.oneof(trouble, anyText), (text) => {
        expect(readDiscord(escapeDiscord(text))).toEqual({ text, marks: [] });
      }),
      { numRuns: 3000 },
    );
  });

  it('at most doubles a text', () => {
    fc.assert(
      fc.property(trouble, (text) => {
        expect(escapeDiscord(text).length).toBeLessThanOrEqual(2 * text.length);
      }),
    );
  });
});

const kinds: fc.Arbitrary<Exclude<Span['kind'], 'figure'>> = fc.constantFrom(
  'strong',
  'emphasis',
  'code',
  'link',
  'tag',
  'atom',
);

/** Spans as CommonMark gives them: on words, nested, code and links holding none of their kind. */
const marked = fc
  .array(fc.tuple(fc.oneof(trouble, fc.constantFrom('word', 'two words', 'a')), fc.option(kinds)), {
    maxLength: 8,
  })
  .map((parts) => {
    let text = '';
    const spans: Span[] = [];
    for (const [raw, kind] of parts) {
      const words = kind === null ? raw : raw.trim().replace(/\s+/g, ' ');
      const range = { start: text.length, end: text.length + words.length };
      text += words;
      if (words === '' || kind === null) continue;
      if (kind === 'link') spans.push({ kind, url: 'https://example.com/a_(b)', ...range });
      else if (kind === 'tag') spans.push({ kind, tag: 'a', ...range });
      else spans.push({ kind, ...range });
    }
    return { text, spans };
  });

describe('renderDiscord', () => {
  it.each([
    ['**bold** *it* `code`', '**bold** *it* `code`'],
    ['[a *b*](https://x.example/a)', '[a *b*](https://x.example/a)'],
    ['*see [it](https://x.example)*', '*see [it](https://x.example)*'],
    ['see https://x.example/a_b.', 'see <https://x.example/a_b>.'],
    ['[x](https://x.example/a_(b))', '[x](https://x.example/a_%28b%29)'],
    ['[https://a.example](https://b.example)', '<https://b.example>'],
    ['[a\\[b](https://x.example)', 'a\\[b'],
    ['*a [b](https://x.example/*c)*', '*a [b](https://x.example/%2Ac)*'],
    ['**a `2*3` b**', '**a 2\\*3 b**'],
    [
      '[!](https://x.example)[https://a.example\\](b)](https://x.example)',
      '[!](https://x.example)https\\://a.example\\]\\(b)',
    ],
    ['[x](javascript:alert(1)) y', 'x y'],
    ['5 * 3 * 2', '5 \\* 3 \\* 2'],
  ])('writes %s as %s', (markdown, written) => {
    expect(renderDiscord(parseProse(markdown))).toBe(written);
  });

  it('shows the words of any prose letter for letter, and follows no address but its own', () => {
    fc.assert(
      fc.property(marked, (prose) => {
        const shown = readDiscord(renderDiscord(prose));

        expect(shown.text).toBe(prose.text);
        for (const mark of shown.marks) {
          expect(mark).toMatch(
            /^(?:strong|emphasis|code|link https:\/\/(?:example\.com\/a_%28b%29|x\.example\S*|\S+))$/,
          );
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('leaves out an address that would fill the card, and keeps its words', () => {
    const url = `https://x.example/${'a'.repeat(600)}`;

    expect(renderDiscord(parseProse(`[words](${url})`))).toBe('words');
  });
});
