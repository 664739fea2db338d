import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseProse, trimProse } from '../../../formatters/text/prose.ts';
import { anyText, hardProse } from './arbitrary-text.ts';

/** Spans as a reader would list them: what each covers. */
function listSpans(markdown: string): string[] {
  const { text, spans } = parseProse(markdown);
  return [...spans]
    .sort((a, b) => a.start - b.start || b.end - a.end)
    .map((span) => {
      const words = text.slice(span.start, span.end);
      return span.kind === 'link' ? `link ${words} → ${span.url}` : `${span.kind} ${words}`;
    });
}

describe('parseProse', () => {
  it.each([
    ['[the paper](https://x.example/a)', ['link the paper → https://x.example/a']],
    ['[a *b* c](https://x.example)', ['link a b c → https://x.example', 'emphasis b']],
    ['*see [it](https://x.example)*', ['emphasis see it', 'link it → https://x.example']],
    ['**bold** and `code`', ['strong bold', 'code code']],
    ['<https://x.example/a_b>', ['link https://x.example/a_b → https://x.example/a_b']],
    ['[x](<https://x.example/a b>)', ['link x → https://x.example/a%20b']],
    ['[x](javascript:alert(1))', []],
    ['[x](data:text/html,hi)', []],
    ['[x](JaVaScRiPt:alert(1))', []],
    ['<javascript:alert(1)>', []],
    ['[x](&#106;avascript:alert(1))', []],
    ['[x](//evil.example)', []],
    ['[x](http://)', []],
    ['[x](ftp://x.example)', []],
    ['[x](mailto:a@x.example)', []],
  ])('reads the spans of %s', (markdown, spans) => {
    expect(listSpans(markdown)).toEqual(spans);
  });

  it.each([
    'http://good.example',
    '*https://good.example/a?b*',
    'HTTPS://good.example.evil.com',
    'https://evil.example@good.example/',
    'good.example',
    'www.good.net/a',
  ])('shows where a link leads in the place of “%s”, which is another site', (words) => {
    const { text, spans } = parseProse(`so [${words}](http://evil.example/a_b) it is`);

    expect(text).toBe('so http://evil.example/a_b it is');
    expect(spans).toEqual([{ kind: 'link', url: 'http://evil.example/a_b', start: 3, end: 26 }]);
  });

  it.each([
    ['https://x.example', 'https://www.x.example/a'],
    ['docs.x.example', 'https://x.example/'],
    ['x.example/a', 'https://docs.x.example/a'],
    ['Arcee.ai', 'https://x.example'],
    ['llama.cpp', 'https://x.example'],
    ['e.g. this', 'https://x.example'],
    ['http://', 'https://x.example'],
  ])('leaves the words “%s” on a link to %s', (words, url) => {
    expect(parseProse(`[${words}](${url})`).text).toBe(words);
  });

  it.each([
    ['See https://x.example/a.', 'https://x.example/a'],
    ['See https://x.example/a, then', 'https://x.example/a'],
    ['(https://x.example/a)', 'https://x.example/a'],
    ['(see https://x.example/a_(b))', 'https://x.example/a_(b)'],
    ['https://x.example/a_(b).', 'https://x.example/a_(b)'],
    ['“https://x.example/a”', 'https://x.example/a'],
    ['"https://x.example/a?b=c#d"!', 'https://x.example/a?b=c#d'],
    ['*https://x.example/a* yes', 'https://x.example/a'],
    ['**see https://x.example/a now**', 'https://x.example/a'],
    ['https://x.example/_foo_/b*c*d', 'https://x.example/_foo_/b*c*d'],
    ['https://x.example/\\_foo\\_', 'https://x.example/_foo_'],
    ['HTTPS://X.example/a', 'HTTPS://X.example/a'],
    ['见https://x.example/a。然后', 'https://x.example/a'],
    ['https://bücher.example/ü', 'https://bücher.example/ü'],
    ['a https://x.example/?a=1&amp;b=2 b', 'https://x.example/?a=1&b=2'],
  ])('finds the bare URL in %s', (markdown, url) => {
    const links = parseProse(markdown).spans.filter((span) => span.kind === 'link');

    expect(links.map((link) => link.url)).toEqual([url]);
  });

  it.each(['https://', 'xhttps://x.example', '`https://x.example`', 'http:/x', 'www.x.example'])(
    'finds no URL in %s',
    (markdown) => {
      expect(parseProse(markdown).spans.filter((span) => span.kind === 'link')).toEqual([]);
    },
  );

  it.each([
    ['a `https://x.example/_b_` c', 'a https://x.example/_b_ c'],
    ['<https://x.example/_b_>', 'https://x.example/_b_'],
    ['[see](https://x.example/_b_)*now*', 'seenow'],
    ['# no heading', '# no heading'],
    ['- no list', '- no list'],
    ['> no quotation', '> no quotation'],
    ['    no code', 'no code'],
    ['***', '***'],
    ['a\nb', 'a b'],
    ['a  \n  b', 'a b'],
    ['a\\\nb', 'a\\ b'],
    ['<b>a</b> <script>x</script>', '<b>a</b> <script>x</script>'],
    ['[a]: https://x.example', '[a]: https://x.example'],
    ['![a figure](https://x.example/a.png)', 'a figure'],
    ['1 < 2 &amp; 3 > 2', '1 < 2 & 3 > 2'],
    ['snake_case_name and 2*3*4', 'snake_case_name and 234'],
    ['lone \ud83d surrogate', 'lone \ufffd surrogate'],
  ])('shows %j letter for letter as inline text', (markdown, text) => {
    expect(parseProse(markdown).text).toBe(text);
  });

  it('gives spans that lie in the text and nest, none crossing another', () => {
    const marks = fc
      .array(
        fc.constantFrom(
          '*',
          '**',
          '_',
          '`',
          '[',
          '](https://x.example)',
          ' ',
          'a',
          'https://x.example/b ',
          '<',
          '>',
          '\\',
          '\n',
          '(',
          ')',
        ),
        { maxLength: 40 },
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.oneof(marks, anyText), (markdown) => {
        const { text, spans } = parseProse(markdown);

        for (const a of spans) {
          expect(0 <= a.start && a.start < a.end && a.end <= text.length).toBe(true);
          for (const b of spans) {
            const isCrossing = a.start < b.start && b.start < a.end && a.end < b.end;
            expect(isCrossing, JSON.stringify(markdown)).toBe(false);
          }
        }
        expect(text.isWellFormed()).toBe(true);
      }),
      { numRuns: 1500 },
    );
  });

  it('links nothing but http and https, without blanks in the address', () => {
    const scheme = fc.constantFrom(
      'javascript',
      'data',
      'vbscript',
      'file',
      'https',
      'http',
      'java\tscript',
      'HTTPS',
    );
    fc.assert(
      fc.property(scheme, fc.string({ maxLength: 20 }), (name, rest) => {
        const { spans } = parseProse(`[a](<${name}:${rest}>) [b](${name}:${rest}) ${name}:${rest}`);

        for (const span of spans) {
          if (span.kind === 'link') expect(span.url).toMatch(/^https?:\/\/\S+$/i);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('leaves thousands of nested marks as letters, which the parser would take minutes over', () => {
    const { text } = parseProse(`${'*a '.repeat(3_000)}${' a*'.repeat(3_000)}`);

    expect(text).toContain('*a *a *a');
  });
});

describe('trimProse', () => {
  it('takes the blanks off, and moves the spans with their words', () => {
    fc.assert(
      fc.property(hardProse, ({ prose }) => {
        const trimmed = trimProse(prose);

        const words = ({ text, spans }: typeof prose): string[] =>
          spans.map(({ start, end }) => text.slice(start, end).trim()).filter((it) => it !== '');
        expect(words(trimmed)).toEqual(words(prose));
        expect(prose.text).toContain(trimmed.text);
      }),
    );
  });
});
