import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Prose, parseProse, type Span } from '../../../formatters/text/prose.ts';
import { spellLinks } from '../../../formatters/text/spell-links.ts';
import { findExponent, LINEAR_AT_MOST } from '../../support/find-exponent.ts';
import { hardProse } from './arbitrary-text.ts';

const covered = ({ text }: Prose, { start, end }: Span): string => text.slice(start, end);

const spell = (markdown: string): string => spellLinks(parseProse(markdown)).text;

describe('spellLinks', () => {
  it.each([
    ['see [the paper](https://x.example/a) now', 'see the paper (https://x.example/a) now'],
    ['(see [it](https://x.example))', '(see it (https://x.example))'],
    ['https://x.example/a is it', 'https://x.example/a is it'],
    ['[x.example/a](https://x.example/a)', 'https://x.example/a'],
    ['at [x.example](https://www.x.example/).', 'at https://www.x.example/.'],
    ['[It ends.](https://x.example) So.', 'It ends (https://x.example). So.'],
    ['[Is it?](https://x.example)', 'Is it? (https://x.example)'],
    ['by [Xin et al.](https://x.example) in May', 'by Xin et al. (https://x.example) in May'],
    ['call [`f.`](https://x.example) twice', 'call f. (https://x.example) twice'],
  ])('writes %j as %j', (markdown, text) => {
    expect(spell(markdown)).toBe(text);
  });

  it('writes an address the first time only', () => {
    const text = spell('[one](https://x.example) and [two](https://x.example)');

    expect(text).toBe('one (https://x.example) and two');
  });

  it('keeps other marks on their words', () => {
    const prose = spellLinks(parseProse('**see [a *b*](https://x.example) and `c`**'));

    expect(prose.spans.map((span) => `${span.kind} ${covered(prose, span)}`).sort()).toEqual([
      'code c',
      'emphasis b',
      'link https://x.example',
      'strong see a b (https://x.example) and c',
    ]);
  });

  it('keeps every word in order, and what is left as a link is its address, once', () => {
    fc.assert(
      fc.property(hardProse, fc.nat(3), ({ prose }, kinds) => {
        const spans = prose.spans.map((span, index) =>
          span.kind === 'link'
            ? { ...span, url: `https://e.example/${index % (kinds + 1)}` }
            : span,
        );

        const spelled = spellLinks({ text: prose.text, spans });

        const links = spelled.spans.filter((span) => span.kind === 'link');
        for (const link of links) expect(covered(spelled, link)).toBe(link.url);
        expect(new Set(links.map(({ url }) => url)).size).toBe(links.length);
        const bare = spelled.text.replace(/ \(https:\/\/e\.example\/\d\)/g, '');
        expect(bare).toBe(prose.text);
        const words = (one: Prose): string[] =>
          one.spans.filter(({ kind }) => kind === 'code').map((span) => covered(one, span));
        expect(words(spelled)).toEqual(words(prose));
      }),
    );
  });

  it('gives back what has no links', () => {
    expect(spellLinks(parseProse('a *b* c'))).toEqual(parseProse('a *b* c'));
  });

  it('takes ten thousand links in its stride', () => {
    const prose = parseProse('[a.](https://x.example/b) and');
    const make = (count: number): Prose => ({
      text: prose.text.repeat(count),
      spans: Array.from({ length: count }, (_, i): Span => {
        const start = i * prose.text.length;
        return { kind: 'link', url: `https://x.example/${i}`, start, end: start + 2 };
      }),
    });

    expect(spellLinks(make(10_000)).spans).toHaveLength(10_000);
    expect(findExponent(make, spellLinks, 1_000, 10_000)).toBeLessThan(LINEAR_AT_MOST);
  });
});
