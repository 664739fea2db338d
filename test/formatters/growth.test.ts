import { describe, expect, it } from 'vitest';
import { blueskyFormatter } from '../../formatters/bluesky.ts';
import { escapeDiscord, renderDiscord } from '../../formatters/text/discord-markdown.ts';
import { bytes, graphemes } from '../../formatters/text/measure.ts';
import { parseProse, type Span } from '../../formatters/text/prose.ts';
import { findProtected } from '../../formatters/text/protected-spans.ts';
import { splitSentences } from '../../formatters/text/sentences.ts';
import { splitThread } from '../../formatters/text/split-thread.ts';
import { findExponent, LINEAR_AT_MOST } from '../support/find-exponent.ts';
import { makeItem, paragraphs } from './make-item.ts';

const LIMITS = [
  { measure: graphemes, most: 300 },
  { measure: bytes, most: 3000 },
];

const repeat =
  (unit: string) =>
  (length: number): string =>
    unit.repeat(Math.ceil(length / unit.length));
const split = (text: string): unknown =>
  splitThread([{ prose: { text, spans: [] }, separator: '\n\n', keepWithNext: false }], LIMITS);

/** Every word a link: as many spans as words. */
function splitLinked(text: string): unknown {
  const spans = [...text.matchAll(/\w+/g)].map(({ index, 0: word }): Span => {
    return { kind: 'link', url: 'https://x.example', start: index, end: index + word.length };
  });
  return [
    splitThread([{ prose: { text, spans }, separator: '\n\n', keepWithNext: false }], LIMITS),
    renderDiscord({ text, spans }),
  ];
}

describe('the cutter takes time in proportion', () => {
  it.each([
    ['ordinary prose', 'It scales well, and it runs on a phone. Then it stops (for good). '],
    ['one endless word', 'abcdefghij'],
  ])('to %s, from 10 kB to 1 MB', (_what, unit) => {
    expect(findExponent(repeat(unit), split, 10_000, 1_000_000)).toBeLessThan(LINEAR_AT_MOST);
  });

  it.each([
    ['a sentence that never ends', 'and so, it goes on '],
    ['Chinese without a stop', '我们提出了一种新的方法'],
    ['open brackets', 'a (b. '],
    ['straight quotes', 'He said "a. B." '],
    ['digits', '1234567890'],
    ['digits with dots', '1..'],
    ['blanks', ' '],
    ['dollars', '$a '],
    ['handles', '@a@b.'],
    ['initials', 'A. '],
    ['emoji', '👨‍👩‍👧‍👦'],
  ])('to %s, from 3 kB to 30 kB', (_what, unit) => {
    expect(findExponent(repeat(unit), split, 3_000, 30_000)).toBeLessThan(LINEAR_AT_MOST);
  });

  it('to links, however many', () => {
    expect(findExponent(repeat('word and. '), splitLinked, 5_000, 80_000)).toBeLessThan(
      LINEAR_AT_MOST,
    );
  });
});

describe('reading takes time in proportion', () => {
  it.each([
    ['bare URLs', 'see https://x.example/a '],
    ['one URL with a tail of brackets', ')'],
    ['one URL with a tail of stops', '.'],
    ['blanks before a line', ' '],
  ])('to %s', (_what, unit) => {
    const make = (length: number): string => `a\nhttps://x.example/${repeat(unit)(length)}b *c*`;

    expect(findExponent(make, parseProse, 10_000, 200_000)).toBeLessThan(LINEAR_AT_MOST);
  });

  it.each([
    ['lines', '\n'],
    ['blanks', ' '],
    ['colons', ':a'],
    ['brackets', '[('],
  ])('to %s that Discord could read as marks', (_what, unit) => {
    expect(findExponent(repeat(unit), escapeDiscord, 20_000, 400_000)).toBeLessThan(LINEAR_AT_MOST);
  });

  it.each([
    ['digits', '1'],
    ['dollars', '$a'],
    ['hashes', '#a-'],
  ])('to %s that could be protected', (_what, unit) => {
    const find = (text: string): unknown => findProtected({ text, spans: [] });

    expect(findExponent(repeat(unit), find, 10_000, 200_000)).toBeLessThan(LINEAR_AT_MOST);
  });

  it('to sentences that are all one', () => {
    expect(findExponent(repeat('e.g. '), splitSentences, 10_000, 200_000)).toBeLessThan(
      LINEAR_AT_MOST,
    );
  });

  it('to URLs that no post can hold', () => {
    const url = `https://x.example/${'a'.repeat(400)} `;
    const run = (text: string): unknown =>
      blueskyFormatter.format(makeItem({ body: paragraphs(text) }), { languages: ['en'] });

    expect(findExponent(repeat(url), run, 40_000, 800_000)).toBeLessThan(LINEAR_AT_MOST);
  });
});
